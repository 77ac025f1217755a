// One source file of a language that has a parser to Script: from text to
// facts.
#pragma once

#include <string>

#include "ingest/code/named_uses.h"
#include "ingest/code/script/front_ends.h"
#include "ingest/source/unit.h"

namespace mainstay::script {

/// True for a file of that language.
template <Language kLanguage>
bool is_written_in(std::string_view name) {
  const FrontEnd* front_end = front_end_of(name);
  return front_end != nullptr && front_end->language == kLanguage;
}

/// Adds what the unit's file asks and how it decides. Code of tests, examples
/// and others, code that a tool has made small, and texts above kMaxScriptText
/// are not read; one note or warning says so when there may be something in
/// them.
void read_script(Unit& unit);

/// Adds what a file of the tree and the modules that it takes in ask, as needs
/// of a function that a template runs it as. Nothing is said about the files, as
/// they are units of their own.
/// Limits: those of read_script(); 32 files.
void read_script_of(Unit& unit, const std::string& name, const code::RunsAs& function);

}  // namespace mainstay::script
