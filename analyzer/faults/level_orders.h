// Level orders: in which order the elements of a decision diagram may stand.
//
// The same function may take a thousand nodes in one order and a million in another, and no rule that is known finds a good one each time.
// So there are several rules, each cheap, and whoever makes a diagram tries them in turn.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "analyzer/faults/gate_index.h"
#include "analyzer/faults/strong_components.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// How components of a graph come from the goals down.
enum class LevelOrder : std::uint8_t {
  as_solved,      // those who need before what is needed, as strong_components lists them
  as_written,     // depth first, members as they are listed
  largest_first,  // depth first, members that need most first
  shared_first,   // depth first, members that most others need first
  by_distance,    // breadth first
  by_weight       // each goal shares a weight of 1 evenly among its members, and so on down; the heaviest first
};
/// All but the first: those that suit functions; what has done best on published fault trees comes first.
inline constexpr std::array<LevelOrder, 5> kFunctionOrders{LevelOrder::largest_first, LevelOrder::shared_first, LevelOrder::by_distance,
                                                           LevelOrder::by_weight, LevelOrder::as_written};

/// Shape:  components that the goals reach, each once, from the top level to the lowest one.
/// Cost:   linear, and sorting.
/// Source: M. Fujita et al., Evaluation and improvements of Boolean comparison method based on binary decision diagrams, 1988;
///         S. Minato et al., Shared binary decision diagram with attributed edges, 1990 (weights).
std::vector<std::uint32_t> level_order(const GateIndex& gates, const StrongComponents& components, std::span<const NodeId> goals,
                                       LevelOrder order);

}  // namespace mainstay
