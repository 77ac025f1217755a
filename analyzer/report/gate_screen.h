// The answer of `mainstay gate`: a screen and a JSON document.
#pragma once

#include <string>

#include "analyzer/gate/verdict.h"
#include "render/terminal.h"

namespace mainstay {

/// Shape: what the change does to sign-in; endpoints whose single faults differ; new, worse, moved, accepted and fixed findings; what was
///        not evaluated; the safe order; the verdict in the last line.
std::string gate_screen(const GateReport& report, const TerminalStyle& style);

/// One JSON document as gate_schema() says.
std::string gate_json(const GateReport& report);
std::string gate_schema();

}  // namespace mainstay
