// TXT lookups of a file as facts.
#pragma once

#include <vector>

#include "ingest/code/script/dialect.h"
#include "ingest/code/script/script.h"
#include "ingest/source/unit.h"

namespace mainstay::script {

/// Adds an identity record for each TXT lookup of the file: who is asked about,
/// and what is decided by each end.
void add_lookups(Unit& unit, const std::vector<Statement>& file, const Dialect& dialect);

}  // namespace mainstay::script
