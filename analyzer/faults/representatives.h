// Representatives: single faults that are one and the same trouble are told once.
//
// Let L(c) be the goals that component c takes down alone (SingleFaults::losses). Components with empty L are left out.
//   - Inherent nodes are grouped by L and listed; they are never representatives and join nothing.
//   - Two other components a and b are *joined in series* when L(a) = L(b) and one's lone failure fails the other: a in S(b) or b in S(a).
//     A *blast* is a class of the transitive closure of that: all of its members have the same L.
//   - Its representative is, among the members that have an owner (a node with a declared reason), the one with the smallest S, then with
//     the lowest id. When no member has an owner it is chosen the same way among all of them, and `has_owner` is false.
//
// The smallest S is the most upstream node: "a in S(b)" is transitive (a proof of c that avoids everything that fails with a avoids b, so
// it holds without b too), hence a in S(b) implies S(a) within S(b), and equality only where both fail each other. So no other
// candidate's lone failure fails the representative, unless the representative's fails it too.
#pragma once

#include <span>
#include <vector>

#include "analyzer/faults/single_faults.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// One trouble: what to mend, what goes down with it or hides behind it, and the goals lost.
/// Shape: `same_blast` holds the other members, sorted; `lost` is sorted by position in the goals that were asked about.
struct Blast {
  NodeId representative{};
  bool has_owner = false;
  std::vector<NodeId> same_blast;
  std::vector<NodeId> lost;
};

/// Inherent nodes that take down the same goals. Shape: both as in Blast; `nodes` sorted and never empty.
struct InherentFaults {
  std::vector<NodeId> nodes;
  std::vector<NodeId> lost;
};

/// Shape: blasts in the order of their representatives, inherent faults in the order of their first nodes.
struct Representatives {
  std::vector<Blast> blasts;
  std::vector<InherentFaults> inherent;
};

/// Whether somebody can be asked to mend the node: it is declared in the scanned tree.
bool has_owner(const Node& node);

/// Cost: that of the losses, and the sets of the components that have any, with what they share looked at once for each L.
Representatives representatives(const RequirementGraph& graph, const SingleFaults& faults, std::span<const NodeId> goals);

}  // namespace mainstay
