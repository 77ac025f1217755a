// TXT lookups as lines of a test: the corpus of handlers is told the same way in every language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/txt_lookup.h"

namespace mainstay::script {

/// "handler NAME constant: expected allows, other denies, ...; limit": a line for each lookup.
std::string lookups_told(const std::vector<Statement>& file, const Dialect& dialect);
/// The same for a text of C or C++.
std::string c_lookups_told(std::string_view source);

/// One text of C or C++, and what is told of it.
struct LookupsRow {
  const char* title;
  const char* source;
  const char* expected;
};
/// A section of its own.
void check_c_lookups(const LookupsRow& row);

}  // namespace mainstay::script
