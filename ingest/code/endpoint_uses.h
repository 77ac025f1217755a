// What a source file says its program asks: Use facts, and the count of what is not known.
#pragma once

#include "ingest/code/call_sites.h"
#include "ingest/source/unit.h"

namespace mainstay::code {

/// Adds the workload and its uses when the file asks an identity endpoint, and one note with the number of calls that ask something else
/// or something unknown.
void add_uses(Unit& unit, const CodeFile& file);

}  // namespace mainstay::code
