#include "analyzer/picture/fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "render/collapsed_picture.h"

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

/// One end of an edge and whether the edge is one of several.
using Ends = std::vector<std::pair<std::uint32_t, bool>>;

/// What must be the same for things to be drawn as one.
struct Likeness {
  std::string cluster;
  Layer layer = Layer::workload;
  std::string kind;
  Ends needs;
  Ends needed_by;
  friend auto operator<=>(const Likeness&, const Likeness&) = default;
};

/// A workload that others need, and anything that a finding or a single fault marks, is drawn by itself.
bool may_join(const PictureNode& node, const Ends& needed_by) {
  if (node.severity) return false;
  return node.layer == Layer::workload ? needed_by.empty() : !node.single_fault;
}

std::map<Likeness, std::vector<std::uint32_t>> alike(const Picture& picture, bool within_cluster) {
  std::vector<Ends> needs(picture.nodes.size()), needed_by(picture.nodes.size());
  for (const PictureEdge& edge : picture.edges) {
    needs[edge.from].emplace_back(edge.to, edge.alternative);
    needed_by[edge.to].emplace_back(edge.from, edge.alternative);
  }
  std::map<Likeness, std::vector<std::uint32_t>> found;
  for (std::uint32_t at = 0; at < picture.nodes.size(); ++at) {
    const PictureNode& node = picture.nodes[at];
    if (!may_join(node, needed_by[at]) || (!within_cluster && node.layer != Layer::workload)) continue;
    found[{within_cluster ? node.cluster : std::string(), node.layer, node.kind, needs[at], needed_by[at]}].push_back(at);
  }
  return found;
}

/// Joins things that are alike; those of one cluster only, when `within_cluster`, and then in every layer.
Picture joined(const Picture& picture, std::size_t least, bool within_cluster) {
  std::vector<bool> keep(picture.nodes.size(), true);
  Picture out = picture;
  bool folds_workloads = false, folds_others = false;
  for (const auto& [likeness, same] : alike(picture, within_cluster)) {
    if (same.size() < least) continue;
    (likeness.layer == Layer::workload ? folds_workloads : folds_others) = true;
    PictureNode& first = out.nodes[same.front()];
    std::uint32_t count = 0;
    for (const std::uint32_t at : same) {
      count += picture.nodes[at].folded;
      if (at != same.front()) {
        keep[at] = false;
        add_alike(first, picture.nodes[at]);
      }
      if (first.tooltip.size() < 20) first.tooltip.push_back(picture.nodes[at].label);
    }
    first.folded = count;
    first.label = fmt::format("{}\nand {} more alike", first.label.substr(0, first.label.find('\n')), count - 1);
  }
  if (!folds_workloads && !folds_others) return picture;
  out = kept(out, keep);
  if (folds_workloads)
    note(out,
         within_cluster ? "workloads of one place with the same needs are drawn as one" : "workloads with the same needs are drawn as one");
  if (folds_others) note(out, "equal things beside each other are drawn as one");
  return out;
}

/// True when the end of the edge is reached without the edge itself.
bool has_other_way(const std::vector<std::vector<std::uint32_t>>& next, const PictureEdge& edge) {
  std::vector<bool> seen(next.size());
  std::vector<std::uint32_t> open{edge.from};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    for (const std::uint32_t to : next[at]) {
      if (at == edge.from && to == edge.to) continue;
      if (to == edge.to) return true;
      if (!seen[to]) open.push_back(to);
      seen[to] = true;
    }
  }
  return false;
}

}  // namespace

Picture around(const Picture& picture, const std::set<std::string>& ids, unsigned depth, Direction direction) {
  std::vector<bool> focus(picture.nodes.size());
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) focus[at] = ids.contains(picture.nodes[at].id);
  std::vector<bool> up = focus, down = focus;
  if (direction != Direction::upstream) spread(picture, down, false, depth);
  if (direction != Direction::downstream) spread(picture, up, true, depth);
  for (std::size_t at = 0; at < up.size(); ++at) up[at] = up[at] || down[at];
  Picture part = kept(picture, up);
  note(part, fmt::format("a part: {} of {} things", part.nodes.size(), picture.nodes.size()));
  return part;
}

Picture only_findings(const Picture& picture) {
  std::vector<bool> keep(picture.nodes.size());
  for (std::size_t at = 0; at < keep.size(); ++at) keep[at] = picture.nodes[at].severity.has_value();
  const bool has_any = std::find(keep.begin(), keep.end(), true) != keep.end();
  spread(picture, keep, false, 0);
  Picture part = kept(picture, keep);
  note(part, has_any
                 ? fmt::format("only findings and who needs what they are about: {} of {} things", part.nodes.size(), picture.nodes.size())
                 : "no finding is about anything here, so nothing is drawn");
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
  for (const Collapse by : {Collapse::cluster, Collapse::layer}) {
    if (picture.nodes.size() > kMostPictureNodes) picture = collapsed(picture, by);
  }
  return picture;
}

Picture reduced(const Picture& picture) {
  std::vector<std::vector<std::uint32_t>> next(picture.nodes.size());
  for (const PictureEdge& edge : picture.edges) {
    if (!edge.alternative) next[edge.from].push_back(edge.to);
  }
  // One after the other, so that of two ways that follow from each other one stays.
  Picture out = picture;
  out.edges.clear();
  for (const PictureEdge& edge : picture.edges) {
    if (edge.alternative || !has_other_way(next, edge)) {
      out.edges.push_back(edge);
    } else {
      std::vector<std::uint32_t>& ends = next[edge.from];
      ends.erase(std::find(ends.begin(), ends.end(), edge.to));
    }
  }
  const std::size_t count = picture.edges.size() - out.edges.size();
  if (count > 0)
    note(out, fmt::format("{} {} from others {} not drawn", count, count == 1 ? "edge that follows" : "edges that follow",
                          count == 1 ? "is" : "are"));
  return out;
}

}  // namespace mainstay
