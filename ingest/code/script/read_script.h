// One source file of a language that has a parser to Script: from text to
// facts.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "ingest/code/script/dialect.h"
#include "ingest/code/script/known_script_calls.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/script_tokens.h"

namespace mainstay::script {

using Problems = std::function<void(const ScriptProblem&)>;

/// What reading a language takes.
struct FrontEnd {
  Language language;
  const Dialect* dialect;
  std::vector<Statement> (*parse)(std::string_view text, SourceId id, const Problems& problem);
};

/// A parser of tokens as one of text.
template <ScriptLexicon kLexicon, std::vector<Statement> (*kParse)(const std::vector<ScriptToken>&)>
std::vector<Statement> parsed(std::string_view text, SourceId id, const Problems& problem) {
  return kParse(script_tokens(text, kLexicon, id, problem));
}

/// Adds what the unit's file asks and how it decides. Code of tests, examples
/// and others, code that a tool has made small, and texts above kMaxScriptText
/// are not read; one note or warning says so when there may be something in
/// them.
void read_script(Unit& unit, const FrontEnd& front_end);

}  // namespace mainstay::script
