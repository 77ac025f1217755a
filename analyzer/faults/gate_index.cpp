#include "analyzer/faults/gate_index.h"

#include <numeric>

namespace mainstay {

GateIndex::GateIndex(const RequirementGraph& graph, const OtherMembers& edits) {
  const auto nodes = static_cast<std::uint32_t>(graph.size());
  gate_begin_.reserve(nodes + 1);
  member_begin_.push_back(0);
  members_.reserve(graph.member_count());
  gates_with_begin_.assign(nodes + 1, 0);
  auto edit = edits.begin();  // both go by ascending numbers of gates
  for (std::uint32_t node = 0; node < nodes; ++node) {
    gate_begin_.push_back(gate_count());
    for (const Group& group : graph.groups(NodeId(node))) {
      const auto begin = members_.size();
      if (edit != edits.end() && edit->first == gate_count()) {
        members_.insert(members_.end(), edit->second.begin(), edit->second.end());
        ++edit;
      } else {
        for (const Member& member : graph.members(group)) members_.push_back(index(member.node));
      }
      owner_.push_back(node);
      needed_.push_back(group.needed);
      for (std::size_t at = begin; at < members_.size(); ++at) ++gates_with_begin_[members_[at] + 1];
      member_begin_.push_back(static_cast<std::uint32_t>(members_.size()));
    }
  }
  gate_begin_.push_back(gate_count());

  std::partial_sum(gates_with_begin_.begin(), gates_with_begin_.end(), gates_with_begin_.begin());
  gates_with_.resize(members_.size());
  Numbers next(gates_with_begin_.begin(), gates_with_begin_.end() - 1);
  for (std::uint32_t gate = 0; gate < gate_count(); ++gate) {
    for (const std::uint32_t member : members(gate)) gates_with_[next[member]++] = gate;
  }
}

}  // namespace mainstay
