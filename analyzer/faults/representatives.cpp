#include "analyzer/faults/representatives.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace mainstay {
namespace {

/// Components with equal losses, in ascending order.
using Equals = std::vector<NodeId>;

/// Joins the components of one loss that are in series.
class Series {
 public:
  Series(const SingleFaults& faults, std::size_t nodes) : faults_(faults), joined_to_(nodes) {
    std::iota(joined_to_.begin(), joined_to_.end(), 0u);
  }

  /// Shape: classes in the order of their first members, members ascending.
  std::vector<Equals> classes(const Equals& equals) {
    seen_.clear();
    members_.assign(equals.begin(), equals.end());
    for (const NodeId member : equals) {
      // What fails a member is in series with it; a member fails itself, so it is found in its own set.
      join(faults_.set(member));
    }
    std::map<std::uint32_t, Equals> by_first;
    for (const NodeId member : equals) by_first[first_of(index(member))].push_back(member);
    std::vector<Equals> classes;
    classes.reserve(by_first.size());
    for (auto& [first, nodes] : by_first) classes.push_back(std::move(nodes));
    return classes;
  }

 private:
  using Found = std::optional<std::uint32_t>;

  std::uint32_t first_of(std::uint32_t node) {
    while (joined_to_[node] != node) node = joined_to_[node] = joined_to_[joined_to_[node]];
    return node;
  }

  Found both(Found a, Found b) {
    if (!a || !b) return a ? a : b;
    const std::uint32_t root_a = first_of(*a);
    const std::uint32_t root_b = first_of(*b);
    const std::uint32_t first = std::min(root_a, root_b);
    joined_to_[std::max(root_a, root_b)] = first;
    return first;
  }

  /// Joins all members in a set and gives one of them; a subtree that many sets share is looked at once.
  Found join(FaultSets::Id set) {
    if (const auto before = seen_.find(set); before != seen_.end()) return before->second;
    Found found;
    const auto add = [&](std::uint32_t number) {
      const NodeId fault = faults_.fault(number);
      if (std::binary_search(members_.begin(), members_.end(), fault)) found = both(found, index(fault));
    };
    if (const auto parts = faults_.sets().parts(set)) {
      found = join(parts->first);
      found = both(found, join(parts->second));
      if (parts->element) add(*parts->element);
    } else {
      faults_.sets().for_each(set, add);
    }
    seen_.emplace(set, found);
    return found;
  }

  const SingleFaults& faults_;
  std::vector<std::uint32_t> joined_to_;
  Equals members_;
  std::unordered_map<FaultSets::Id, Found> seen_;
};

Blast blast_of(const RequirementGraph& graph, const SingleFaults& faults, const Equals& members) {
  const auto upstream_first = [&](NodeId a, NodeId b) {
    return std::tuple(!has_owner(graph.node(a)), faults.count(a), a) < std::tuple(!has_owner(graph.node(b)), faults.count(b), b);
  };
  Blast blast;
  blast.representative = *std::min_element(members.begin(), members.end(), upstream_first);
  blast.has_owner = has_owner(graph.node(blast.representative));
  std::remove_copy(members.begin(), members.end(), std::back_inserter(blast.same_blast), blast.representative);
  return blast;
}

}  // namespace

bool has_owner(const Node& node) {
  return std::any_of(node.reasons.begin(), node.reasons.end(),
                     [](const Evidence& reason) { return reason.confidence == Confidence::declared; });
}

Representatives representatives(const RequirementGraph& graph, const SingleFaults& faults, std::span<const NodeId> goals) {
  const std::vector<std::vector<NodeId>> lost = faults.losses(goals);
  std::vector<NodeId> culprits;
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (!lost[node].empty()) culprits.push_back(NodeId(node));
  }
  const auto key = [&](NodeId node) -> std::pair<bool, const std::vector<NodeId>&> {
    return {graph.node(node).failure == Failure::inherent, lost[index(node)]};
  };
  std::stable_sort(culprits.begin(), culprits.end(), [&](NodeId a, NodeId b) { return key(a) < key(b); });

  Representatives result;
  Series series(faults, graph.size());
  for (auto first = culprits.begin(); first != culprits.end();) {
    const auto last = std::find_if(first, culprits.end(), [&](NodeId node) { return key(node) != key(*first); });
    const Equals equals(first, last);
    first = last;
    if (key(equals.front()).first) {
      result.inherent.push_back({equals, lost[index(equals.front())]});
      continue;
    }
    for (const Equals& members : series.classes(equals)) {
      result.blasts.push_back(blast_of(graph, faults, members));
      result.blasts.back().lost = lost[index(members.front())];
    }
  }
  std::sort(result.blasts.begin(), result.blasts.end(), [](const Blast& a, const Blast& b) { return a.representative < b.representative; });
  std::sort(result.inherent.begin(), result.inherent.end(),
            [](const InherentFaults& a, const InherentFaults& b) { return a.nodes.front() < b.nodes.front(); });
  return result;
}

}  // namespace mainstay
