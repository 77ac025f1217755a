// From the Estate to the RequirementGraph: what every workload needs in order to authenticate.
#pragma once

#include <string>
#include <vector>

#include "graph/findings/report.h"
#include "graph/model/requirement_graph.h"
#include "graph/model/resolution.h"

namespace mainstay {

/// The graph and what could not be put into it.
struct Requirements {
  RequirementGraph graph;
  std::vector<Undecided> undecided;  // workloads without a known resolver, names without a known part, ...
};

/// The canonical names of nodes, for whoever looks one up.
/// A host as it is shown and compared: lower case, without its final dot, unknown parts as ${name}.
std::string host_name_of(const Text& host);
std::string use_name_of(const Use& use);
/// The apex, with the view behind it when there is one.
std::string zone_name_of(const Zone& zone);

/// Expands only what some workload needs: every use becomes a lookup by the workload's stub, every lookup questions to servers, every
/// question forwards, iteration or own data, down to name servers, providers and failure domains. Each name is expanded once a server.
/// Shape: names of nodes are canonical: "login.example.com@server:10.9.1.53" for a question, "workload -> role host" for a use.
/// Cost:  linear in the number of (name, server) pairs that are reached; no recursion, so no input can exhaust the stack.
Requirements build_requirements(Resolution& resolution);

}  // namespace mainstay
