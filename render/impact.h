// Impact on a terminal and as JSON: the first line is the answer, every workload stands in exactly one list.
#pragma once

#include <string>

#include "graph/findings/impact.h"
#include "render/terminal.h"

namespace mainstay {

/// What of an impact is listed name by name.
struct ImpactLists {
  bool who = false;      // everybody, with reason and place
  bool unknown = false;  // those of whom nothing is known
};

/// The screen of `mainstay whatif`.
/// Shape: the answer in one line; what is faulty; who is hit, worst first (the first few of each standing unless all are asked for); what
///        would help; where to go next.
std::string terminal(const ImpactReport& report, const ImpactLists& lists, const TerminalStyle& style);

/// One JSON document as whatif_schema() says.
std::string json(const ImpactReport& report);
/// The JSON Schema (draft 2020-12) of it, made from the same tables.
std::string whatif_schema();

}  // namespace mainstay
