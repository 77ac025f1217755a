#include "analyzer/faults/degraded.h"

#include <algorithm>
#include <deque>

#include "analyzer/faults/strong_components.h"

namespace mainstay {
namespace {

/// The least upper bound of P(at least `times` of the events) for exact probabilities.
double most_likely(std::vector<double> chances, std::size_t times) {
  if (times == 0) return 1;
  if (times > chances.size()) return 0;
  std::sort(chances.begin(), chances.end());
  double bound = 1;
  double sum = 0;
  // With the `left` largest taken as certain, the others must still give times - left.
  std::vector<double> sums{0};
  for (const double chance : chances) sums.push_back(sum += chance);
  for (std::size_t left = 0; left < times; ++left) {
    bound = std::min(bound, sums[chances.size() - left] / static_cast<double>(times - left));
  }
  return bound;
}

/// The means over the members that work when `dead` of `all` queries may be taken over by any of them.
Share random_choice(std::span<const Share> live, std::size_t all) {
  Share sum;
  Share best{1, 1};
  Share worst{0, 0};
  for (const Share& one : live) {
    sum = {sum.lo + one.lo, sum.hi + one.hi};
    best.lo = std::min(best.lo, one.lo);
    worst.hi = std::max(worst.hi, one.hi);
  }
  const auto dead = static_cast<double>(all - live.size());
  const auto count = static_cast<double>(all);
  return {(sum.lo + dead * best.lo) / count, (sum.hi + dead * worst.hi) / count};
}

class Shares {
 public:
  Shares(const RequirementGraph& graph, const GateIndex& gates, const std::vector<bool>& works)
      : graph_(graph), gates_(gates), works_(works), shares_(graph.size()), caused_(graph.size()) {}

  void spread(std::span<const Fault> faults);
  std::vector<Share> take() && { return std::move(shares_); }

 private:
  Share of_gate(std::uint32_t gate) const;
  Share of_node(std::uint32_t node) const;
  void settle(std::span<const std::uint32_t> component);

  const RequirementGraph& graph_;
  const GateIndex& gates_;
  const std::vector<bool>& works_;
  std::vector<Share> shares_;
  std::vector<Share> caused_;  // by a fault of the node itself
};

Share Shares::of_gate(std::uint32_t gate) const {
  const std::uint32_t owner = gates_.owner(gate);
  const std::uint32_t needed = gates_.needed(gate);
  const std::span<const std::uint32_t> members = gates_.members(gate);
  std::vector<Share> live;
  for (const std::uint32_t member : members) {
    if (works_[member]) live.push_back(shares_[member]);
  }
  if (needed == 0 || live.empty() || std::all_of(live.begin(), live.end(), [](const Share& one) { return one.is_none(); })) return {};
  const bool tries_on = graph_.node(NodeId(owner)).kind == NodeKind::workload;
  const bool one_answers = needed == 1 && members.size() > 1 && !tries_on;
  if (!one_answers) return at_least(live, live.size() - std::min<std::size_t>(needed, live.size()) + 1);
  switch (graph_.groups(NodeId(owner))[gate - gates_.first_gate(owner)].choice) {
    case Choice::ordered: return live.front();
    case Choice::random: return random_choice(live, members.size());
    case Choice::parallel: break;
  }
  Share either{1, 0};
  for (const Share& one : live) either = {std::min(either.lo, one.lo), std::max(either.hi, one.hi)};
  return either;
}

Share Shares::of_node(std::uint32_t node) const {
  std::vector<Share> all;
  if (!caused_[node].is_none()) all.push_back(caused_[node]);
  for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
    const Share one = of_gate(gate);
    if (!one.is_none()) all.push_back(one);
  }
  return all.empty() ? Share{} : at_least(all, 1);
}

void Shares::settle(std::span<const std::uint32_t> component) {
  constexpr unsigned kRounds = 64;
  for (unsigned round = 0; round < kRounds; ++round) {
    bool changed = false;
    for (const std::uint32_t node : component) {
      const Share now = of_node(node);
      changed = changed || !(now == shares_[node]);
      shares_[node] = now;
    }
    if (!changed) return;
    if (component.size() == 1 && round > 0) break;
  }
  for (const std::uint32_t node : component) {
    if (!shares_[node].is_none()) shares_[node].hi = 1;
  }
}

void Shares::spread(std::span<const Fault> faults) {
  std::vector<bool> reached(graph_.size());
  std::deque<std::uint32_t> open;
  for (const Fault& fault : faults) {
    const Share own = share_of(fault.mode);
    if (own.is_none() || !works_[index(fault.node)]) continue;
    caused_[index(fault.node)] = own;
    if (!reached[index(fault.node)]) open.push_back(index(fault.node));
    reached[index(fault.node)] = true;
  }
  while (!open.empty()) {
    const std::uint32_t node = open.front();
    open.pop_front();
    for (const std::uint32_t gate : gates_.gates_with(node)) {
      const std::uint32_t owner = gates_.owner(gate);
      if (reached[owner] || !works_[owner]) continue;
      reached[owner] = true;
      open.push_back(owner);
    }
  }
  const StrongComponents components = strong_components(gates_, reached);
  for (std::size_t at = 0; at < components.count(); ++at) settle(components.at(at));
}

}  // namespace

Share share_of(FaultMode mode) {
  if (!gives_wrong_answer(mode)) return {};
  return mode == FaultMode::stale ? Share{0, 1} : Share{1, 1};
}

Share at_least(std::span<const Share> events, std::size_t times) {
  std::vector<double> likely;
  std::vector<double> failing;
  for (const Share& one : events) {
    likely.push_back(one.hi);
    failing.push_back(1 - one.lo);
  }
  // At least `times` happen unless at least count - times + 1 do not.
  const double lo = times > events.size() ? 0 : 1 - most_likely(failing, events.size() - times + 1);
  return {std::max(0.0, lo), most_likely(likely, times)};
}

std::vector<Share> lost_shares(const RequirementGraph& graph, const GateIndex& gates, const std::vector<bool>& works,
                               std::span<const Fault> faults) {
  Shares shares(graph, gates, works);
  shares.spread(faults);
  return std::move(shares).take();
}

}  // namespace mainstay
