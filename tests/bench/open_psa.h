// Fault trees of the Open-PSA model exchange format, as requirement graphs: an event fails, a gate fails when enough of its inputs do.
#pragma once

#include <string>
#include <string_view>

#include "graph/model/requirement_graph.h"
#include "graph/values/result.h"

namespace mainstay::bench {

/// Shape:  the only gate that no other one needs is the node of kind workload; basic events are components, the rest is derived.
///         Known are and, or, atleast, nested formulas, gates, basic events, house events and constants; names are taken as they are
///         written.
/// Errors: what is not monotone (not, xor, ...) is refused by name; so are an unknown word, a gate that is not defined, defined twice or
///         needs itself, no top gate or several, more than 200 levels, and any document type declaration (nobody needs entities here).
/// Source: Open-PSA Model Exchange Format 2.0, section "Fault Tree Layer".
Result<RequirementGraph> read_open_psa(std::string_view bytes);

}  // namespace mainstay::bench
