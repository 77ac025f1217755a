// CarriedCuts: minimal cut sets that are taken over from one graph to the next; only what depends on a change is computed again.
//
// The answer of a node is a function of what it needs, of nothing else. So each node gets a hash of all that: whether it can fail itself
// and under which name, and for each of its groups how many of the members are needed and their hashes. A strongly connected component is
// hashed as a whole, its nodes in the order of their names. Families of all graphs live in one store where an element stands for a
// component's kind and name, so a node whose hash is known has its answer already.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/faults/cut_sets.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

class CarriedCuts {
 public:
  /// The budget is that of each update. Modules are not used: what is one in one graph may be none in the next.
  explicit CarriedCuts(unsigned order, const CutBudget& budget = {});

  struct Update {
    std::size_t computed = 0;  // nodes whose equation was solved
    std::size_t carried = 0;   // nodes whose answer was known
    bool complete = true;      // false: the budget was used up, and there are no answers for this graph
  };
  /// Makes this graph the current one. Answers that no node of it has are forgotten; their diagrams stay in the store until the budget
  /// of memory is used up, and everything is computed anew after that.
  /// Cost: linear for hashes and fixed points; that of CutSets for the nodes that are computed.
  Update update(const RequirementGraph& graph);

  /// Of a node of the current graph. Shape: as in CutSets; sets are of nodes of that graph.
  std::vector<std::uint64_t> counts(NodeId node) const;
  std::vector<std::vector<NodeId>> sets(NodeId node, std::size_t limit) const;

 private:
  using Hash = std::array<std::uint64_t, 2>;
  using Name = std::pair<NodeKind, std::string>;
  class Hashing;
  class Equations;

  void start_anew();

  unsigned order_;
  CutBudget budget_;
  std::unique_ptr<SetFamilies> families_;
  LevelMeanings meanings_;  // `fault` is the level itself
  std::map<Name, std::uint32_t> levels_;
  std::map<Hash, SetFamilies::Id> known_;
  std::vector<SetFamilies::Id> answers_;  // of the nodes of the current graph
  std::vector<std::uint32_t> level_of_;   // of a node of the current graph
  std::vector<NodeId> node_at_;           // of a level, in the current graph
};

}  // namespace mainstay
