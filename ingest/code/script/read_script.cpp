#include "ingest/code/script/read_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "graph/values/assert.h"
#include "ingest/code/kept_names.h"
#include "ingest/code/program.h"
#include "ingest/code/script/lookup_facts.h"
#include "ingest/code/script/module_files.h"
#include "ingest/code/script/neighbours.h"
#include "ingest/code/script/own_servers.h"
#include "ingest/code/script/script_calls.h"
#include "ingest/code/script/script_uses.h"

namespace mainstay::script {
namespace {

constexpr std::size_t kMaxModules = 32;  // of the code of one function

/// The modules that a file takes in outside of its functions, and names in them, which may be modules as well.
std::vector<std::string> modules_of(const std::vector<Statement>& file) {
  std::vector<std::string> modules;
  each_expression(file, [&](const Expression& one) {
    const Expression* import = one.kind == ExpressionKind::attribute ? &one.parts.front() : &one;
    const std::optional<std::string> module = imported_module(*import);
    if (!module) return;
    if (import != &one) modules.push_back(*module + (module->ends_with('.') ? "" : ".") + one.word);
    modules.push_back(*module);
  });
  return modules;
}

}  // namespace

void read_script(Unit& unit) {
  const FrontEnd* front_end = front_end_of(unit.source().name());
  MAINSTAY_ASSERT(front_end != nullptr, "a unit of code is of a language that has a parser");
  const std::string_view text = unit.source().bytes();
  if (text.size() > kMaxScriptText) {
    unit.warning({}, fmt::format("the source is not read: it has more than {} MiB", kMaxScriptText >> 20),
                 "what its program asks is not part of this scan");
    return;
  }
  if (!names_script_call(text, front_end->language) && !code::has_kept_url(unit.catalogue(), text)) return;
  if (const code::CodePurpose purpose = code::purpose_of(unit.source().name()); purpose != code::CodePurpose::product) {
    unit.note({}, fmt::format("{}: what it asks is not counted", code::word(purpose)));
    return;
  }
  if (is_minified(text)) {
    unit.note({}, "code that a tool has made small: what it asks is not counted");
    return;
  }
  const std::vector<Statement> file =
      front_end->parse(text, SourceId{}, [&](const ScriptProblem& one) { unit.warning(one.where, one.message, one.hint); });
  Neighbours neighbours(unit, *front_end, unit.source().name());
  add_uses({unit, {}}, file, front_end->language, [&](const Taken& taken) { return neighbours.value(taken); });
  add_lookups(unit, file, front_end->dialect());
  if (const std::optional<Location> where = own_servers(file, front_end->language))
    unit.note(*where, "this resolver asks DNS servers of its own; they are not counted as a stub of the program");
}

void read_script_of(Unit& unit, const std::string& name, const code::RunsAs& function) {
  std::vector<std::string> names{name};
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::string here = names[at];
    const FrontEnd* front_end = front_end_of(here);
    const Source* source = front_end == nullptr || code::purpose_of(here) != code::CodePurpose::product ? nullptr : unit.include(here, {});
    if (source == nullptr || source->bytes().size() > kMaxScriptText || is_minified(source->bytes())) continue;
    const std::vector<Statement> file = front_end->parse(source->bytes(), unit.id_of(*source), [](const ScriptProblem&) {});
    for (const std::string& module : modules_of(file)) {
      const std::vector<std::string> meant = module_files(front_end->language, here, module);
      const auto found = std::find_if(meant.begin(), meant.end(), [&](const std::string& one) { return bool(unit.tree().read(one)); });
      const bool is_new = found != meant.end() && std::find(names.begin(), names.end(), *found) == names.end();
      if (is_new && names.size() < kMaxModules) names.push_back(*found);
    }
    Neighbours neighbours(unit, *front_end, here);
    add_uses({unit, function}, file, front_end->language, [&](const Taken& taken) { return neighbours.value(taken); });
  }
}

}  // namespace mainstay::script
