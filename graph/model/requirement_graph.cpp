#include "graph/model/requirement_graph.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

std::size_t hash_of(const Reasons& reasons) {
  std::size_t hash = reasons.size();
  const auto mix = [&](std::size_t part) { hash = hash * 0x9e3779b97f4a7c15 + part; };
  for (const Evidence& one : reasons) {
    mix(std::hash<std::string_view>()(one.place.file));
    mix(one.place.line);
    mix(one.place.column);
    mix(std::hash<std::string_view>()(one.note));
  }
  return hash;
}

/// Equal reasons have one number, in the order in which they first come.
class ReasonNumbers {
 public:
  explicit ReasonNumbers(std::vector<Reasons>& all) : all_(all) { number(Reasons{}); }

  std::uint32_t number(Reasons reasons) {
    std::vector<std::uint32_t>& alike = by_hash_[hash_of(reasons)];
    for (const std::uint32_t one : alike) {
      if (all_[one] == reasons) return one;
    }
    alike.push_back(static_cast<std::uint32_t>(all_.size()));
    all_.push_back(std::move(reasons));
    return alike.back();
  }

 private:
  std::vector<Reasons>& all_;
  std::unordered_map<std::size_t, std::vector<std::uint32_t>> by_hash_;
};

}  // namespace

std::string_view word(NodeKind kind) {
  switch (kind) {
    case NodeKind::workload: return "workload";
    case NodeKind::use: return "use";
    case NodeKind::endpoint: return "endpoint";
    case NodeKind::runs: return "runs";
    case NodeKind::lookup: return "lookup";
    case NodeKind::stub: return "stub";
    case NodeKind::question: return "question";
    case NodeKind::resolver: return "resolver";
    case NodeKind::iteration: return "iteration";
    case NodeKind::zone: return "zone";
    case NodeKind::name_server: return "name-server";
    case NodeKind::address: return "address";
    case NodeKind::failure_domain: return "failure-domain";
    case NodeKind::prefix: return "prefix";
    case NodeKind::provider: return "provider";
    case NodeKind::registrable_domain: return "registrable-domain";
    case NodeKind::parent: return "parent";
  }
  return "parent";
}

std::optional<NodeId> RequirementGraph::find(NodeKind kind, std::string_view name) const {
  const auto at = std::lower_bound(nodes_.begin(), nodes_.end(), std::pair(kind, name), [](const Node& node, const auto& wanted) {
    return std::pair(node.kind, std::string_view(node.name)) < wanted;
  });
  if (at == nodes_.end() || at->kind != kind || at->name != name) return std::nullopt;
  return NodeId(static_cast<std::uint32_t>(at - nodes_.begin()));
}

std::pair<NodeId, NodeId> RequirementGraph::of_kind(NodeKind kind) const {
  const auto first = std::partition_point(nodes_.begin(), nodes_.end(), [&](const Node& node) { return node.kind < kind; });
  const auto last = std::partition_point(first, nodes_.end(), [&](const Node& node) { return node.kind <= kind; });
  return {NodeId(static_cast<std::uint32_t>(first - nodes_.begin())), NodeId(static_cast<std::uint32_t>(last - nodes_.begin()))};
}

RequirementGraphBuilder::Draft RequirementGraphBuilder::node(NodeKind kind, std::string_view name, bool* is_new) {
  const std::size_t hash = std::hash<std::string_view>()(name) + static_cast<std::size_t>(kind);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; !slots_.empty() && slots_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t known = slots_[slot] - 1;
    if (hashes_[known] != hash || nodes_[known].kind != kind || nodes_[known].name != name) continue;
    if (is_new != nullptr) *is_new = false;
    return Draft(known);
  }
  if (is_new != nullptr) *is_new = true;
  const auto draft = Draft(static_cast<std::uint32_t>(nodes_.size()));
  nodes_.push_back({.kind = kind, .name = std::string(name)});
  hashes_.push_back(hash);
  enter(hash, draft);
  return draft;
}

void RequirementGraphBuilder::enter(std::size_t hash, Draft draft) {
  if (nodes_.size() * 2 > slots_.size()) {
    constexpr std::size_t kFirst = 64;
    slots_.assign(std::max(kFirst, slots_.size() * 2), 0);
    for (std::uint32_t at = 0; at + 1 < nodes_.size(); ++at) enter(hashes_[at], Draft(at));
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<std::uint32_t>(draft) + 1;
}

void RequirementGraphBuilder::need_all(Draft from, std::vector<Need> members) {
  const auto count = static_cast<std::uint32_t>(members.size());
  need(from, std::move(members), count, Choice::ordered, 0);
}

void RequirementGraphBuilder::need_any(Draft from, std::vector<Need> members, Choice choice, std::uint32_t hold) {
  need(from, std::move(members), 1, choice, hold);
}

void RequirementGraphBuilder::need(Draft from, std::vector<Need> members, std::uint32_t needed, Choice choice, std::uint32_t hold) {
  MAINSTAY_ASSERT(static_cast<std::uint32_t>(from) < nodes_.size(), "a group belongs to a node of this builder");
  std::vector<Need> once;
  const bool all = needed == members.size();
  for (Need& member : members) {
    const auto same = std::find_if(once.begin(), once.end(), [&](const Need& known) { return known.node == member.node; });
    if (same == once.end()) {
      once.push_back(std::move(member));
    } else {
      same->reasons.insert(same->reasons.end(), member.reasons.begin(), member.reasons.end());
    }
  }
  // A member named twice counts once, so "all" must shrink with it; "any" and k-of-n keep their number.
  if (all) needed = static_cast<std::uint32_t>(once.size());
  groups_.push_back({from, std::move(once), needed, choice, hold});
}

std::vector<std::uint32_t> RequirementGraphBuilder::sorted_nodes() const {
  using Key = std::tuple<NodeKind, std::string_view, std::uint32_t>;
  std::vector<Key> keys;
  keys.reserve(nodes_.size());
  for (std::uint32_t at = 0; at < nodes_.size(); ++at) keys.emplace_back(nodes_[at].kind, nodes_[at].name, at);
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> order;
  order.reserve(keys.size());
  for (const Key& key : keys) order.push_back(std::get<std::uint32_t>(key));
  return order;
}

RequirementGraph RequirementGraphBuilder::freeze() && {
  const std::vector<std::uint32_t> order = sorted_nodes();
  std::vector<std::uint32_t> position(nodes_.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) position[order[at]] = at;

  RequirementGraph graph;
  graph.nodes_.reserve(nodes_.size());
  for (const std::uint32_t old : order) graph.nodes_.push_back(std::move(nodes_[old]));
  std::stable_sort(groups_.begin(), groups_.end(), [&](const DraftGroup& a, const DraftGroup& b) {
    return position[static_cast<std::uint32_t>(a.from)] < position[static_cast<std::uint32_t>(b.from)];
  });
  ReasonNumbers numbers(graph.reasons_);
  graph.group_begin_.assign(graph.nodes_.size() + 1, 0);
  for (DraftGroup& group : groups_) {
    ++graph.group_begin_[position[static_cast<std::uint32_t>(group.from)] + 1];
    const auto first = static_cast<std::uint32_t>(graph.members_.size());
    for (Need& member : group.members) {
      std::sort(member.reasons.begin(), member.reasons.end());
      graph.members_.push_back({NodeId(position[static_cast<std::uint32_t>(member.node)]), numbers.number(std::move(member.reasons))});
    }
    graph.groups_.push_back({first, static_cast<std::uint32_t>(group.members.size()), group.needed, group.choice, group.hold});
  }
  std::partial_sum(graph.group_begin_.begin(), graph.group_begin_.end(), graph.group_begin_.begin());
  return graph;
}

}  // namespace mainstay
