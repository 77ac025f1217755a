#include <fmt/format.h>

#include <array>

#include "render/svg_parts.h"

namespace mainstay {
namespace {

/// Colours of one theme. Text and signs have a contrast of at least 4.5 against `page`, `box` and `frame`, borders and lines
/// of at least 3 (WCAG 2.2, 1.4.3 and 1.4.11); the edge of a frame is decoration.
struct Palette {
  const char *page, *box, *frame, *frame_line, *line, *text, *faint;
  std::array<const char*, 5> severity;  // info, low, medium, high, critical
};

constexpr Palette kLight{"#ffffff", "#ffffff", "#f5f7f9", "#d0d7de",
                         "#6e7781", "#1f2328", "#57606a", {"#57606a", "#0a5ca8", "#7a5c00", "#a63f00", "#b3201c"}};
constexpr Palette kDark{"#0d1117", "#161b22", "#12171e", "#343b44",
                        "#8b949e", "#e6edf3", "#9aa4ae", {"#9aa4ae", "#79b8ff", "#e3c04c", "#ffa766", "#ff8a80"}};

std::string colours(const Palette& palette) {
  std::string out = fmt::format(
      ".mainstay-map .page{{fill:{}}}"
      ".mainstay-map .box{{fill:{};stroke:{}}}"
      ".mainstay-map .behind{{fill:{};stroke:{}}}"
      ".mainstay-map .frame{{fill:{};stroke:{}}}"
      ".mainstay-map .edge{{stroke:{}}}"
      ".mainstay-map .tip{{fill:{}}}"
      ".mainstay-map text{{fill:{}}}"
      ".mainstay-map .faint{{fill:{}}}"
      ".mainstay-map .pill{{fill:{}}}",
      palette.page, palette.box, palette.line, palette.box, palette.line, palette.frame, palette.frame_line, palette.line, palette.line,
      palette.text, palette.faint, palette.page);
  for (std::size_t at = 0; at < palette.severity.size(); ++at) {
    const std::string_view name = word(Severity(static_cast<std::uint8_t>(at)));
    const char* colour = palette.severity[at];
    out += fmt::format(".mainstay-map .{0} .box{{stroke:{1}}}.mainstay-map .sign.{0}{{fill:{1}}}.mainstay-map .{0} .badge{{fill:{1}}}",
                       name, colour);
  }
  return out + fmt::format(
                   ".mainstay-map .hole{{fill:{0}}}.mainstay-map .single:not(.marked) .box,.mainstay-map .ring{{stroke:{1}}}.mainstay-map "
                   ".single .single-words{{fill:{1}}}",
                   palette.box, palette.text);
}

constexpr std::string_view kShape =
    ".mainstay-map{max-width:100%;height:auto}"
    ".mainstay-map text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",\"Noto "
    "Sans\",Arial,sans-serif;font-size:12px}"
    ".mainstay-map .title{font-size:16px;font-weight:600}"
    ".mainstay-map .small{font-size:10px}"
    ".mainstay-map .head{font-size:10px;font-weight:600}"
    ".mainstay-map .badge{font-size:10px;font-weight:600}"
    ".mainstay-map .box{stroke-width:1.2}"
    ".mainstay-map .behind{stroke-width:1.2}"
    ".mainstay-map .frame{stroke-width:1}"
    ".mainstay-map .ring{fill:none;stroke-width:1.6}"
    ".mainstay-map .edge{fill:none;stroke-width:1.1}"
    ".mainstay-map .alternative{stroke-dasharray:5 3}"
    ".mainstay-map .inherent .box{stroke-dasharray:6 3}"
    ".mainstay-map .undescribed .box{stroke-dasharray:1.5 2.5}"
    ".mainstay-map .single .box{stroke-width:2.4}"
    ".mainstay-map .marked .box{stroke-width:3}"
    ".mainstay-map .node:hover .box{stroke-width:4}"
    ".mainstay-map .need:hover .edge{stroke-width:3}";

}  // namespace

std::string style_sheet(Theme theme) {
  std::string out(kShape);
  out += colours(theme == Theme::dark ? kDark : kLight);
  if (theme == Theme::automatic) out += "@media (prefers-color-scheme:dark){" + colours(kDark) + "}";
  return out;
}

}  // namespace mainstay
