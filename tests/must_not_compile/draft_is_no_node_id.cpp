// A position in the builder is none in the frozen graph.
// error: no viable conversion|cannot convert|no known conversion|cannot initialize a parameter
#include "graph/model/requirement_graph.h"

std::string name(const mainstay::RequirementGraph& graph, mainstay::RequirementGraphBuilder::Draft draft, mainstay::NodeId id) {
#ifdef MAINSTAY_WRONG
  return graph.node(draft).name;
#else
  static_cast<void>(draft);
  return graph.node(id).name;
#endif
}
