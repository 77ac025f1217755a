#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "render/columns.h"
#include "render/drawing.h"
#include "render/escape.h"
#include "render/sorted_picture.h"
#include "render/svg_parts.h"

namespace mainstay {
namespace {

constexpr std::size_t kMaxNodes = 2000;
constexpr std::size_t kMaxEdges = 8000;
constexpr double kMargin = 24;

constexpr std::array<std::string_view, 8> kHeadings = {
    "WORKLOADS", "IDENTITY ENDPOINTS", "STUB RESOLVERS", "RESOLVERS", "UPSTREAM RESOLVERS", "ZONES", "NAME SERVERS", "PROVIDERS"};

/// Everything that is known once the layout is made, moved so that the drawing begins at the margins.
struct Sheet {
  Picture picture;
  std::vector<NodeLook> looks;
  Layout layout;
  double width = 0;
  double height = 0;  // grows as parts are added below
};

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

Result<Sheet> sheet_of(const Picture& picture) {
  Sheet sheet{.picture = sorted(picture)};
  std::vector<LayoutBox> boxes;
  for (const PictureNode& node : sheet.picture.nodes) {
    const NodeLook& look = sheet.looks.emplace_back(look_of(node));
    boxes.push_back({look.width, look.height, static_cast<std::uint32_t>(node.layer), node.cluster});
  }
  std::vector<LayoutLine> lines;
  for (const PictureEdge& edge : sheet.picture.edges) lines.push_back({edge.from, edge.to});
  Result<Layout> layout = laid_out(boxes, lines);
  if (!layout) return Error{layout.error()};
  sheet.layout = *std::move(layout);
  return sheet;
}

void move(Layout& layout, Point by) {
  const auto shift = [&](Point& point) { point = {point.x + by.x, point.y + by.y}; };
  std::for_each(layout.centres.begin(), layout.centres.end(), shift);
  for (std::vector<Point>& curve : layout.curves) std::for_each(curve.begin(), curve.end(), shift);
  for (LayoutFrame& frame : layout.frames) {
    shift(frame.box.low);
    shift(frame.box.high);
  }
  shift(layout.bounds.low);
  shift(layout.bounds.high);
}

/// Title and the names of the layers.
std::string head(Sheet& sheet) {
  constexpr double kTitle = 44;
  constexpr double kHeading = 24;
  const double top = kMargin + (sheet.picture.title.empty() ? 0 : kTitle - kMargin) + kHeading;
  Box bounds = sheet.layout.bounds;
  for (const std::vector<Point>& curve : sheet.layout.curves) {
    for (const Point& point : curve) {
      bounds.low = {std::min(bounds.low.x, point.x), std::min(bounds.low.y, point.y)};
      bounds.high = {std::max(bounds.high.x, point.x), std::max(bounds.high.y, point.y)};
    }
  }
  move(sheet.layout, {kMargin - bounds.low.x, top - bounds.low.y});
  sheet.width = bounds.high.x - bounds.low.x + 2 * kMargin;
  sheet.height = bounds.high.y - bounds.low.y + top + kMargin;
  std::string out;
  if (!sheet.picture.title.empty()) {
    sheet.width = std::max(sheet.width, text_width(sheet.picture.title, 16) * 1.06 + 2 * kMargin);
    out += text_element("title", {kMargin, kMargin + 8}, "start", sheet.picture.title) + "\n";
  }
  std::map<Layer, double> columns;
  for (std::size_t at = 0; at < sheet.picture.nodes.size(); ++at)
    columns.try_emplace(sheet.picture.nodes[at].layer, sheet.layout.centres[at].x);
  for (const auto& [layer, x] : columns)
    out += text_element("head faint", {x, top - 12}, "middle", kHeadings[static_cast<std::size_t>(layer)]) + "\n";
  return out;
}

std::string frames(const Sheet& sheet) {
  std::string out;
  for (const LayoutFrame& frame : sheet.layout.frames) {
    const double width = frame.box.high.x - frame.box.low.x;
    std::string label = valid_utf8(frame.cluster);
    for (std::size_t columns = 60; columns > 1 && text_width(label, 10) > width - 12; --columns) label = cut_to(label, columns, "…");
    out += fmt::format("<g><title>{}</title><rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/>{}</g>\n",
                       for_xml(frame.cluster), number(frame.box.low.x), number(frame.box.low.y), number(width),
                       number(frame.box.high.y - frame.box.low.y),
                       text_element("small faint", {frame.box.low.x + 8, frame.box.low.y + 14}, "start", label));
  }
  return out;
}

std::string path_of(const std::vector<Point>& curve) {
  std::string out = fmt::format("M{} {}", number(curve[0].x), number(curve[0].y));
  for (std::size_t at = 1; at + 2 < curve.size(); at += 3) {
    out += fmt::format("C{} {} {} {} {} {}", number(curve[at].x), number(curve[at].y), number(curve[at + 1].x), number(curve[at + 1].y),
                       number(curve[at + 2].x), number(curve[at + 2].y));
  }
  return out;
}

/// A small arrow head at the end of a curve, in its direction.
std::string tip_of(const std::vector<Point>& curve) {
  const Point end = curve.back();
  Point before = curve[curve.size() - 2];
  if (before.x == end.x && before.y == end.y) before = curve.front();
  const double angle = std::atan2(end.y - before.y, end.x - before.x) * 180 / 3.14159265358979323846;
  return fmt::format("<path class=\"tip\" transform=\"translate({} {}) rotate({})\" d=\"M0 0l-7 -3v6z\"/>", number(end.x), number(end.y),
                     number(angle));
}

std::string edges(const Sheet& sheet) {
  std::string out;
  for (std::size_t at = 0; at < sheet.picture.edges.size(); ++at) {
    const PictureEdge& edge = sheet.picture.edges[at];
    const std::vector<Point>& curve = sheet.layout.curves[at];
    if (curve.size() < 4) continue;
    std::string tip = sheet.picture.nodes[edge.from].label + " needs " + (edge.label.empty() ? "" : edge.label + ": ") +
                      sheet.picture.nodes[edge.to].label;
    std::replace(tip.begin(), tip.end(), '\n', ' ');
    if (!edge.tooltip.empty()) tip += "\n" + joined_lines(edge.tooltip);
    out += fmt::format("<g class=\"need\"><title>{}</title><path class=\"edge{}\" d=\"{}\"/>{}</g>\n", for_xml(tip),
                       edge.alternative ? " alternative" : "", path_of(curve), tip_of(curve));
  }
  return out;
}

std::string pill(Point centre, std::string_view words) {
  const double width = text_width(words, 10) + 8;
  return fmt::format("<rect class=\"pill\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"7\"/>{}\n", number(centre.x - width / 2),
                     number(centre.y - 7), number(width), text_element("small faint", {centre.x, centre.y + 3.5}, "middle", words));
}

/// Labels of edges: "any of 2" once where the alternatives part, everything else in the middle of its own line.
std::string edge_labels(const Sheet& sheet) {
  std::string out;
  std::set<std::pair<std::uint32_t, std::string>> said;
  for (std::size_t at = 0; at < sheet.picture.edges.size(); ++at) {
    const PictureEdge& edge = sheet.picture.edges[at];
    const std::vector<Point>& curve = sheet.layout.curves[at];
    if (edge.label.empty() || curve.size() < 4) continue;
    const std::string words = cut_to(valid_utf8(edge.label), 16, "…");
    if (!edge.alternative) {
      const std::size_t middle = (curve.size() - 1) / 6 * 3;
      const Point* p = &curve[middle];
      out += pill({(p[0].x + 3 * p[1].x + 3 * p[2].x + p[3].x) / 8, (p[0].y + 3 * p[1].y + 3 * p[2].y + p[3].y) / 8}, words);
    } else if (said.emplace(edge.from, edge.label).second) {
      const Point centre = sheet.layout.centres[edge.from];
      const double beside = sheet.looks[edge.from].width / 2 + text_width(words, 10) / 2 + 9;
      out += pill({centre.x + beside, centre.y}, words);
    }
  }
  return out;
}

std::string nodes(const Sheet& sheet) {
  std::string out;
  for (std::size_t at = 0; at < sheet.picture.nodes.size(); ++at)
    out += node_element(sheet.picture.nodes[at], sheet.looks[at], sheet.layout.centres[at]);
  return out;
}

/// The note and the legend, below everything else.
std::string foot(Sheet& sheet, const DrawingStyle& style) {
  std::string out;
  if (style.legend && !sheet.picture.nodes.empty()) {
    double height = 0;
    sheet.width = std::max(sheet.width, 320.0);
    out += legend_element(sheet.picture, {kMargin, sheet.height + 4}, sheet.width - 2 * kMargin, height);
    sheet.height += height + 4;
  }
  if (!sheet.picture.note.empty()) {
    const auto columns = static_cast<std::size_t>((sheet.width - 2 * kMargin) / 7);
    for (const std::string& line : wrapped(for_terminal(sheet.picture.note), std::max<std::size_t>(columns, 20))) {
      out += text_element("small faint", {kMargin, sheet.height + 6}, "start", line) + "\n";
      sheet.height += 16;
    }
  }
  return out;
}

std::string summary(const Picture& picture) {
  const auto marked =
      std::count_if(picture.nodes.begin(), picture.nodes.end(), [](const PictureNode& node) { return node.severity.has_value(); });
  return fmt::format("{} things in layers from left to right, {} needs between them, {} things with findings.", picture.nodes.size(),
                     picture.edges.size(), marked);
}

}  // namespace

Result<std::string> svg(const Picture& picture, const DrawingStyle& style) {
  if (picture.nodes.size() > kMaxNodes || picture.edges.size() > kMaxEdges) {
    return Error{fmt::format(
        "the picture has {} things and {} lines, more than can be drawn readably ({} and {}); choose a part of it with --focus NODE",
        grouped(picture.nodes.size()), grouped(picture.edges.size()), grouped(kMaxNodes), grouped(kMaxEdges))};
  }
  Result<Sheet> made = sheet_of(picture);
  if (!made) return Error{made.error()};
  Sheet& sheet = *made;
  std::string body = head(sheet);
  body += frames(sheet) + edges(sheet) + edge_labels(sheet) + nodes(sheet) + foot(sheet, style);
  const std::string title = picture.title.empty() ? "Dependency map" : picture.title;
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mainstay-map\" role=\"img\" aria-label=\"{0}\" width=\"{1}\" height=\"{2}\" "
      "viewBox=\"0 0 {1} {2}\">\n<title>{0}</title>\n<desc>{3}</desc>\n<style>{4}</style>\n"
      "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n{5}</svg>\n",
      for_xml(title), number(std::ceil(sheet.width)), number(std::ceil(sheet.height)), summary(sheet.picture), style_sheet(style.theme),
      body);
}

}  // namespace mainstay
