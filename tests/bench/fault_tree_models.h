// Fault trees made from a seed, in the Open-PSA format: models for measuring and for comparing with other programs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/values/result.h"

namespace mainstay::bench {

/// Shapes: "mixed" (random and, or and atleast gates that share what is below), "layers" (long random layers of and and or),
///         "ladder" (pairs of alternatives in series), "fat-tree" (hosts over three layers of switches), "estate" (some workloads of a DNS
///         estate, without the edges that close a cycle).
/// Errors: another shape. Units: `size` is about the number of basic events, except for "estate" and "fat-tree", where it is that of nodes.
Result<std::string> fault_tree_model(std::string_view shape, std::uint32_t size, std::uint32_t seed);

}  // namespace mainstay::bench
