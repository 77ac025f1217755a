// Relief: what can be done at once, each thing tried out by the same engine that said what is wrong.
#pragma once

#include <vector>

#include "analyzer/faults/what_if.h"
#include "graph/findings/impact.h"

namespace mainstay {

/// Candidates are: stopping a sick process whose host stays up; moving the addresses of servers in trouble to one that works; putting that
/// one into the lists of stub resolvers; shorter timeouts; longer deadlines. A server is a candidate for the names that somebody asks it
/// for already, so that what it would answer is known. Shape: those that help somebody, by what they restore, most first, then by the
/// number of edits; at most six.
/// Cost: one question for each candidate, about eight, of those goals only that are harmed.
std::vector<Relief> reliefs(WhatIf& what_if, const Scenario& scenario, const Impact& impact);

}  // namespace mainstay
