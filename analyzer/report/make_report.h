// From an analysis to the Report that every output is made of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/analysis.h"
#include "graph/findings/report.h"

namespace mainstay {

/// Runs every rule and fills in endpoints, workloads, resolvers, zones, findings and what could not be decided.
/// What the input says of itself (roots, sources, diagnostics, logs) is the caller's.
void fill_report(const Analysis& analysis, Report& report);

/// The findings of all rules, worst first, then by number of affected workloads, then by rule and id.
std::vector<Finding> run_rules(const Analysis& analysis, std::vector<Undecided>& undecided);

/// The order that reports list findings in.
void sort_worst_first(std::vector<Finding>& findings);

}  // namespace mainstay
