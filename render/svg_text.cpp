#include <fmt/format.h>

#include <cmath>

#include "render/columns.h"
#include "render/escape.h"
#include "render/svg_parts.h"

namespace mainstay {
namespace {

/// Widths of ASCII characters for font size 1, those of the widest usual system font (DejaVu Sans) rounded up.
double advance(char c) {
  constexpr std::string_view kNarrow = "ijl|!.,:;'I ";
  constexpr std::string_view kHalf = "frt()[]{}/\\\"-*";
  constexpr std::string_view kWide = "mMwW@%";
  if (kNarrow.find(c) != std::string_view::npos) return 0.34;
  if (kHalf.find(c) != std::string_view::npos) return 0.46;
  if (kWide.find(c) != std::string_view::npos) return 1.0;
  if (c >= 'A' && c <= 'Z') return 0.74;
  return 0.64;
}

}  // namespace

double text_width(std::string_view text, double size) {
  constexpr double kColumn = 0.7;  // of characters outside ASCII; wide ones take two columns
  double width = 0;
  std::string others;
  for (const char c : text) {
    if (c >= 0x20 && c < 0x7f) {
      width += advance(c);
    } else {
      others += c;
    }
  }
  return (width + kColumn * static_cast<double>(display_width(others))) * size;
}

std::string number(double value) {
  const double rounded = std::round(value * 10) / 10 + 0.0;  // + 0.0 makes -0 a plain 0
  std::string out = fmt::format("{:.1f}", rounded);
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out == "-0" ? "0" : out;
}

std::string text_element(std::string_view look, Point at, std::string_view anchor, std::string_view text) {
  return fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>", look, number(at.x), number(at.y), anchor,
                     for_xml(text));
}

}  // namespace mainstay
