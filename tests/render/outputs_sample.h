// What outputs for other programs are tried on: a report with rules, owners and suppressions, and the flows and marks beside it.
#pragma once

#include "render/report_output.h"

namespace mainstay {

Report reported_sample();
OutputContext sample_context();

/// A report with that text in every place where input can stand; ids and numbers are ours.
Report planted_report(const std::string& text);
/// The same for what stands beside a report.
OutputContext planted_context(const std::string& text);

}  // namespace mainstay
