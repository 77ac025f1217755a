// Strongly connected components of a requirement graph, members before those who need them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzer/faults/gate_index.h"

namespace mainstay {

/// Shape: `nodes` lists the nodes component by component; what a component needs outside itself stands before it.
///        Component c is nodes[begin[c]] up to, not including, nodes[begin[c + 1]].
struct StrongComponents {
  std::vector<std::uint32_t> nodes;
  std::vector<std::uint32_t> begin;

  std::size_t count() const { return begin.size() - 1; }
  std::span<const std::uint32_t> at(std::size_t component) const {
    return std::span(nodes).subspan(begin[component], begin[component + 1] - begin[component]);
  }
};

/// Of the graph of the nodes with `kept[node]` and the members among them; the other nodes are in no component.
/// Cost:   linear; no recursion, so that a deep graph cannot exhaust the stack.
/// Source: R. Tarjan, Depth-first search and linear graph algorithms, 1972.
StrongComponents strong_components(const GateIndex& gates, const std::vector<bool>& kept);

}  // namespace mainstay
