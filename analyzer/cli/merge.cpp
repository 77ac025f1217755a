#include <fmt/format.h>

#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/observed_output.h"
#include "analyzer/cli/refused.h"
#include "ingest/logs/partial.h"

namespace mainstay {

void MergeCommand::describe(Arguments& command) {
  command.add("PARTIAL", partials, "partial files, in any order; a log that is in several counts once").required();
  command.add("-o,--output", output, "write to a file instead of standard output").called("FILE");
  command.add("--partial", partial, "write one partial file instead of facts");
  command.add("-v,--verbose", verbose, "say what each log is, why, and what became of its lines");
}

ExitStatus MergeCommand::run(Session& session) const {
  const Result<Partials> all = Partials::read(partials);
  if (!all) return refused(all.error(), session);
  Result<ObservedOutput> out = ObservedOutput::open(output, session);
  if (!out) return refused(out.error(), session);
  const std::vector<LogPart> parts = all->parts();
  tell_parts(parts, {}, verbose, session);
  if (verbose && all->duplicates() > 0) session.err << fmt::format("{} logs were there more than once and count once\n", all->duplicates());
  Result<bool> written = true;
  if (partial) {
    PartialWriter writer([&](std::string_view octets) { return out->write(octets); });
    written = all->write(writer);
  } else {
    written = write_facts(*out, parts, all->window(), *all->rows());
  }
  if (written) written = out->finish();
  return written ? status_of(parts, {}) : refused(written.error(), session);
}

}  // namespace mainstay
