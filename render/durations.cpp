#include "render/durations.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace mainstay {
namespace {

/// At most one digit behind the point, and none that says nothing.
std::string in_units(std::uint64_t value, std::uint64_t unit, std::string_view name) {
  if (value % unit == 0) return fmt::format("{} {}", value / unit, name);
  return fmt::format("{:.1f} {}", static_cast<double>(value) / static_cast<double>(unit), name);
}

}  // namespace

std::string seconds_in_words(std::uint64_t seconds) {
  constexpr std::array<std::pair<std::uint64_t, std::string_view>, 3> kUnits = {{{86400, "d"}, {3600, "h"}, {60, "min"}}};
  if (seconds == 0) return "0";
  for (const auto& [unit, name] : kUnits) {
    const bool many = seconds >= unit * 3 / 2 && (unit != 86400 || seconds > 4 * unit);
    if (many || seconds == unit) return in_units(seconds, unit, name);
  }
  return fmt::format("{} s", seconds);
}

std::string milliseconds_in_words(std::uint64_t milliseconds) {
  if (milliseconds > 0 && milliseconds < 1000) return fmt::format("{} ms", milliseconds);
  std::string text = fmt::format("{:.3f}", static_cast<double>(milliseconds) / 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " s";
}

std::string lockout_in_words(const Bounds& lockout, bool holds_known) {
  const std::uint64_t most = lockout.hi.value_or(0);
  if (holds_known && lockout.hi) return fmt::format("0 – {}", seconds_in_words(most));
  return most == 0 ? "0 – ?" : fmt::format("0 – {} + ?", seconds_in_words(most));
}

}  // namespace mainstay
