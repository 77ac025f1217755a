// What a script asks: Use facts from the calls and members that take names.
#pragma once

#include <optional>
#include <vector>

#include "ingest/code/named_uses.h"
#include "ingest/code/script/known_script_calls.h"
#include "ingest/code/script/script.h"
#include "ingest/code/script/script_texts.h"
#include "ingest/source/unit.h"

namespace mainstay::script {

/// Adds the workload and its uses when the file asks an identity endpoint, and
/// one note with the number of names that are something else or unknown.
/// For a function of a template: its uses alone.
struct Asker {
  Unit& unit;
  std::optional<code::RunsAs> function;
};
void add_uses(const Asker& asker, const std::vector<Statement>& file, Language language, Elsewhere elsewhere);

}  // namespace mainstay::script
