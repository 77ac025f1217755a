#include "analyzer/picture/fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace mainstay {
namespace {

/// The picture with only the nodes that are kept; edges between them stay.
Picture kept(const Picture& picture, const std::vector<bool>& keep) {
  Picture part{.title = picture.title, .nodes = {}, .edges = {}, .note = picture.note};
  std::vector<std::uint32_t> position(picture.nodes.size());
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) {
    position[at] = static_cast<std::uint32_t>(part.nodes.size());
    if (keep[at]) part.nodes.push_back(picture.nodes[at]);
  }
  for (const PictureEdge& edge : picture.edges) {
    if (!keep[edge.from] || !keep[edge.to]) continue;
    PictureEdge one = edge;
    one.from = position[edge.from];
    one.to = position[edge.to];
    part.edges.push_back(std::move(one));
  }
  return part;
}

void spread(const Picture& picture, std::vector<bool>& reached, bool forward, unsigned depth) {
  std::vector<std::vector<std::uint32_t>> next(picture.nodes.size());
  for (const PictureEdge& edge : picture.edges) {
    if (forward) {
      next[edge.from].push_back(edge.to);
    } else {
      next[edge.to].push_back(edge.from);
    }
  }
  std::vector<std::uint32_t> front;
  for (std::uint32_t at = 0; at < reached.size(); ++at) {
    if (reached[at]) front.push_back(at);
  }
  for (unsigned step = 0; !front.empty() && (depth == 0 || step < depth); ++step) {
    std::vector<std::uint32_t> beyond;
    for (const std::uint32_t at : front) {
      for (const std::uint32_t to : next[at]) {
        if (reached[to]) continue;
        reached[to] = true;
        beyond.push_back(to);
      }
    }
    front = std::move(beyond);
  }
}

void note(Picture& picture, const std::string& text) { picture.note += (picture.note.empty() ? "" : "; ") + text; }

/// Joins workloads that need exactly the same things; those of one cluster only, when `within_cluster`.
Picture joined(const Picture& picture, std::size_t least, bool within_cluster) {
  std::vector<std::vector<std::pair<std::uint32_t, bool>>> needs(picture.nodes.size());
  std::vector<bool> is_needed(picture.nodes.size());
  for (const PictureEdge& edge : picture.edges) {
    needs[edge.from].emplace_back(edge.to, edge.alternative);
    is_needed[edge.to] = true;
  }
  std::map<std::pair<std::string, std::vector<std::pair<std::uint32_t, bool>>>, std::vector<std::uint32_t>> equal;
  for (std::uint32_t at = 0; at < picture.nodes.size(); ++at) {
    const PictureNode& node = picture.nodes[at];
    if (node.layer != Layer::workload || is_needed[at] || node.severity) continue;
    equal[{within_cluster ? node.cluster : std::string(), needs[at]}].push_back(at);
  }
  std::vector<bool> keep(picture.nodes.size(), true);
  Picture out = picture;
  std::size_t folds = 0;
  for (const auto& [key, same] : equal) {
    if (same.size() < least) continue;
    ++folds;
    PictureNode& first = out.nodes[same.front()];
    std::uint32_t count = 0;
    for (const std::uint32_t at : same) {
      count += picture.nodes[at].folded;
      if (at != same.front()) keep[at] = false;
      if (first.tooltip.size() < 20) first.tooltip.push_back(picture.nodes[at].label);
    }
    first.folded = count;
    first.label = fmt::format("{}\nand {} more alike", first.label.substr(0, first.label.find('\n')), count - 1);
  }
  if (folds == 0) return picture;
  out = kept(out, keep);
  note(out,
       within_cluster ? "workloads of one place with the same needs are drawn as one" : "workloads with the same needs are drawn as one");
  return out;
}

}  // namespace

Picture around(const Picture& picture, const std::set<std::string>& ids, unsigned depth) {
  std::vector<bool> up(picture.nodes.size());
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) up[at] = ids.contains(picture.nodes[at].id);
  std::vector<bool> down = up;
  spread(picture, up, false, depth);
  spread(picture, down, true, depth);
  for (std::size_t at = 0; at < up.size(); ++at) up[at] = up[at] || down[at];
  Picture part = kept(picture, up);
  note(part, fmt::format("a part: {} of {} things", part.nodes.size(), picture.nodes.size()));
  return part;
}

Picture folded(Picture picture) {
  picture = joined(picture, 5, true);
  if (picture.nodes.size() <= kMostPictureNodes) return picture;
  picture = joined(picture, 2, false);
  if (picture.nodes.size() <= kMostPictureNodes) return picture;
  std::vector<bool> keep(picture.nodes.size());
  for (std::size_t at = 0; at < keep.size(); ++at) keep[at] = picture.nodes[at].severity.has_value() || picture.nodes[at].single_fault;
  std::vector<bool> beside = keep;
  spread(picture, beside, false, 1);
  const std::size_t all = picture.nodes.size();
  const auto count = static_cast<std::size_t>(std::count(beside.begin(), beside.end(), true));
  picture = kept(picture, count <= kMostPictureNodes ? beside : keep);
  note(picture,
       fmt::format("{} of {} things are left out: no finding is about them; --focus NODE shows them", all - picture.nodes.size(), all));
  return picture;
}

}  // namespace mainstay
