// From an analysis to what a reader without the program needs to ask "what if" by itself.
#pragma once

#include "analyzer/analysis.h"
#include "graph/findings/fault_model.h"

namespace mainstay {

/// Cost: a what-if for each thing that can fail and that lookups rest on.
FaultModel make_fault_model(const Analysis& analysis);

}  // namespace mainstay
