// One source file of a language that has a parser to Script: from text to
// facts.
#pragma once

#include <vector>

#include "ingest/code/script/dialect.h"
#include "ingest/code/script/known_script_calls.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/script_tokens.h"

namespace mainstay::script {

/// What reading a language takes.
struct FrontEnd {
  Language language;
  ScriptLexicon lexicon;
  const Dialect* dialect;
  std::vector<Statement> (*parse)(const std::vector<ScriptToken>& tokens);
};

/// Adds what the unit's file asks and how it decides. Code of tests, examples
/// and others, code that a tool has made small, and texts above kMaxScriptText
/// are not read; one note or warning says so when there may be something in
/// them.
void read_script(Unit& unit, const FrontEnd& front_end);

}  // namespace mainstay::script
