#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "render/html/page_column.h"
#include "render/html/page_data.h"
#include "render/sorted_picture.h"
#include "render/svg_parts.h"

namespace mainstay {
namespace {

/// The node of the graph that a thing is; -1 for what stands for several.
std::int64_t node_of(const PictureNode& one, const RequirementGraph& graph) {
  if (one.id.size() <= one.kind.size() + 1 || !one.id.starts_with(one.kind + ":")) return -1;
  for (std::size_t kind = 0; kind <= static_cast<std::size_t>(NodeKind::parent); ++kind) {
    if (word(NodeKind(kind)) != one.kind) continue;
    const std::optional<NodeId> node = graph.find(NodeKind(kind), std::string_view(one.id).substr(one.kind.size() + 1));
    if (node) return index(*node);
  }
  return -1;
}

/// Lines of a label, apart.
Json lines_of(const std::string& label, PageTexts& texts) {
  Json out = Json::array();
  for (std::size_t at = 0; at <= label.size();) {
    const std::size_t end = std::min(label.find('\n', at), label.size());
    out.push_back(texts.number(std::string_view(label).substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

/// Bits: single fault, inherent, described, by weight 1, 2, 4.
int flags_of(const PictureNode& one) { return (one.single_fault ? 1 : 0) + (one.inherent ? 2 : 0) + (one.described ? 4 : 0); }

Json written(const PictureNode& one, const RequirementGraph& graph, PageTexts& texts) {
  return {node_of(one, graph),
          static_cast<int>(one.layer),
          texts.number(one.cluster),
          lines_of(one.label, texts),
          one.severity ? static_cast<int>(*one.severity) : -1,
          texts.numbers(one.rules),
          flags_of(one),
          texts.number(one.kind)};
}

/// The things of the whole picture: their numbers, and behind one another the lines of their labels and their rules, which the rows count.
Json packed(const Picture& picture, const RequirementGraph& graph, PageTexts& texts) {
  PageRows rows(8);
  PageColumn lines, rules;
  for (const PictureNode& one : picture.nodes) {
    std::int64_t line_count = 0;
    for (std::size_t at = 0; at <= one.label.size(); ++line_count) {
      const std::size_t end = std::min(one.label.find('\n', at), one.label.size());
      lines.add(static_cast<std::int64_t>(texts.number(std::string_view(one.label).substr(at, end - at))));
      at = end + 1;
    }
    for (const std::string& rule : one.rules) rules.add(static_cast<std::int64_t>(texts.number(rule)));
    rows.add({node_of(one, graph), static_cast<int>(one.layer), static_cast<std::int64_t>(texts.number(one.cluster)), line_count,
              one.severity ? static_cast<int>(*one.severity) : -1, static_cast<std::int64_t>(one.rules.size()), flags_of(one),
              static_cast<std::int64_t>(texts.number(one.kind))});
  }
  return {{"rows", rows.texts()}, {"lines", lines.text()}, {"rules", rules.text()}};
}

std::vector<std::string> packed(const std::vector<PictureEdge>& edges, PageTexts& texts) {
  PageRows rows(4);
  for (const PictureEdge& edge : edges)
    rows.add({edge.from, edge.to, edge.alternative ? 1 : 0, static_cast<std::int64_t>(texts.number(edge.label))});
  return rows.texts();
}

Json edges_of(const Picture& picture, PageTexts& texts) {
  Json out = Json::array();
  for (const PictureEdge& edge : picture.edges) out.push_back({edge.from, edge.to, edge.alternative ? 1 : 0, texts.number(edge.label)});
  return out;
}

Json rounded(const Point& point) { return {std::lround(point.x), std::lround(point.y)}; }

Json frames_of(const Layout& layout, PageTexts& texts) {
  Json out = Json::array();
  for (const LayoutFrame& frame : layout.frames)
    out.push_back({texts.number(frame.cluster), rounded(frame.box.low), rounded(frame.box.high)});
  return out;
}

}  // namespace

Json page_map(const PageInput& input, const Layout& layout, PageTexts& texts) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (const PictureNode& one : input.whole.nodes) places.emplace(one.id, places.size());
  Json things = Json::array();
  for (std::size_t at = 0; at < input.summary.nodes.size(); ++at) {
    const PictureNode& one = input.summary.nodes[at];
    Json alike = Json::array();
    for (const std::string& id : one.alike) {
      if (const auto found = places.find(id); found != places.end()) alike.push_back(found->second);
    }
    const auto own = places.find(one.id);
    const NodeLook look = look_of(one);
    Json thing = {own == places.end() ? -1 : static_cast<std::int64_t>(own->second), rounded(layout.centres[at]),
                  Json{std::lround(look.width), std::lround(look.height)}};
    if (!alike.empty()) {
      thing.push_back(std::move(alike));
      thing.push_back(written(one, input.graph, texts));
      thing.push_back(one.folded);
    }
    things.push_back(std::move(thing));
  }
  Json curves = Json::array();
  for (const std::vector<Point>& curve : layout.curves) {
    Json points = Json::array();
    for (const Point& point : curve) {
      points.push_back(std::lround(point.x));
      points.push_back(std::lround(point.y));
    }
    curves.push_back(std::move(points));
  }
  return {{"nodes", packed(input.whole, input.graph, texts)},
          {"edges", packed(input.whole.edges, texts)},
          {"things", std::move(things)},
          {"needs", edges_of(input.summary, texts)},
          {"curves", std::move(curves)},
          {"frames", frames_of(layout, texts)},
          {"note", texts.number(input.summary.note)}};
}

}  // namespace mainstay
