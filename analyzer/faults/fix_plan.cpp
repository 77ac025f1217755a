#include "analyzer/faults/fix_plan.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "analyzer/faults/nested_sweep.h"

namespace mainstay {
namespace {

using Id = SetFamilies::Id;

constexpr std::uint32_t kNoLevel = 0xffffffff;

/// The components that a fault takes down with it are the candidates for an alternative; each is an element.
struct Candidates {
  std::vector<NodeId> nodes;          // sorted: those with an owner first
  std::vector<std::uint32_t> levels;  // of a node
};

Candidates candidates(const RequirementGraph& graph, const std::map<NodeId, std::vector<NodeId>>& lost) {
  std::set<NodeId> found;
  for (const auto& [fault, nodes] : lost) {
    for (const NodeId node : nodes) {
      if (graph.node(node).failure == Failure::component) found.insert(node);
    }
  }
  Candidates all{{found.begin(), found.end()}, std::vector<std::uint32_t>(graph.size(), kNoLevel)};
  std::stable_partition(all.nodes.begin(), all.nodes.end(), [&](NodeId node) { return !graph.node(node).reasons.empty(); });
  for (std::uint32_t level = 0; level < all.nodes.size(); ++level) all.levels[index(all.nodes[level])] = level;
  return all;
}

/// The equations of what is enough, for one fault at a time.
class Enough {
 public:
  using Value = Id;

  Enough(const FixedPoints& points, const Candidates& candidates, SetFamilies& families)
      : gates_(points.gates()), candidates_(candidates), families_(families), values_(gates_.node_count(), SetFamilies::kAlways) {
    for (std::uint32_t node = 0; node < gates_.node_count(); ++node) {
      if (points.state(NodeId(node)) == FaultState::never) values_[node] = SetFamilies::kNone;
    }
  }

  void begin(NodeId fault, std::span<const NodeId> lost) {
    for (const NodeId node : lost_) values_[index(node)] = SetFamilies::kAlways;
    fault_ = fault;
    lost_.assign(lost.begin(), lost.end());
    for (const NodeId node : lost_) values_[index(node)] = SetFamilies::kNone;
  }

  Value fails_always() const { return SetFamilies::kNone; }
  Value never_fails() const { return SetFamilies::kAlways; }
  Value value(std::uint32_t node) const { return values_[node]; }
  void assign(std::uint32_t node, Value value) { values_[node] = value; }
  void solve_alone(std::uint32_t node) { values_[node] = computed(node); }

  Value computed(std::uint32_t node) {
    if (families_.is_exhausted()) return values_[node];
    const std::uint32_t level = candidates_.levels[node];
    const Value own = level == kNoLevel ? SetFamilies::kNone : families_.single(level);
    if (NodeId(node) == fault_) return own;
    Value all = SetFamilies::kAlways;
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      std::vector<Value> members;
      for (const std::uint32_t member : gates_.members(gate)) members.push_back(values_[member]);
      all = families_.both(all, families_.at_least(std::move(members), gates_.needed(gate)));
    }
    return families_.either(own, all);
  }

 private:
  const GateIndex& gates_;
  const Candidates& candidates_;
  SetFamilies& families_;
  std::vector<Value> values_;
  NodeId fault_{};
  std::vector<NodeId> lost_;
};

/// One thing to mend: this fault must not take this goal down any more.
struct Trouble {
  NodeId fault{};
  Id enough{};
};

class Planner {
 public:
  Planner(const RequirementGraph& graph, FixedPoints& points, const SingleFaults& faults, std::span<const NodeId> goals)
      : points_(points),
        components_(strong_components(points.gates(), std::vector<bool>(graph.size(), true))),
        component_of_(graph.size()) {
    for (std::uint32_t component = 0; component < components_.count(); ++component) {
      for (const std::uint32_t node : components_.at(component)) component_of_[node] = component;
    }
    std::set<NodeId> inherent;
    for (const NodeId goal : goals) {
      if (faults.state(goal) == FaultState::never) continue;
      for (const NodeId fault : faults.of(goal)) {
        if (graph.node(fault).failure == Failure::inherent) {
          inherent.insert(fault);
        } else if (fault != goal) {
          goals_of_[fault].push_back(goal);
        }
      }
    }
    inherent_.assign(inherent.begin(), inherent.end());
    for (const auto& [fault, lost_goals] : goals_of_) lost_[fault] = points.what_if({&fault, 1});
    candidates_ = candidates(graph, lost_);
    for (const NodeId goal : goals) candidates_.levels[index(goal)] = kNoLevel;
  }

  FixPlan plan(const CutBudget& budget) {
    SetFamilies alone(static_cast<std::uint32_t>(candidates_.nodes.size()), 1, {.seconds = 1e6});
    const std::vector<Trouble> simple = troubles(alone);
    std::vector<std::uint32_t> chosen = greedy(alone, simple);
    FixPlan plan{.steps = {}, .is_smallest = chosen.size() <= 1, .inherent = inherent_};
    const auto bound = static_cast<SetFamilies::Weight>(std::min<std::size_t>(chosen.size(), SetFamilies::kNoLimit));
    SetFamilies families(static_cast<std::uint32_t>(candidates_.nodes.size()), bound, budget);
    if (plan.is_smallest) return steps(std::move(plan), alone, simple, chosen);
    const std::vector<Trouble> all = troubles(families);
    std::vector<std::uint32_t> smallest;
    for (const std::vector<Id>& cluster : clusters(families, all)) {
      Id plans = SetFamilies::kAlways;
      for (const Id one : cluster) plans = families.both(plans, one);
      const std::vector<std::uint32_t> first = first_smallest(families, plans);
      smallest.insert(smallest.end(), first.begin(), first.end());
    }
    if (families.is_exhausted()) return steps(std::move(plan), alone, simple, chosen);
    plan.is_smallest = true;
    return steps(std::move(plan), families, all, std::move(smallest));
  }

 private:
  std::vector<Trouble> troubles(SetFamilies& families) {
    std::vector<Trouble> found;
    Enough enough(points_, candidates_, families);
    NestedSweep sweep(points_, enough);
    for (const auto& [fault, goals] : goals_of_) {
      enough.begin(fault, lost_[fault]);
      // Whole components, because what is solved together must be there as a whole.
      std::set<std::uint32_t> touched;
      for (const NodeId node : lost_[fault]) touched.insert(component_of_[index(node)]);
      for (const std::uint32_t component : touched) sweep.solve(components_.at(component));
      if (families.is_exhausted()) break;
      std::set<Id> once;
      for (const NodeId goal : goals) once.insert(enough.value(index(goal)));
      once.erase(SetFamilies::kNone);  // the fault is another goal, which is not given an alternative
      for (const Id id : once) found.push_back({fault, id});
    }
    return found;
  }

  /// Families that share no candidate have nothing to do with each other: the smallest plan is made of the smallest ones of each cluster.
  std::vector<std::vector<Id>> clusters(const SetFamilies& families, const std::vector<Trouble>& all) const {
    std::vector<std::uint32_t> leader(candidates_.nodes.size());
    std::iota(leader.begin(), leader.end(), 0u);
    const auto find = [&](std::uint32_t level) {
      while (leader[level] != level) level = leader[level] = leader[leader[level]];
      return level;
    };
    std::set<Id> distinct;
    for (const Trouble& one : all) distinct.insert(one.enough);
    for (const Id root : distinct) {
      std::set<Id> seen{root};
      for (std::vector<Id> open{root}; !open.empty();) {
        const Id id = open.back();
        open.pop_back();
        if (SetFamilies::is_constant(id)) continue;
        leader[find(families.level(id))] = find(families.level(root));
        for (const Id next : {families.low(id), families.high(id)}) {
          if (seen.insert(next).second) open.push_back(next);
        }
      }
    }
    std::map<std::uint32_t, std::vector<Id>> found;
    for (const Id root : distinct) {
      if (!SetFamilies::is_constant(root)) found[find(families.level(root))].push_back(root);
    }
    std::vector<std::vector<Id>> listed;
    for (auto& [level, cluster] : found) listed.push_back(std::move(cluster));
    return listed;
  }

  /// The one that mends most of what is left, again and again. Every fault that is a candidate mends itself.
  std::vector<std::uint32_t> greedy(const SetFamilies& families, std::vector<Trouble> left) const {
    std::vector<std::uint32_t> chosen;
    while (true) {
      std::vector<std::size_t> mends(candidates_.nodes.size(), 0);
      for (const Trouble& one : left) {
        for (Id id = one.enough; !SetFamilies::is_constant(id); id = families.low(id)) ++mends[families.level(id)];
      }
      const auto best = std::max_element(mends.begin(), mends.end());
      if (best == mends.end() || *best == 0) return chosen;
      const auto level = static_cast<std::uint32_t>(best - mends.begin());
      chosen.push_back(level);
      std::erase_if(left, [&](const Trouble& one) { return holds(families, one.enough, {level}); });
    }
  }

  /// Whether some set of the family is within the chosen ones.
  static bool holds(const SetFamilies& families, Id id, const std::set<std::uint32_t>& chosen) {
    for (; !SetFamilies::is_constant(id); id = families.low(id)) {
      if (chosen.contains(families.level(id)) && holds(families, families.high(id), chosen)) return true;
    }
    return id == SetFamilies::kAlways;
  }

  /// Of the lightest sets the one that comes first.
  static std::vector<std::uint32_t> first_smallest(const SetFamilies& families, Id id) {
    std::vector<std::uint32_t> chosen;
    while (!SetFamilies::is_constant(id)) {
      const bool high = families.lightest(families.high(id)) + 1 == families.lightest(id);
      if (high) chosen.push_back(families.level(id));
      id = high ? families.high(id) : families.low(id);
    }
    return chosen;
  }

  FixPlan steps(FixPlan plan, const SetFamilies& families, const std::vector<Trouble>& all, std::vector<std::uint32_t> open) const {
    constexpr std::size_t kFew = 50;  // among more, the order in which they were chosen must do
    std::set<std::uint32_t> made;
    std::set<NodeId> left = faults_left(families, all, made);
    while (!open.empty()) {
      auto best = open.begin();
      std::set<NodeId> best_left = faults_left(families, all, with(made, *best));
      for (auto at = open.begin() + 1; at != open.end() && open.size() <= kFew; ++at) {
        std::set<NodeId> after = faults_left(families, all, with(made, *at));
        if (after.size() >= best_left.size()) continue;
        best = at;
        best_left = std::move(after);
      }
      FixStep step{candidates_.nodes[*best], {}};
      std::set_difference(left.begin(), left.end(), best_left.begin(), best_left.end(), std::back_inserter(step.removes));
      made.insert(*best);
      open.erase(best);
      left = std::move(best_left);
      plan.steps.push_back(std::move(step));
    }
    return plan;
  }

  static std::set<std::uint32_t> with(std::set<std::uint32_t> chosen, std::uint32_t more) {
    chosen.insert(more);
    return chosen;
  }

  static std::set<NodeId> faults_left(const SetFamilies& families, const std::vector<Trouble>& all, const std::set<std::uint32_t>& made) {
    std::set<NodeId> left;
    for (const Trouble& one : all) {
      if (!holds(families, one.enough, made)) left.insert(one.fault);
    }
    return left;
  }

  FixedPoints& points_;
  StrongComponents components_;
  std::vector<std::uint32_t> component_of_;         // of a node
  std::map<NodeId, std::vector<NodeId>> goals_of_;  // that a fault takes down
  std::map<NodeId, std::vector<NodeId>> lost_;      // all that it takes down
  std::vector<NodeId> inherent_;
  Candidates candidates_;
};

}  // namespace

FixPlan fix_plan(const RequirementGraph& graph, FixedPoints& points, const SingleFaults& faults, std::span<const NodeId> goals,
                 const CutBudget& budget) {
  return Planner(graph, points, faults, goals).plan(budget);
}

}  // namespace mainstay
