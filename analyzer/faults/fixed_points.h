// FixedPoints: which nodes work when some have failed; cold, warm, and settled.
//
// With a set F of failed nodes, let step(X) be the nodes v that are not in F and of which every group has at least `needed` members in X.
// A node without groups works when it has not failed; a group that needs 0 is always satisfied, one that needs more than it has never.
//
//   cold(F)     the least fixed point of step: what comes up when nothing is running. Two resolvers that only forward to each other do not.
//   warm(F)     the greatest fixed point of step: what can go on when everything is running. The two resolvers do.
//   settled(F)  what goes on after the faults of F once every answer that merely goes round in circles has run out.
//
// Settled is what single faults and what-if mean by "works". Call a node *cold-true* when it is in cold({}), *warm-only* when it is in
// warm({}) and not in cold({}) (it is caught in, or stranded behind, a bootstrap cycle), and *never working* when it is not in warm({}).
// settled(F) is the nested fixed point
//
//   least C . greatest W . (C, W) = step(C + W), where C ranges over the cold-true nodes and W over the warm-only ones:
//
// a node works when there is a proof of it, possibly endless, of which every branch meets cold-true nodes only finitely often.
// So a cold-true node never rests on itself, whereas a bootstrap cycle, which no cold start could ever prove, is taken as running until
// a fault stops it. It follows that
//   - settled({}) = warm({}), and cold(F) <= settled(F) <= warm(F);
//   - where no node is warm-only, settled(F) = cold(F); where all working nodes are warm-only, settled(F) = warm(F);
//   - settled(F) is a fixed point of step, so "v fails because these of its members fail" is always true when it is said;
//   - settled shrinks as F grows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzer/faults/gate_index.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// How a node stands when nothing has failed.
enum class FaultState : std::uint8_t {
  cold_and_warm,  // comes up from nothing
  warm_only,      // works as long as it is never all stopped: a bootstrap cycle
  never           // cannot work, whatever happens
};

/// Answers for one graph, many sets of failed nodes; holds what all of them share. The graph must outlive it.
class FixedPoints {
 public:
  /// Cost: linear time; about 40 octets a node, 20 a gate and 8 a member.
  explicit FixedPoints(const RequirementGraph& graph) : FixedPoints(GateIndex(graph)) {}
  /// The same for gates that were edited.
  explicit FixedPoints(GateIndex gates);

  /// One flag a node.
  std::vector<bool> cold(std::span<const NodeId> failed = {}) const;
  std::vector<bool> warm(std::span<const NodeId> failed = {}) const;
  /// Cost: that of what_if, plus a flag a node.
  std::vector<bool> settled(std::span<const NodeId> failed = {});

  FaultState state(NodeId node) const { return states_[index(node)]; }
  /// Position in one order in which the cold-true nodes come up: each rests on earlier ones only. kNoRank for the others.
  std::uint32_t rank(NodeId node) const { return ranks_[index(node)]; }
  static constexpr std::uint32_t kNoRank = 0xffffffff;

  /// The nodes that work when nothing has failed and are not in settled(failed), sorted; the failed ones are among them.
  /// Cost: linear in what the faults can reach, not in the graph; where cold-true and warm-only nodes rest on each other, that much for
  /// each round of the nested fixed point.
  std::vector<NodeId> what_if(std::span<const NodeId> failed);

  const GateIndex& gates() const { return gates_; }

 private:
  // All but the trusted are suspects: the failed ones, and those that do not or do work as far as is known.
  enum class Mark : std::uint8_t { trusted, failed, dead, alive };

  void spread_suspicion();
  void count_alive();
  bool has_warm_only_suspects() const;
  bool is_undecided(std::uint32_t node) const { return marks_[node] == Mark::dead || marks_[node] == Mark::alive; }
  void revive(std::uint32_t node);
  void assume_warm_only();
  bool prove_cold_true();
  void forget_suspects();

  GateIndex gates_;
  std::vector<FaultState> states_;
  std::vector<std::uint32_t> ranks_;
  std::vector<std::uint32_t> support_;  // of a gate: members that its owner's proof may count on

  // For what_if, always left clean: trusted, and zero.
  std::vector<Mark> marks_;
  std::vector<std::uint32_t> lost_support_;  // of a gate
  std::vector<std::uint32_t> alive_;         // of a gate: members that work
  std::vector<std::uint32_t> closed_;        // of a node: gates that are not satisfied
  std::vector<std::uint32_t> suspects_;
  std::vector<std::uint32_t> work_;
};

}  // namespace mainstay
