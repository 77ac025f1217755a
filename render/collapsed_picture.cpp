#include "render/collapsed_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "render/sorted_picture.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostNamed = 20;

/// For each node the key of the things that it is drawn with; an empty key leaves it alone.
std::vector<std::string> keys_by_cluster(const Picture& picture) {
  std::vector<std::string> keys;
  for (const PictureNode& node : picture.nodes) {
    keys.push_back(node.cluster.empty() ? std::string() : fmt::format("{}:{}", word(node.layer), node.cluster));
  }
  return keys;
}

std::vector<std::string> keys_by_layer(const Picture& picture) {
  std::vector<std::string> keys;
  for (const PictureNode& node : picture.nodes) keys.push_back(fmt::format("{}:{}", word(node.layer), node.kind));
  return keys;
}

/// A zone or server goes with its provider when every way from it to a provider ends at the same one.
std::vector<std::string> keys_by_provider(const Picture& picture) {
  std::vector<std::set<std::string>> providers(picture.nodes.size());
  const auto is_provider = [&](std::size_t at) { return picture.nodes[at].kind == "provider"; };
  for (std::size_t at = 0; at < providers.size(); ++at) {
    if (is_provider(at)) providers[at].insert(picture.nodes[at].id);
  }
  for (bool changes = true; changes;) {
    changes = false;
    for (const PictureEdge& edge : picture.edges) {
      const std::size_t before = providers[edge.from].size();
      providers[edge.from].insert(providers[edge.to].begin(), providers[edge.to].end());
      changes = changes || providers[edge.from].size() != before;
    }
  }
  std::vector<std::string> keys;
  for (std::size_t at = 0; at < providers.size(); ++at) {
    const bool is_dns = picture.nodes[at].layer >= Layer::zone;
    keys.push_back(is_dns && providers[at].size() == 1 ? *providers[at].begin() : std::string());
  }
  return keys;
}

/// Adds one more thing to what a node stands for.
void join(PictureNode& into, const PictureNode& node) {
  add_alike(into, node);
  into.folded += node.folded;
  into.severity = std::max(into.severity, node.severity);
  std::set<std::string> rules(into.rules.begin(), into.rules.end());
  rules.insert(node.rules.begin(), node.rules.end());
  into.rules.assign(rules.begin(), rules.end());
  into.single_fault = into.single_fault || node.single_fault;
  into.inherent = into.inherent && node.inherent;
  into.described = into.described && node.described;
  if (into.tooltip.size() < kMostNamed) into.tooltip.push_back(node.label.substr(0, node.label.find('\n')));
}

/// How a thing that stands for others is called.
std::string label_of(Collapse by, const PictureNode& node) {
  switch (by) {
    case Collapse::cluster: return fmt::format("{}\n{} things", node.cluster, node.folded);
    case Collapse::provider: return node.label;
    case Collapse::layer: break;
  }
  return fmt::format("{} {}", node.folded, node.kind.empty() ? std::string(word(node.layer)) : node.kind);
}

const char* note_of(Collapse by) {
  switch (by) {
    case Collapse::cluster: return "things of one place are drawn as one";
    case Collapse::provider: return "zones and servers are drawn with their provider";
    case Collapse::layer: break;
  }
  return "a summary: things of one kind are drawn as one";
}

std::vector<std::string> keys_of(const Picture& picture, Collapse by) {
  switch (by) {
    case Collapse::cluster: return keys_by_cluster(picture);
    case Collapse::provider: return keys_by_provider(picture);
    case Collapse::layer: break;
  }
  return keys_by_layer(picture);
}

/// Puts the edges between the new nodes; several between two of them become one that counts them.
void add_edges(const Picture& picture, const std::vector<std::uint32_t>& position, Picture& out) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<PictureEdge, std::size_t>> edges;
  for (const PictureEdge& edge : picture.edges) {
    const std::pair ends{position[edge.from], position[edge.to]};
    if (ends.first == ends.second) continue;
    auto [at, inserted] = edges.try_emplace(ends, edge, 0);
    at->second.first.alternative = at->second.first.alternative && edge.alternative;
    ++at->second.second;
  }
  for (auto& [ends, counted] : edges) {
    PictureEdge edge = std::move(counted.first);
    edge.from = ends.first;
    edge.to = ends.second;
    if (counted.second > 1) edge.label = fmt::format("×{}", counted.second);
    out.edges.push_back(std::move(edge));
  }
}

}  // namespace

Picture collapsed(const Picture& picture, Collapse by) {
  const std::vector<std::string> keys = keys_of(picture, by);
  std::map<std::string, std::uint32_t> sizes;
  for (const std::string& key : keys) ++sizes[key];
  Picture out{.title = picture.title, .note = picture.note};
  std::map<std::string, std::uint32_t> made;
  std::vector<std::uint32_t> position;
  // A provider stands for what rests on it, so it is made before them.
  std::vector<std::uint32_t> order(picture.nodes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_partition(order.begin(), order.end(), [&](std::uint32_t at) { return picture.nodes[at].id == keys[at]; });
  position.resize(order.size());
  for (const std::uint32_t at : order) {
    const PictureNode& node = picture.nodes[at];
    const bool is_alone = keys[at].empty() || sizes[keys[at]] == 1;
    const auto next = static_cast<std::uint32_t>(out.nodes.size());
    const auto [found, inserted] = is_alone ? std::pair{made.end(), true} : made.try_emplace(keys[at], next);
    position[at] = inserted ? next : found->second;
    if (!inserted) {
      join(out.nodes[found->second], node);
      continue;
    }
    out.nodes.push_back(node);
    if (!is_alone && by != Collapse::provider) {
      PictureNode& first = out.nodes.back();
      if (first.alike.empty()) first.alike.push_back(first.id);
      first.id = "all:" + keys[at];
      first.tooltip = {node.label.substr(0, node.label.find('\n'))};
      if (by == Collapse::layer) first.cluster.clear();
    }
  }
  for (const auto& [key, at] : made) out.nodes[at].label = label_of(by, out.nodes[at]);
  add_edges(picture, position, out);
  if (!made.empty()) out.note += (out.note.empty() ? "" : "; ") + std::string(note_of(by));
  return sorted(out);
}

}  // namespace mainstay
