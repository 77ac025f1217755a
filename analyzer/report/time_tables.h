// TimeTables: what client libraries and forwarding programs make of their servers' states, asked beforehand and written down.
#pragma once

#include "analyzer/analysis.h"
#include "graph/findings/fault_model.h"

namespace mainstay {

/// Fills in the lookups, states, answers, clients and forwarders of a model; its questions must be there already.
/// Shape: every list of at most three servers that answer or do not, in every combination; and whatever a single fault of any kind brings
///        about, as far as that takes reasonable time (kMostVisits lookups looked at).
void add_time_tables(const Analysis& analysis, FaultModel& model);

}  // namespace mainstay
