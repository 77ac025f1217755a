#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "render/svg_parts.h"

namespace mainstay {
namespace {

constexpr double kSample = 30;  // width of what stands before the words
constexpr double kRow = 20;

struct Entry {
  bool shown;
  std::string sample;  // drawn around 0,0; moved into place
  std::string words;
};

std::string box(std::string_view classes) {
  return fmt::format("<g class=\"{}\"><rect class=\"box\" x=\"-12\" y=\"-6\" width=\"24\" height=\"12\" rx=\"3\"/></g>", classes);
}

bool any_node(const Picture& picture, const std::function<bool(const PictureNode&)>& is) {
  return std::any_of(picture.nodes.begin(), picture.nodes.end(), is);
}

std::vector<Entry> entries(const Picture& picture) {
  std::vector<Entry> out;
  for (const Severity severity : {Severity::critical, Severity::high, Severity::medium, Severity::low, Severity::info}) {
    out.push_back({any_node(picture, [&](const PictureNode& node) { return node.severity == severity; }), sign_element(severity, {6, 0}),
                   fmt::format("{} finding", word(severity))});
  }
  out.push_back({any_node(picture, [](const PictureNode& node) { return node.single_fault; }), single_fault_sign({6, 0}),
                 "single fault: its lone failure locks somebody out"});
  out.push_back({any_node(picture, [](const PictureNode& node) { return node.inherent; }), box("inherent"),
                 "inherent: no alternative can be added here"});
  out.push_back(
      {any_node(picture, [](const PictureNode& node) { return !node.described; }), box("undescribed"), "asked, but not described here"});
  out.push_back({any_node(picture, [](const PictureNode& node) { return node.folded > 1; }),
                 "<rect class=\"behind\" x=\"-9\" y=\"-3\" width=\"24\" height=\"12\" rx=\"3\"/>" + box(""), "stands for several alike"});
  const bool alternatives =
      std::any_of(picture.edges.begin(), picture.edges.end(), [](const PictureEdge& edge) { return edge.alternative; });
  out.push_back({!picture.edges.empty(), "<path class=\"edge\" d=\"M-13 0H13\"/>", "needs"});
  out.push_back({alternatives, "<path class=\"edge alternative\" d=\"M-13 0H13\"/>", "needs one of several"});
  return out;
}

}  // namespace

std::string legend_element(const Picture& picture, Point at, double width, double& height) {
  std::string out = "<g class=\"legend\">";
  double x = at.x;
  double y = at.y;
  for (const Entry& entry : entries(picture)) {
    if (!entry.shown) continue;
    const double needed = kSample + text_width(entry.words, 10) + 14;
    if (x > at.x && x + needed > at.x + width) {
      x = at.x;
      y += kRow;
    }
    out += fmt::format("<g transform=\"translate({} {})\">{}</g>", number(x + 12), number(y), entry.sample);
    out += text_element("small faint", {x + kSample, y + 3.5}, "start", entry.words);
    x += needed;
  }
  height = y - at.y + kRow;
  return out + "</g>\n";
}

}  // namespace mainstay
