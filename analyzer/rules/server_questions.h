// What the rules about servers share: which names each described server is asked for on the way of some workload.
#pragma once

#include <map>
#include <vector>

#include "analyzer/analysis.h"

namespace mainstay {

/// A name that a server is asked for, and the node that stands for it.
struct ServerQuestion {
  DomainName name;
  NodeId node{};
};

struct ById {
  bool operator()(const Server* a, const Server* b) const { return a->id < b->id; }
};

/// Shape: servers by id; names whose parts are not all known are left out.
std::map<const Server*, std::vector<ServerQuestion>, ById> questions_by_server(const Analysis& analysis);

}  // namespace mainstay
