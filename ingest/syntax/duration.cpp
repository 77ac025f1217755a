#include "ingest/syntax/duration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace mainstay {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr double kMost = 4'294'967'295.0;

/// Milliseconds in a unit; 0 for what is none.
double unit_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, double>, 7> kUnits = {
      {{"", 1e3}, {"ms", 1.0}, {"s", 1e3}, {"m", 6e4}, {"h", 3.6e6}, {"d", 8.64e7}, {"w", 6.048e8}}};
  const auto unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const auto& one) { return one.first == word; });
  return unit == kUnits.end() ? 0 : unit->second;
}

/// Takes a decimal number from the front; nothing when there is none.
std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  double scale = 0;  // of the next digit behind the point; 0 before it
  std::size_t at = 0;
  for (; at < text.size() && ((text[at] >= '0' && text[at] <= '9') || (text[at] == '.' && at > 0 && scale == 0)); ++at) {
    if (text[at] == '.') {
      scale = 0.1;
    } else if (scale == 0) {
      value = value * 10 + (text[at] - '0');
    } else {
      value += (text[at] - '0') * scale;
      scale /= 10;
    }
  }
  if (at == 0) return std::nullopt;
  text.remove_prefix(at);
  return value;
}

}  // namespace

std::optional<std::uint32_t> milliseconds_of(std::string_view text) {
  double total = 0;
  bool has_part = false;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    if (text.empty()) break;
    const std::optional<double> number = take_number(text);
    const std::string_view word = text.substr(0, std::min(text.find_first_of("0123456789 \t"), text.size()));
    const double unit = unit_of(word);
    if (!number || unit == 0) return std::nullopt;
    text.remove_prefix(word.size());
    total += *number * unit;
    has_part = true;
  }
  if (!has_part || total > kMost) return std::nullopt;
  return static_cast<std::uint32_t>(std::llround(total));
}

}  // namespace mainstay
