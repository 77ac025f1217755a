// What-if: who cannot authenticate when certain things are down.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"

namespace mainstay {

/// What one workload is left with.
struct Outcome {
  NodeId goal{};
  std::vector<NodeId> lost_uses;  // the uses that do not work any more; empty unless the goal is lost
};

/// Every goal is in exactly one of the lists.
struct Impact {
  std::vector<Outcome> lost;        // cannot authenticate now
  std::vector<NodeId> other_way;    // reach what is down, but can do without it
  std::vector<NodeId> unaffected;   // never come near it
  std::vector<NodeId> unknown;      // nothing says which resolver they use, and what is known of them goes on
  std::vector<NodeId> lost_anyway;  // cannot work even when nothing is down
};

/// The nodes that a person may mean: by name, label, address, "kind name" or "kind:name", exactly; when nothing fits so, by part of the
/// name. All exact matches are meant together (an address may be a resolver and a name server); several partial ones are a choice.
struct NodesMeant {
  std::vector<NodeId> nodes;
  bool exact = false;
};
NodesMeant nodes_meant(const Analysis& analysis, std::string_view text);

/// Cost: linear in what the failed nodes can reach.
Impact what_if(const Analysis& analysis, const std::vector<NodeId>& down);

}  // namespace mainstay
