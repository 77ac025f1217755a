// The languages that have a parser to Script, by the names of their files.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "ingest/code/script/dialect.h"
#include "ingest/code/script/known_script_calls.h"
#include "ingest/syntax/script_tokens.h"

namespace mainstay::script {

using Problems = std::function<void(const ScriptProblem&)>;

/// What reading a language takes.
struct FrontEnd {
  std::string_view ending;  // of the names of files
  Language language;
  const Dialect& (*dialect)();
  std::vector<Statement> (*parse)(std::string_view text, SourceId id, const Problems& problem);
};

/// Null for files of other languages, and for those that only declare types.
const FrontEnd* front_end_of(std::string_view name);

}  // namespace mainstay::script
