#include "ingest/code/script/read_script.h"

#include <fmt/format.h>

#include "ingest/code/program.h"
#include "ingest/code/script/lookup_facts.h"
#include "ingest/code/script/neighbours.h"
#include "ingest/code/script/script_uses.h"

namespace mainstay::script {

void read_script(Unit& unit, const FrontEnd& front_end) {
  const std::string_view text = unit.source().bytes();
  if (text.size() > kMaxScriptText) {
    unit.warning({}, fmt::format("the source is not read: it has more than {} MiB", kMaxScriptText >> 20),
                 "what its program asks is not part of this scan");
    return;
  }
  if (!names_script_call(text, front_end.language)) return;
  if (const code::CodePurpose purpose = code::purpose_of(unit.source().name()); purpose != code::CodePurpose::product) {
    unit.note({}, fmt::format("{}: what it asks is not counted", code::word(purpose)));
    return;
  }
  if (is_minified(text)) {
    unit.note({}, "code that a tool has made small: what it asks is not counted");
    return;
  }
  const std::vector<Statement> file =
      front_end.parse(text, SourceId{}, [&](const ScriptProblem& one) { unit.warning(one.where, one.message, one.hint); });
  Neighbours neighbours(unit, front_end);
  add_uses(unit, file, front_end.language, [&](const Taken& taken) { return neighbours.value(taken); });
  add_lookups(unit, file, *front_end.dialect);
}

}  // namespace mainstay::script
