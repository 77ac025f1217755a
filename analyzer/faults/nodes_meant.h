// What a person means by a name at three in the morning: an address, a host, a provider, a zone of availability, a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"

namespace mainstay {

/// The nodes that a text may mean.
struct NodesMeant {
  std::vector<NodeId> nodes;
  bool exact = false;
};

/// By name, label, address, "kind name" or "kind:name" ("zone:example.com", "az:euc1-az1", "host:dns-a"), or a file of the tree, which
/// means every component declared in it; when nothing is called exactly so, by part of the name, and then what a file lists that declares
/// none (the servers of a resolv.conf). All exact matches are meant together (an
/// address may be a resolver and a name server); several partial ones are a choice.
/// Shape: sorted; nothing that cannot fail by itself, such as a step of reasoning.
NodesMeant nodes_meant(const Analysis& analysis, std::string_view text);

}  // namespace mainstay
