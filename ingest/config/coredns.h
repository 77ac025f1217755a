// Corefiles: CoreDNS on a machine, and CoreDNS in a cluster, whose Corefile stands in a ConfigMap.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/braces.h"

namespace mainstay {

/// Where the server of a Corefile runs, and what its words mean there.
struct CorefileContext {
  std::string server;       // id of the Server fact for port 53; other ports have it with ":<port>" behind
  std::string scope;        // id of the scope it runs in
  std::string workload;     // id of the workload that it is; empty when it is none
  std::string resolv_conf;  // id of the scope whose stub "/etc/resolv.conf" is
  std::string cluster_dns;  // id of the cluster's server, for the placeholders of NodeLocal DNSCache; empty outside a cluster
  /// The texts that `import <pattern>` brings in; asked only for what is no snippet.
  std::function<std::vector<BraceInput>(std::string_view pattern, Location where)> import;
};

/// Reads a Corefile: adds its Zone and Record facts to the unit and gives its Server facts, one for each port, to be completed by the
/// caller (addresses of a Service, replicas) and added.
/// Errors: unknown plugins are noted once each; upstreams that are placeholders are noted and left out.
/// Source: the README of each plugin in coredns/coredns; corefile(5).
std::vector<Server> read_corefile(Unit& unit, const BraceInput& input, const CorefileContext& context);

}  // namespace mainstay
