// GateIndex: a RequirementGraph as flat arrays of numbers, with the way back from a node to the groups that count on it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "graph/model/requirement_graph.h"

namespace mainstay {

/// Gates that have other members than their groups, by number of the gate: how an estate would be after an edit of a list of servers.
using OtherMembers = std::map<std::uint32_t, std::vector<std::uint32_t>>;

/// Gates are the groups of all nodes in the order of their nodes; a gate is open when at least `needed` of its members work.
/// Cost:  built in linear time; 8 octets a member, 16 a gate, 8 a node.
class GateIndex {
 public:
  explicit GateIndex(const RequirementGraph& graph, const OtherMembers& edits = {});

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(gate_begin_.size() - 1); }
  std::uint32_t gate_count() const { return static_cast<std::uint32_t>(owner_.size()); }
  /// The gates of a node are the half-open range [first_gate(node), first_gate(node + 1)).
  std::uint32_t first_gate(std::uint32_t node) const { return gate_begin_[node]; }
  std::uint32_t owner(std::uint32_t gate) const { return owner_[gate]; }
  std::uint32_t needed(std::uint32_t gate) const { return needed_[gate]; }
  std::span<const std::uint32_t> members(std::uint32_t gate) const { return slice(members_, member_begin_, gate, gate + 1); }
  /// Members of all gates of a node, gate by gate.
  std::span<const std::uint32_t> members_of_node(std::uint32_t node) const {
    return slice(members_, member_begin_, gate_begin_[node], gate_begin_[node + 1]);
  }
  /// The gates that a node is a member of, ascending.
  std::span<const std::uint32_t> gates_with(std::uint32_t node) const { return slice(gates_with_, gates_with_begin_, node, node + 1); }

 private:
  using Numbers = std::vector<std::uint32_t>;
  static std::span<const std::uint32_t> slice(const Numbers& values, const Numbers& begin, std::uint32_t first, std::uint32_t last) {
    return std::span(values).subspan(begin[first], begin[last] - begin[first]);
  }

  Numbers gate_begin_;
  Numbers owner_;
  Numbers needed_;
  Numbers member_begin_;
  Numbers members_;
  Numbers gates_with_begin_;
  Numbers gates_with_;
};

}  // namespace mainstay
