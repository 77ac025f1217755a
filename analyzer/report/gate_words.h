// The words of a gate that its screen and its pages share.
#pragma once

#include <string>
#include <vector>

#include "analyzer/gate/verdict.h"

namespace mainstay {

/// One line for each identity endpoint that stands otherwise, and for each workload that cannot start any more.
std::vector<std::string> endpoint_lines(const GateReport& report);
/// "FAIL  1 workload locked out; 2 new or worse at or above high".
std::string verdict_line(const GateReport& report);

}  // namespace mainstay
