#include "ingest/catalogue/purpose.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace mainstay {
namespace {

using Keys = std::array<std::string_view, 3>;
constexpr Keys kPurpose = {"mainstay.io/purpose", "mainstay-purpose", "MAINSTAY_PURPOSE"};
constexpr Keys kObjective = {"mainstay.io/recovery-objective", "mainstay-recovery-objective", "MAINSTAY_RECOVERY_OBJECTIVE"};

bool is_one(const Keys& keys, std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

/// Seconds of "90s", "30m", "2h"; nothing for other text, and for more than 32 bits hold.
std::optional<std::uint32_t> seconds_of(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [unit, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || end - unit != 1) return std::nullopt;
  const std::uint64_t scale = *unit == 's' ? 1 : *unit == 'm' ? 60 : *unit == 'h' ? 3600 : 0;
  const std::uint64_t seconds = number * scale;
  if (seconds == 0 || seconds > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(seconds);
}

}  // namespace

bool take_purpose(Unit& unit, std::string_view key, std::string_view value, Location where, Workload& workload) {
  if (is_one(kPurpose, key)) {
    if (const std::optional<Purpose> purpose = kind_of_word<Purpose>(value)) {
      workload.purpose = *purpose;
      workload.reasons.push_back(unit.declared(where));
    } else {
      unit.error(where, "no workload is for that", fmt::format("the words are {}", fmt::join(words(Purpose{}), ", ")));
    }
    return true;
  }
  if (!is_one(kObjective, key)) return false;
  if (const std::optional<std::uint32_t> seconds = seconds_of(value)) {
    workload.recovery_objective = seconds;
    workload.reasons.push_back(unit.declared(where));
  } else {
    unit.error(where, "this is no length of time", "write a whole number and s, m or h behind it: 30m");
  }
  return true;
}

}  // namespace mainstay
