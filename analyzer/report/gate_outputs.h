// A gate in the forms that a scan is written in.
#pragma once

#include <string>

#include "analyzer/analysis.h"
#include "analyzer/gate/verdict.h"
#include "graph/findings/report.h"
#include "render/report_output.h"

namespace mainstay {

/// The report of a gate: what the gate counts at any severity (new and worse findings, or all with "any:") and locked-out workloads as
/// findings of the rule "locked-out"; what the change accepts as suppressed; what was not evaluated as files that could not be read.
Report gate_findings(const GateReport& gate, const Report& head, const Analysis& analysis);

/// What pages say of a gate besides findings: the verdict, what changes for sign-in, the safe order, what is fixed.
OutputContext gate_context(const GateReport& gate);

}  // namespace mainstay
