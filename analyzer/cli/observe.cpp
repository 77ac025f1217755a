#include <utility>

#include "analyzer/cli/observe_live.h"
#include "analyzer/cli/observe_options.h"
#include "analyzer/cli/observe_sql.h"
#include "analyzer/cli/observed_output.h"
#include "analyzer/cli/refused.h"
#include "ingest/logs/partial.h"

namespace mainstay {
namespace {

ExitStatus write_observations(const ObserveCommand& command, const ObserveOptions& options, ObservedOutput& output, Session& session) {
  ObservedLogs logs = ObservedLogs::read(command.logs, options.logs);
  std::vector<Diagnostic> problems = options.problems;
  problems.insert(problems.end(), logs.problems().begin(), logs.problems().end());
  tell_parts(logs.parts(), problems, command.verbose, session);
  const std::unique_ptr<RowSource> rows = logs.rows();
  Result<bool> written = write_facts(output, logs.parts(), options.logs.count.groups.window, *rows);
  if (written) written = output.finish();
  return written ? status_of(logs.parts(), problems) : refused(written.error(), session);
}

/// Counts one log after the other, because each is a section of its own; large ones are shared among threads all the same.
ExitStatus write_partial(const ObserveCommand& command, const ObserveOptions& options, ObservedOutput& output, Session& session) {
  PartialWriter writer([&](std::string_view octets) { return output.write(octets); });
  Result<bool> written = writer.begin();
  std::vector<LogPart> parts;
  for (const std::string& log : command.logs) {
    if (!written) break;
    ObservedLogs one = ObservedLogs::read({&log, 1}, options.logs);
    const LogPart& part = one.parts().front();
    parts.push_back(part);
    if (part.account.lines == 0 && part.account.format.empty()) continue;
    const std::unique_ptr<RowSource> rows = one.rows();
    written = writer.add({part, options.settings}, *rows);
  }
  tell_parts(parts, options.problems, command.verbose, session);
  if (written) written = writer.end();
  if (written) written = output.finish();
  return written ? status_of(parts, options.problems) : refused(written.error(), session);
}

}  // namespace

void ObserveCommand::describe(Arguments& command) {
  command.add("LOG", logs, "query logs, plain or compressed; - is standard input");
  command.add("-o,--output", output, "write to a file instead of standard output").called("FILE");
  command.add("--partial", partial, "write a partial file, for `mainstay merge`");
  command.add("--live", live, "follow the log while it is written, until SIGINT or SIGTERM").not_with("--partial").not_with("--range");
  command.add("--every", every, "how often --live writes").called("TIME").shows_usual();
  command.add("--format", format, "what the logs are; each is recognised by its first lines when not given").called("NAME");
  command.add("--server", server, "who wrote the logs, where the lines do not say").called("ADDRESS");
  command.add("--window", window, "count each stretch of time for itself: 1h, 15m, 1d").called("TIME");
  command.add("--clients", clients, "groups of clients: lines of address-or-network,group").called("FILE");
  command.add("--range", range, "octets of the only log; lines belong to where they begin").called("A-B");
  command.add("--memory", memory, "octets for counting; more is sorted on the disk").called("SIZE").shows_usual();
  command.add("--jobs", jobs, "threads; one for each processor when not given").between(1, 1024).called("N");
  command.add("--sql", sql, "count logs where they are, in a database").called("ENGINE").one_of(words_of_engines());
  command.add("--schema", schema, "how they are laid out there; the names stand in docs/logs.md").called("NAME");
  command.add("--table", table, "where they are, when it is not the product's usual table").called("NAME");
  command.add("--print", print, "print the query and end").not_with("--url").not_with("--result");
  command.add("--url", url, "run the query: http(s)://HOST:PORT/ of ClickHouse, postgresql://HOST/NAME").called("URL").not_with("--result");
  command.add("--result", result, "read what the query gave, as CSV or JSON; - is standard input").called("FILE");
  command.add("-v,--verbose", verbose, "say what each log is, why, and what became of its lines");
}

ExitStatus ObserveCommand::run(Session& session) const {
  Result<ObserveOptions> options = options_of(*this);
  if (!options) return refused(options.error(), session);
  if (!sql.empty()) return observe_sql(*this, *options, session);
  if (live) return observe_live(*this, *options, session);
  Result<ObservedOutput> out = ObservedOutput::open(output, session);
  if (!out) return refused(out.error(), session);
  return partial ? write_partial(*this, *options, *out, session) : write_observations(*this, *options, *out, session);
}

}  // namespace mainstay
