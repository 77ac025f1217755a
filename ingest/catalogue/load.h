// Loading the catalogue: the data files that ship inside the program, and those that a user adds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/model/catalogue.h"
#include "graph/values/diagnostic.h"

namespace mainstay {

/// The catalogue that ships with the program: the files of ingest/catalogue/data/, compiled in, read at start.
Catalogue shipped_catalogue();

/// Adds what ships with the program behind the rows that are there, which win.
void load_shipped(Catalogue& catalogue);

/// Adds the rows of one user file, in the form of the shipped files, so that they win over rows that are added later.
/// Errors: diagnostics with file and line; the good rows are used.
void load_catalogue(std::string_view file, std::string_view bytes, Catalogue& catalogue, std::vector<Diagnostic>& problems);

}  // namespace mainstay
