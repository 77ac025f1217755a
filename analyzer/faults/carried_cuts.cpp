#include "analyzer/faults/carried_cuts.h"

#include <algorithm>
#include <string_view>

#include "analyzer/faults/nested_sweep.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kNoLevel = 0xffffffff;
constexpr std::uint32_t kMostLevels = 1u << 20;

/// Two independent sums of 64 bits each; equal texts of different parts cannot run together, because every part is preceded by its length.
class Mixer {
 public:
  void add(std::uint64_t value) {
    for (std::size_t half = 0; half < 2; ++half) {
      std::uint64_t& sum = sums_[half];
      sum ^= value + kOdd[half] + (sum << 6) + (sum >> 2);
      sum *= kOdd[half];
      sum ^= sum >> 31;
    }
  }
  void add(std::string_view text) {
    add(text.size());
    for (std::size_t at = 0; at < text.size(); at += 8) {
      std::uint64_t word = 0;
      for (std::size_t byte = at; byte < std::min(at + 8, text.size()); ++byte) word = word << 8 | static_cast<unsigned char>(text[byte]);
      add(word);
    }
  }
  void add(const std::array<std::uint64_t, 2>& hash) {
    add(hash[0]);
    add(hash[1]);
  }
  const std::array<std::uint64_t, 2>& sums() const { return sums_; }

 private:
  static constexpr std::array<std::uint64_t, 2> kOdd{0x9e3779b97f4a7c15u, 0xc2b2ae3d27d4eb4fu};
  std::array<std::uint64_t, 2> sums_{0x243f6a8885a308d3u, 0x13198a2e03707344u};
};

}  // namespace

/// Hashes of all nodes, component by component.
class CarriedCuts::Hashing {
 public:
  Hashing(const RequirementGraph& graph, const GateIndex& gates) : graph_(graph), gates_(gates), hashes_(graph.size()) {}

  void add(std::span<const std::uint32_t> component, bool is_cycle) {
    std::vector<std::uint32_t> nodes(component.begin(), component.end());
    std::sort(nodes.begin(), nodes.end());  // ids are in the order of kind and name
    if (is_cycle) {
      for (std::uint32_t place = 0; place < nodes.size(); ++place) hashes_[nodes[place]] = {~std::uint64_t{0}, place};
    }
    std::vector<Hash> own;
    for (const std::uint32_t node : nodes) own.push_back(of_equation(node));
    if (!is_cycle) {
      hashes_[nodes.front()] = own.front();
      return;
    }
    Mixer whole;
    for (const Hash& one : own) whole.add(one);
    for (std::uint32_t place = 0; place < nodes.size(); ++place) {
      Mixer one = whole;
      one.add(place);
      hashes_[nodes[place]] = one.sums();
    }
  }
  const Hash& of(std::uint32_t node) const { return hashes_[node]; }

 private:
  /// Members and groups in any order are the same equation. Members in the same component are told by their places in it.
  Hash of_equation(std::uint32_t node) const {
    const Node& described = graph_.node(NodeId(node));
    Mixer mixer;
    mixer.add(described.failure == Failure::derived ? 0 : 1);
    if (described.failure != Failure::derived) {
      mixer.add(static_cast<std::uint64_t>(described.kind));
      mixer.add(described.name);
    }
    std::vector<Hash> groups;
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      std::vector<Hash> members;
      for (const std::uint32_t member : gates_.members(gate)) members.push_back(hashes_[member]);
      std::sort(members.begin(), members.end());
      Mixer group;
      group.add(gates_.needed(gate));
      for (const Hash& member : members) group.add(member);
      groups.push_back(group.sums());
    }
    std::sort(groups.begin(), groups.end());
    for (const Hash& group : groups) mixer.add(group);
    return mixer.sums();
  }

  const RequirementGraph& graph_;
  const GateIndex& gates_;
  std::vector<Hash> hashes_;
};

class CarriedCuts::Equations {
 public:
  using Value = SetFamilies::Id;

  Equations(CarriedCuts& owner, const GateIndex& gates) : owner_(owner), gates_(gates), families_(*owner.families_) {}

  Value fails_always() const { return SetFamilies::kAlways; }
  Value never_fails() const { return SetFamilies::kNone; }
  Value value(std::uint32_t node) const { return owner_.answers_[node]; }
  void assign(std::uint32_t node, Value value) { owner_.answers_[node] = value; }
  void solve_alone(std::uint32_t node) { assign(node, computed(node)); }

  Value computed(std::uint32_t node) {
    if (families_.is_exhausted()) return value(node);
    std::vector<Value> parts;
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      if (gates_.needed(gate) == 0) continue;
      std::vector<Value> members;
      for (const std::uint32_t member : gates_.members(gate)) members.push_back(value(member));
      const std::size_t times = members.size() - gates_.needed(gate) + 1;
      parts.push_back(families_.at_least(std::move(members), times));
    }
    if (const std::uint32_t level = owner_.level_of_[node]; level != kNoLevel) parts.push_back(families_.single(level));
    return families_.at_least(std::move(parts), 1);
  }

 private:
  CarriedCuts& owner_;
  const GateIndex& gates_;
  SetFamilies& families_;
};

CarriedCuts::CarriedCuts(unsigned order, const CutBudget& budget) : order_(std::min(order, CutOptions::kEveryOrder)), budget_(budget) {
  start_anew();
}

void CarriedCuts::start_anew() {
  families_ = std::make_unique<SetFamilies>(0, static_cast<SetFamilies::Weight>(order_), budget_);
  meanings_.clear();
  levels_.clear();
  known_.clear();
}

CarriedCuts::Update CarriedCuts::update(const RequirementGraph& graph) {
  if (levels_.size() > kMostLevels || families_->is_exhausted()) start_anew();
  families_->set_budget(budget_);
  const FixedPoints points(graph);
  const StrongComponents components = strong_components(points.gates(), std::vector<bool>(graph.size(), true));
  level_of_.assign(graph.size(), kNoLevel);
  // What is needed is numbered later, so that it stands below.
  for (auto at = components.nodes.rbegin(); at != components.nodes.rend(); ++at) {
    const Node& node = graph.node(NodeId(*at));
    if (node.failure == Failure::derived) continue;
    const auto [known, is_new] = levels_.try_emplace({node.kind, node.name}, static_cast<std::uint32_t>(levels_.size()));
    if (is_new) {
      families_->add_level();
      meanings_.push_back({.fault = known->second});
    }
    level_of_[*at] = known->second;
  }
  node_at_.assign(levels_.size(), NodeId{});
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (level_of_[node] != kNoLevel) node_at_[level_of_[node]] = NodeId(node);
  }

  answers_.assign(graph.size(), SetFamilies::kAlways);
  Hashing hashing(graph, points.gates());
  Equations equations(*this, points.gates());
  NestedSweep sweep(points, equations);
  std::map<Hash, SetFamilies::Id> now;
  Update update;
  for (std::size_t at = 0; at < components.count(); ++at) {
    const auto component = components.at(at);
    hashing.add(component, sweep.is_cycle(component));
    const bool is_known = known_.contains(hashing.of(component.front()));
    (is_known ? update.carried : update.computed) += component.size();
    if (is_known) {
      for (const std::uint32_t node : component) answers_[node] = known_.at(hashing.of(node));
    } else {
      sweep.solve(component);
    }
    for (const std::uint32_t node : component) now.emplace(hashing.of(node), answers_[node]);
  }
  update.complete = !families_->is_exhausted();
  known_ = update.complete ? std::move(now) : std::map<Hash, SetFamilies::Id>{};
  return update;
}

std::vector<std::uint64_t> CarriedCuts::counts(NodeId node) const {
  return counts_by_size(*families_, meanings_, answers_[index(node)], order_);
}

std::vector<std::vector<NodeId>> CarriedCuts::sets(NodeId node, std::size_t limit) const {
  std::vector<std::vector<NodeId>> found;
  for (const std::vector<std::uint32_t>& levels :
       smallest_sets(*families_, meanings_, answers_[index(node)], {.order = order_, .limit = limit})) {
    std::vector<NodeId>& set = found.emplace_back();
    for (const std::uint32_t level : levels) set.push_back(node_at_[level]);
    std::sort(set.begin(), set.end());
  }
  return found;
}

}  // namespace mainstay
