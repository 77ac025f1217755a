#include "analyzer/cli/observe_sql.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

#include "analyzer/cli/observed_output.h"
#include "analyzer/cli/refused.h"
#include "analyzer/databases/clickhouse.h"
#include "analyzer/databases/psql.h"
#include "ingest/logs/partial.h"
#include "ingest/logs/sql/sql_result.h"
#include "ingest/logs/sql/sql_source.h"

namespace mainstay {
namespace {

SqlEngine engine_of(const std::string& word) {
  for (const SqlEngineName& one : all_sql_engines()) {
    if (one.name == word) return one.engine;
  }
  return SqlEngine::clickhouse;  // the command line takes no other words
}

Result<std::unique_ptr<ByteSource>> result_of(const ObserveCommand& command, const ObserveOptions& options, const SqlSource& source,
                                              const std::string& query) {
  if (!command.result.empty()) return open_bytes(command.result);
  if (source.engine == SqlEngine::clickhouse) return ask_clickhouse(command.url, query, options.logs.count.memory);
  if (source.engine == SqlEngine::postgres) return ask_psql(command.url, query);
  return Error{fmt::format("queries are not run in {} from here: --print gives the query, and --result takes what it gave", command.sql)};
}

Result<bool> write(const ObserveCommand& command, const ObserveOptions& options, const LogPart& part, RowSource& rows, Session& session) {
  Result<ObservedOutput> out = ObservedOutput::open(command.output, session);
  if (!out) return Error{out.error()};
  Result<bool> written = true;
  if (command.partial) {
    PartialWriter writer([&](std::string_view octets) { return out->write(octets); });
    written = writer.begin();
    if (written) written = writer.add({part, options.settings}, rows);
    if (written) written = writer.end();
  } else {
    written = write_facts(*out, {&part, 1}, options.logs.count.groups.window, rows);
  }
  return written ? out->finish() : written;
}

ExitStatus print_query(const ObserveCommand& command, const SqlSource& source, const std::string& query, Session& session) {
  Result<ObservedOutput> out = ObservedOutput::open(command.output, session);
  if (!out) return refused(out.error(), session);
  std::string text;
  if (!source.is_tested)
    text = fmt::format("{} {} in {}: written by its documentation, and not tried against it\n",
                       source.engine == SqlEngine::kql ? "//" : "--", source.schema, command.sql);
  Result<bool> written = out->write(text + query);
  if (written) written = out->finish();
  return written ? ExitStatus::clean : refused(written.error(), session);
}

}  // namespace

std::vector<std::string> words_of_engines() {
  std::vector<std::string> words;
  for (const SqlEngineName& one : all_sql_engines()) words.emplace_back(one.name);
  return words;
}

ExitStatus observe_sql(const ObserveCommand& command, const ObserveOptions& options, Session& session) {
  const SqlEngine engine = engine_of(command.sql);
  const Result<const SqlSource*> source = sql_source(engine, command.schema);
  if (!source) return refused(source.error(), session);
  const Result<std::string> query = sql_query(engine, command.schema, command.table);
  if (!query) return refused(query.error(), session);
  if (command.print) return print_query(command, **source, *query, session);
  Result<std::unique_ptr<ByteSource>> result = result_of(command, options, **source, *query);
  if (!result) return refused(result.error(), session);
  const std::string title = fmt::format("{}:{}", command.sql, command.table.empty() ? std::string((*source)->table) : command.table);
  RowSorter rows(options.logs.count.memory);
  const LogPart part = read_sql_result(*std::move(result), title, **source, options.logs.count, rows);
  tell_parts({&part, 1}, options.problems, command.verbose, session);
  const std::unique_ptr<RowSource> sorted = rows.rows();
  if (const Result<bool> written = write(command, options, part, *sorted, session); !written) return refused(written.error(), session);
  return status_of({&part, 1}, options.problems);
}

}  // namespace mainstay
