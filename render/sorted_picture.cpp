#include "render/sorted_picture.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "graph/values/assert.h"

namespace mainstay {

Picture sorted(const Picture& picture) {
  std::vector<std::uint32_t> order(picture.nodes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    const PictureNode& a = picture.nodes[left];
    const PictureNode& b = picture.nodes[right];
    return std::tie(a.layer, a.id) < std::tie(b.layer, b.id);
  });
  Picture out{.title = picture.title, .note = picture.note};
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) {
    place[order[at]] = at;
    out.nodes.push_back(picture.nodes[order[at]]);
  }
  for (PictureEdge edge : picture.edges) {
    MAINSTAY_ASSERT(edge.from < place.size() && edge.to < place.size(), "an edge of a picture joins two of its nodes");
    edge.from = place[edge.from];
    edge.to = place[edge.to];
    out.edges.push_back(std::move(edge));
  }
  const auto ends = [](const PictureEdge& edge) { return std::tie(edge.from, edge.to); };
  std::sort(out.edges.begin(), out.edges.end(), [&](const PictureEdge& a, const PictureEdge& b) {
    return std::tie(a.from, a.to, a.label, a.alternative, a.tooltip) < std::tie(b.from, b.to, b.label, b.alternative, b.tooltip);
  });
  const auto twice = [&](const PictureEdge& a, const PictureEdge& b) { return ends(a) == ends(b); };
  out.edges.erase(std::unique(out.edges.begin(), out.edges.end(), twice), out.edges.end());
  return out;
}

}  // namespace mainstay
