// Degraded: besides up and down, the share of queries that end in a wrong answer, which nobody takes to another server.
//
// Every node that works has a share [lo, hi] of the queries through it that are lost. A faulty node loses all of them (stale: some, nobody
// knows how many). Through the gates, where a and b are the ends of the members' shares and d of the n members do not work at all:
//
//   all                    max a .. min(1, sum b)
//   any, ordered           the share of the first member that works: it answers, and its answer is final
//   any, random            the mean over the members that work; with d dead ones each may stand in for them, so between the means that are
//                          kindest and harshest when d of n queries go to any one member
//   any, parallel          min a .. max b: whichever answers first
//   k of n, and alternatives of a workload, which are tried until one works:
//                          the sharp bounds of "at least m of these events happen" (Rueger 1978)
//
// Independence is not assumed anywhere: the bounds hold whatever the members share (Frechet). So they may be wide, and a fault that reaches
// a node twice may be counted twice in `hi`, never in `lo`. On cycles the least solution is meant: a loss needs a cause; where `hi` has not
// settled after some rounds it is taken as 1.
#pragma once

#include <span>
#include <vector>

#include "analyzer/faults/fault_modes.h"
#include "analyzer/faults/gate_index.h"

namespace mainstay {

/// The part of queries that is lost. Units: 0 to 1.
struct Share {
  double lo = 0;
  double hi = 0;
  bool is_none() const { return hi == 0; }
  bool is_all() const { return lo >= 1; }
  friend bool operator==(const Share&, const Share&) = default;
};

/// The share that a fault of that mode loses at the faulty node itself.
Share share_of(FaultMode mode);

/// Bounds of the probability that at least `times` of events with these bounds happen, whatever their dependence.
/// Shape:  `times` of 0 is certain; more than there are events is impossible.
/// Source: L. Rueger, Scharfe untere und obere Schranken fuer die Wahrscheinlichkeit der Realisation von k unter n Ereignissen, 1978.
Share at_least(std::span<const Share> events, std::size_t times);

/// For every node the share of queries that is lost to the faults which give wrong answers; nothing for nodes that do not work.
/// `works` is one flag a node (FixedPoints::settled) and already speaks of the faults that give no answer.
/// Cost: linear in the graph, times a few rounds where the faults stand on cycles.
std::vector<Share> lost_shares(const RequirementGraph& graph, const GateIndex& gates, const std::vector<bool>& works,
                               std::span<const Fault> faults);

}  // namespace mainstay
