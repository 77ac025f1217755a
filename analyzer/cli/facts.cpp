#include <algorithm>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/cli/write_file.h"
#include "graph/facts/codec.h"
#include "render/escape.h"
#include "render/terminal.h"

namespace mainstay {

void FactsCommand::describe(Arguments& command) {
  input.keep_facts = true;
  input.describe(command);
  command.add("--schema", schema, "print the JSON Schema of one line and do nothing else");
  command.add("-o,--output", output, "write to a file instead of standard output").called("FILE");
}

ExitStatus FactsCommand::run(Session& session) const {
  if (schema) {
    session.out << facts_schema() << '\n';
    return ExitStatus::clean;
  }
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  if (!loaded) return refused(loaded.error(), session);
  std::vector<Fact> facts = (*loaded)->facts;
  std::sort(facts.begin(), facts.end());
  std::string bytes;
  for (const Fact& fact : facts) bytes += for_json_document(to_json_line(fact)) + '\n';
  if (output.empty()) {
    session.out << bytes;
  } else if (const Result<bool> written = write_file(output, bytes); !written) {
    return refused(written.error(), session);
  }
  // The facts are whole only when everything was read, and whoever reads them elsewhere cannot see that.
  for (const Diagnostic& one : (*loaded)->report.diagnostics) {
    if (one.severity == DiagnosticSeverity::error) session.err << terminal_diagnostic(one, {.colour = false, .width = session.width});
  }
  return is_incomplete((*loaded)->report) ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
