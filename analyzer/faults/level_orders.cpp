#include "analyzer/faults/level_orders.h"

#include <algorithm>
#include <numeric>

namespace mainstay {
namespace {

using Numbers = std::vector<std::uint32_t>;

/// What each component needs of other components, in the order in which it is listed.
class Needs {
 public:
  Needs(const GateIndex& gates, const StrongComponents& components, std::span<const NodeId> goals) {
    Numbers component_of(gates.node_count(), 0);
    for (std::uint32_t component = 0; component < components.count(); ++component) {
      for (const std::uint32_t node : components.at(component)) component_of[node] = component;
    }
    for (std::uint32_t component = 0; component < components.count(); ++component) {
      for (const std::uint32_t node : components.at(component)) {
        for (const std::uint32_t member : gates.members_of_node(node)) {
          if (component_of[member] != component) needed_.push_back(component_of[member]);
        }
      }
      begin_.push_back(needed_.size());
    }
    for (const NodeId goal : goals) goals_.push_back(component_of[index(goal)]);
  }

  std::uint32_t count() const { return static_cast<std::uint32_t>(begin_.size() - 1); }
  const Numbers& goals() const { return goals_; }
  std::span<const std::uint32_t> of(std::uint32_t component) const {
    return std::span(needed_).subspan(begin_[component], begin_[component + 1] - begin_[component]);
  }

 private:
  std::vector<std::size_t> begin_{0};
  Numbers needed_;
  Numbers goals_;
};

/// Paths from a component down to what needs nothing: how large it would be without sharing.
std::vector<double> sizes(const Needs& needs) {
  std::vector<double> size(needs.count(), 0);
  for (std::uint32_t component = 0; component < needs.count(); ++component) {  // what is needed comes first
    for (const std::uint32_t needed : needs.of(component)) size[component] += size[needed];
    if (needs.of(component).empty()) size[component] = 1;
  }
  return size;
}

std::vector<double> dependents(const Needs& needs) {
  std::vector<double> count(needs.count(), 0);
  for (std::uint32_t component = 0; component < needs.count(); ++component) {
    for (const std::uint32_t needed : needs.of(component)) count[needed] += 1;
  }
  return count;
}

/// Depth first; members in falling order of their rank, as they are listed where it is equal.
Numbers depth_first(const Needs& needs, const std::vector<double>& rank) {
  Numbers found;
  Numbers open;
  std::vector<bool> seen(needs.count(), false);
  for (const std::uint32_t goal : needs.goals()) {
    open.push_back(goal);
    while (!open.empty()) {
      const std::uint32_t component = open.back();
      open.pop_back();
      if (seen[component]) continue;
      seen[component] = true;
      found.push_back(component);
      const auto needed = needs.of(component);
      const auto first = static_cast<std::ptrdiff_t>(open.size());
      open.insert(open.end(), needed.rbegin(), needed.rend());
      std::stable_sort(open.begin() + first, open.end(), [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; });
    }
  }
  return found;
}

Numbers breadth_first(const Needs& needs) {
  Numbers found;
  std::vector<bool> seen(needs.count(), false);
  const auto come_by = [&](std::uint32_t component) {
    if (seen[component]) return;
    seen[component] = true;
    found.push_back(component);
  };
  for (const std::uint32_t goal : needs.goals()) come_by(goal);
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (const std::uint32_t needed : needs.of(found[at])) come_by(needed);
  }
  return found;
}

Numbers by_weight(const Needs& needs) {
  std::vector<double> weight(needs.count(), 0);
  for (const std::uint32_t goal : needs.goals()) weight[goal] += 1;
  Numbers found;
  for (std::uint32_t component = needs.count(); component-- > 0;) {  // those who need come first
    if (weight[component] == 0) continue;
    found.push_back(component);
    const auto needed = needs.of(component);
    for (const std::uint32_t one : needed) weight[one] += weight[component] / static_cast<double>(needed.size());
  }
  // The deepest first where it is equal: what has members has no more weight than the only one of them.
  std::reverse(found.begin(), found.end());
  std::stable_sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) { return weight[a] > weight[b]; });
  return found;
}

}  // namespace

Numbers level_order(const GateIndex& gates, const StrongComponents& components, std::span<const NodeId> goals, LevelOrder order) {
  if (order == LevelOrder::as_solved) {
    Numbers all(components.count());
    std::iota(all.rbegin(), all.rend(), 0u);
    return all;
  }
  const Needs needs(gates, components, goals);
  switch (order) {
    case LevelOrder::largest_first: return depth_first(needs, sizes(needs));
    case LevelOrder::shared_first: return depth_first(needs, dependents(needs));
    case LevelOrder::by_distance: return breadth_first(needs);
    case LevelOrder::by_weight: return by_weight(needs);
    case LevelOrder::as_written:
    case LevelOrder::as_solved: break;
  }
  return depth_first(needs, std::vector<double>(needs.count(), 0));
}

}  // namespace mainstay
