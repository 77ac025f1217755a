// Large requirement graphs for measuring: the same seed and size give the same graph.
#pragma once

#include <cstdint>

#include "graph/model/requirement_graph.h"

namespace mainstay::bench {

/// Sites of workloads, stub resolvers, resolvers and upstreams over shared zones, name servers, providers and top-level domains; now and
/// then a name server whose address needs another zone (a cycle of zones) or a resolver that needs an endpoint (a bootstrap cycle).
/// Shape: about `nodes` nodes, 1.6 members a node.
RequirementGraph dns_estate(std::uint32_t nodes, std::uint32_t seed);

/// Every node needs the next one and is a component: the sets are as large as they can be.
RequirementGraph chain(std::uint32_t nodes);

/// Like the chain, but every second stage is a pair of alternatives.
RequirementGraph ladder(std::uint32_t nodes);

/// Hosts over edge, aggregation and core switches: each needs one of the next layer up. Shape: the smallest with that many nodes.
RequirementGraph fat_tree(std::uint32_t nodes);

/// One ring of forwarders, each of which may ask either neighbour; one has a source.
RequirementGraph ring(std::uint32_t nodes);

/// Each node needs all or any of three random later ones; half of the nodes are components.
RequirementGraph random_layers(std::uint32_t nodes, std::uint32_t seed);

}  // namespace mainstay::bench
