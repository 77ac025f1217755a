// What a script asks: Use facts from the calls and members that take names.
#pragma once

#include <vector>

#include "ingest/code/script/known_script_calls.h"
#include "ingest/code/script/script.h"
#include "ingest/code/script/script_texts.h"
#include "ingest/source/unit.h"

namespace mainstay::script {

/// Adds the workload and its uses when the file asks an identity endpoint, and
/// one note with the number of names that are something else or unknown.
void add_uses(Unit& unit, const std::vector<Statement>& file, Language language, Elsewhere elsewhere);

}  // namespace mainstay::script
