// What the rules about zones share: the name servers that a zone has in the graph, and where those can be reached.
#pragma once

#include <vector>

#include "graph/model/requirement_graph.h"

namespace mainstay {

/// The name servers of a zone, also those whose address must be looked up first; the reason of each is the record that names it.
std::vector<Member> name_servers_of(const RequirementGraph& graph, NodeId zone);

/// The members of one kind that a node needs itself, in any of its groups.
std::vector<NodeId> needed_of_kind(const RequirementGraph& graph, NodeId node, NodeKind kind);

}  // namespace mainstay
