// TXT lookups as lines of a test: the corpus of handlers is told the same way in every language.
#pragma once

#include <string>
#include <vector>

#include "ingest/code/script/txt_lookup.h"

namespace mainstay::script {

/// "handler NAME constant: expected allows, other denies, ...; limit": a line for each lookup.
std::string lookups_told(const std::vector<Statement>& file, const Dialect& dialect);

}  // namespace mainstay::script
