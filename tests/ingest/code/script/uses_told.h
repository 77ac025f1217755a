// Uses as lines of a test: the corpora of calls are told the same way in every language.
#pragma once

#include <string>

#include "tests/ingest/ingested.h"

namespace mainstay {

struct UsesRow {
  const char* title;
  const char* code;
  const char* uses;  // "ldap ldap.corp.example:636 ldap.createClient", one line each, sorted
};

std::string uses_told(const Ingested& got);
/// One section: reads the code as a file of that name.
void check_uses(const UsesRow& row, const Ingester& ingester, const char* name);

}  // namespace mainstay
