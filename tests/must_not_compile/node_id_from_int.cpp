// A position in the graph does not come from arithmetic on plain numbers.
// error: cannot initialize|cannot convert
#include "graph/model/requirement_graph.h"

mainstay::NodeId first() {
#ifdef MAINSTAY_WRONG
  const mainstay::NodeId id = 0;
  return id;
#else
  return mainstay::NodeId{0};
#endif
}
