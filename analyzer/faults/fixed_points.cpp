#include "analyzer/faults/fixed_points.h"

#include <algorithm>
#include <utility>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

std::vector<bool> flags_of(std::uint32_t count, std::span<const NodeId> failed) {
  std::vector<bool> flags(count, false);
  for (const NodeId node : failed) flags[index(node)] = true;
  return flags;
}

/// The nodes of cold(failed) in an order in which each rests on earlier ones only.
std::vector<std::uint32_t> start_order(const GateIndex& gates, std::span<const NodeId> failed) {
  const std::vector<bool> has_failed = flags_of(gates.node_count(), failed);
  std::vector<std::uint32_t> missing(gates.gate_count());  // members still to come, per gate
  std::vector<std::uint32_t> closed(gates.node_count(), 0);
  std::vector<std::uint32_t> order;
  order.reserve(gates.node_count());
  for (std::uint32_t gate = 0; gate < gates.gate_count(); ++gate) {
    missing[gate] = gates.needed(gate);
    if (missing[gate] > 0) ++closed[gates.owner(gate)];
  }
  for (std::uint32_t node = 0; node < gates.node_count(); ++node) {
    if (closed[node] == 0 && !has_failed[node]) order.push_back(node);
  }
  for (std::size_t done = 0; done < order.size(); ++done) {
    for (const std::uint32_t gate : gates.gates_with(order[done])) {
      if (missing[gate] == 0 || --missing[gate] > 0) continue;
      const std::uint32_t owner = gates.owner(gate);
      if (--closed[owner] == 0 && !has_failed[owner]) order.push_back(owner);
    }
  }
  return order;
}

}  // namespace

FixedPoints::FixedPoints(GateIndex gates)
    : gates_(std::move(gates)),
      states_(gates_.node_count(), FaultState::never),
      ranks_(gates_.node_count(), kNoRank),
      support_(gates_.gate_count(), 0),
      marks_(gates_.node_count(), Mark::trusted),
      lost_support_(gates_.gate_count(), 0),
      alive_(gates_.gate_count(), 0),
      closed_(gates_.node_count(), 0) {
  const std::vector<bool> goes_on = warm();
  for (std::size_t node = 0; node < goes_on.size(); ++node) {
    if (goes_on[node]) states_[node] = FaultState::warm_only;
  }
  std::uint32_t rank = 0;
  for (const std::uint32_t node : start_order(gates_, {})) {
    states_[node] = FaultState::cold_and_warm;
    ranks_[node] = rank++;
  }
  for (std::uint32_t gate = 0; gate < gates_.gate_count(); ++gate) {
    const std::uint32_t owner = gates_.owner(gate);
    for (const std::uint32_t member : gates_.members(gate)) {
      const bool counts =
          states_[owner] == FaultState::cold_and_warm ? ranks_[member] < ranks_[owner] : states_[member] != FaultState::never;
      if (counts) ++support_[gate];
    }
  }
}

std::vector<bool> FixedPoints::cold(std::span<const NodeId> failed) const {
  std::vector<bool> works(gates_.node_count(), false);
  for (const std::uint32_t node : start_order(gates_, failed)) works[node] = true;
  return works;
}

std::vector<bool> FixedPoints::warm(std::span<const NodeId> failed) const {
  std::vector<bool> stopped = flags_of(gates_.node_count(), failed);
  std::vector<std::uint32_t> spare(gates_.gate_count());  // members that may still stop, per gate
  std::vector<std::uint32_t> work;
  for (const NodeId node : failed) work.push_back(index(node));
  std::sort(work.begin(), work.end());
  work.erase(std::unique(work.begin(), work.end()), work.end());
  const auto stop = [&](std::uint32_t node) {
    if (stopped[node]) return;
    stopped[node] = true;
    work.push_back(node);
  };
  for (std::uint32_t gate = 0; gate < gates_.gate_count(); ++gate) {
    const auto count = static_cast<std::uint32_t>(gates_.members(gate).size());
    if (count < gates_.needed(gate)) {
      stop(gates_.owner(gate));
    } else {
      spare[gate] = count - gates_.needed(gate);
    }
  }
  while (!work.empty()) {
    const std::uint32_t node = work.back();
    work.pop_back();
    for (const std::uint32_t gate : gates_.gates_with(node)) {
      if (spare[gate] == 0) {
        if (gates_.needed(gate) > 0) stop(gates_.owner(gate));
      } else {
        --spare[gate];
      }
    }
  }
  stopped.flip();
  return stopped;
}

std::vector<bool> FixedPoints::settled(std::span<const NodeId> failed) {
  std::vector<bool> works(gates_.node_count());
  for (std::uint32_t node = 0; node < gates_.node_count(); ++node) works[node] = states_[node] != FaultState::never;
  for (const NodeId node : what_if(failed)) works[index(node)] = false;
  return works;
}

// First every node is suspected whose proof by rank may be hit; the others keep that proof. Then the suspects are proved anew from the
// others and from each other, as the definition of settled says.
std::vector<NodeId> FixedPoints::what_if(std::span<const NodeId> failed) {
  for (const NodeId node : failed) {
    MAINSTAY_ASSERT(index(node) < gates_.node_count(), "a failed node is a node of this graph");
    if (states_[index(node)] == FaultState::never || marks_[index(node)] != Mark::trusted) continue;
    marks_[index(node)] = Mark::failed;
    suspects_.push_back(index(node));
  }
  spread_suspicion();
  count_alive();
  do {
    assume_warm_only();
  } while (prove_cold_true() && has_warm_only_suspects());

  std::vector<NodeId> lost;
  for (const std::uint32_t node : suspects_) {
    if (marks_[node] != Mark::alive) lost.push_back(NodeId(node));
  }
  std::sort(lost.begin(), lost.end());
  forget_suspects();
  return lost;
}

void FixedPoints::spread_suspicion() {
  for (std::size_t done = 0; done < suspects_.size(); ++done) {
    const std::uint32_t node = suspects_[done];
    for (const std::uint32_t gate : gates_.gates_with(node)) {
      const std::uint32_t owner = gates_.owner(gate);
      if (marks_[owner] != Mark::trusted || states_[owner] == FaultState::never) continue;
      if (states_[owner] == FaultState::cold_and_warm && ranks_[node] >= ranks_[owner]) continue;
      if (support_[gate] - ++lost_support_[gate] >= gates_.needed(gate)) continue;
      marks_[owner] = Mark::dead;
      suspects_.push_back(owner);
    }
  }
}

void FixedPoints::count_alive() {
  for (const std::uint32_t node : suspects_) {
    if (marks_[node] == Mark::failed) continue;
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      for (const std::uint32_t member : gates_.members(gate)) {
        if (marks_[member] == Mark::trusted && states_[member] != FaultState::never) ++alive_[gate];
      }
      if (alive_[gate] < gates_.needed(gate)) ++closed_[node];
    }
  }
}

bool FixedPoints::has_warm_only_suspects() const {
  return std::any_of(suspects_.begin(), suspects_.end(),
                     [&](std::uint32_t node) { return states_[node] == FaultState::warm_only && marks_[node] != Mark::failed; });
}

void FixedPoints::revive(std::uint32_t node) {
  marks_[node] = Mark::alive;
  for (const std::uint32_t gate : gates_.gates_with(node)) {
    const std::uint32_t owner = gates_.owner(gate);
    if (is_undecided(owner) && ++alive_[gate] == gates_.needed(gate)) --closed_[owner];
  }
}

// The greatest set of warm-only suspects that rest on each other, on trusted nodes and on what is proved so far.
void FixedPoints::assume_warm_only() {
  for (const std::uint32_t node : suspects_) {
    if (states_[node] == FaultState::warm_only && marks_[node] == Mark::dead) revive(node);
  }
  const auto must_stop = [&](std::uint32_t node) {
    return states_[node] == FaultState::warm_only && marks_[node] == Mark::alive && closed_[node] > 0;
  };
  for (const std::uint32_t node : suspects_) {
    if (must_stop(node)) work_.push_back(node);
  }
  while (!work_.empty()) {
    const std::uint32_t node = work_.back();
    work_.pop_back();
    if (marks_[node] == Mark::dead) continue;
    marks_[node] = Mark::dead;
    for (const std::uint32_t gate : gates_.gates_with(node)) {
      const std::uint32_t owner = gates_.owner(gate);
      if (!is_undecided(owner) || alive_[gate]-- != gates_.needed(gate)) continue;
      ++closed_[owner];
      if (must_stop(owner)) work_.push_back(owner);
    }
  }
}

// The least set of cold-true suspects, with the warm-only ones as they stand; tells whether it grew.
bool FixedPoints::prove_cold_true() {
  const auto can_start = [&](std::uint32_t node) {
    return states_[node] == FaultState::cold_and_warm && marks_[node] == Mark::dead && closed_[node] == 0;
  };
  for (const std::uint32_t node : suspects_) {
    if (can_start(node)) work_.push_back(node);
  }
  const bool grows = !work_.empty();
  while (!work_.empty()) {
    const std::uint32_t node = work_.back();
    work_.pop_back();
    if (marks_[node] == Mark::alive) continue;
    revive(node);
    for (const std::uint32_t gate : gates_.gates_with(node)) {
      if (can_start(gates_.owner(gate))) work_.push_back(gates_.owner(gate));
    }
  }
  return grows;
}

void FixedPoints::forget_suspects() {
  for (const std::uint32_t node : suspects_) {
    marks_[node] = Mark::trusted;
    closed_[node] = 0;
    for (const std::uint32_t gate : gates_.gates_with(node)) lost_support_[gate] = 0;
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) alive_[gate] = 0;
  }
  suspects_.clear();
}

}  // namespace mainstay
