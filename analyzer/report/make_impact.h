// From the outcome of a what-if to the report that its outputs are made of.
#pragma once

#include "analyzer/faults/what_if.h"
#include "graph/findings/impact.h"

namespace mainstay {

/// One row for each goal, with reason and place; the faulty things; no reliefs yet.
ImpactReport make_impact(const Analysis& analysis, const Scenario& scenario, const Impact& impact);

}  // namespace mainstay
