#include <fmt/format.h>

#include <algorithm>

#include "ingest/logs/sql/sql_source.h"

namespace mainstay {
namespace {

constexpr SqlEngineName kEngines[] = {{SqlEngine::clickhouse, "clickhouse"}, {SqlEngine::postgres, "postgres"},
                                      {SqlEngine::duckdb, "duckdb"},         {SqlEngine::athena, "athena"},
                                      {SqlEngine::bigquery, "bigquery"},     {SqlEngine::kql, "kql"}};

/// The largest power of two that takes nothing from the seven highest bits of a latency: what the latency sketch keeps of a number. The
/// logarithm may be a little off, and is made smaller for that: then one bit more is kept, never one fewer.
std::string_view step_of(SqlEngine engine) {
  switch (engine) {
    case SqlEngine::clickhouse: return "toInt64(exp2(greatest(0, floor(log2(greatest(m_latency, 1)) - 0.000000001) - 6)))";
    case SqlEngine::postgres:
      return "(2::numeric ^ greatest(0, floor(ln(greatest(m_latency, 1)::float8) / ln(2::float8) - 0.000000001) - 6)::int)::bigint";
    case SqlEngine::duckdb: return "CAST(pow(2, greatest(0, floor(log2(greatest(m_latency, 1)) - 0.000000001) - 6)) AS BIGINT)";
    case SqlEngine::athena: return "CAST(power(2, greatest(0, floor(log2(greatest(m_latency, 1)) - 0.000000001) - 6)) AS bigint)";
    case SqlEngine::bigquery: return "CAST(POW(2, GREATEST(0, FLOOR(LOG(GREATEST(m_latency, 1), 2) - 0.000000001) - 6)) AS INT64)";
    case SqlEngine::kql: return "tolong(exp2(max_of(0.0, floor(log2(max_of(m_latency, 1)) - 0.000000001, 1) - 6)))";
  }
  return {};
}

std::string minute_of(SqlEngine engine) {
  switch (engine) {
    case SqlEngine::clickhouse: return "intDiv(m_time, 60000000)";
    case SqlEngine::duckdb: return "m_time // 60000000";
    case SqlEngine::bigquery: return "DIV(m_time, 60000000)";
    default: return "m_time / 60000000";  // whole numbers give whole ones
  }
}

std::string rest_of(SqlEngine engine) {
  return engine == SqlEngine::bigquery ? fmt::format("m_latency - MOD(m_latency, {})", step_of(engine))
                                       : fmt::format("m_latency - m_latency % {}", step_of(engine));
}

/// A name as the engine quotes it: no text can end the quotation.
std::string quoted(SqlEngine engine, std::string_view name) {
  const bool has_ticks = engine == SqlEngine::clickhouse || engine == SqlEngine::bigquery;
  const char mark = has_ticks ? '`' : engine == SqlEngine::kql ? '\'' : '"';
  std::string text(1, mark);
  for (const char c : name) {
    if (c == mark || ((has_ticks || engine == SqlEngine::kql) && c == '\\')) text += has_ticks || engine == SqlEngine::kql ? '\\' : mark;
    text += c;
  }
  text += mark;
  return engine == SqlEngine::kql ? "[" + text + "]" : text;
}

bool is_file(std::string_view table) {
  return table.find('/') != std::string_view::npos || table.ends_with(".parquet") || table.ends_with(".json") || table.ends_with(".gz");
}

Result<std::string> quoted_table(SqlEngine engine, std::string_view table) {
  for (const char c : table) {
    if (static_cast<unsigned char>(c) < ' ') return Error{"a table's name has no control characters"};
  }
  if (engine == SqlEngine::duckdb && is_file(table)) {
    std::string text = "'";
    for (const char c : table) text += c == '\'' ? "''" : std::string(1, c);
    return text + "'";
  }
  if (engine == SqlEngine::bigquery) return quoted(engine, table);  // its projects have dashes, and it takes the whole between ticks
  std::string text;
  while (true) {
    const std::size_t dot = table.find('.');
    const std::string_view part = table.substr(0, dot);
    if (part.empty()) return Error{fmt::format("'{}' is no name of a table", table)};
    text += quoted(engine, part);
    if (dot == std::string_view::npos) return text;
    text += '.';
    table.remove_prefix(dot + 1);
    if (engine == SqlEngine::kql) return Error{"a table of Azure Monitor has one name"};
  }
}

std::string kql_query(const SqlSource& source, const std::string& table) {
  std::string text = table + "\n";
  if (!source.where.empty()) text += fmt::format("| where {}\n", source.where);
  text += fmt::format("| project server = {}, client = {}, name = {}, type = {}, rcode = {}, m_time = {}, m_answer = {}", source.server,
                      source.client, source.name, source.type, source.rcode, source.time, source.is_answer);
  if (!source.latency.empty()) text += fmt::format(", m_latency = {}", source.latency);
  text += fmt::format("\n| extend minute = {}", minute_of(source.engine));
  if (!source.latency.empty()) text += fmt::format(", latency_us = {}", rest_of(source.engine));
  text += "\n| summarize asked = sum(1 - m_answer), answered = sum(m_answer), first_us = min(m_time), last_us = max(m_time)";
  if (!source.latency.empty()) text += ", fastest_us = min(m_latency), slowest_us = max(m_latency)";
  text += " by server, client, name, type, rcode, minute";
  if (!source.latency.empty()) text += ", latency_us";
  return text + "\n";
}

}  // namespace

std::span<const SqlEngineName> all_sql_engines() { return kEngines; }

std::string_view name_of(SqlEngine engine) { return std::ranges::find(kEngines, engine, &SqlEngineName::engine)->name; }

Result<const SqlSource*> sql_source(SqlEngine engine, std::string_view schema) {
  std::string schemas, engines;
  for (const SqlSource& one : all_sql_sources()) {
    if (one.schema == schema && one.engine == engine) return &one;
    if (one.schema == schema) engines += fmt::format("{}{}", engines.empty() ? "" : ", ", name_of(one.engine));
    if (one.engine == engine) schemas += fmt::format("{}{}", schemas.empty() ? "" : ", ", one.schema);
  }
  if (!engines.empty()) return Error{fmt::format("{} is known in {}, not in {}", schema, engines, name_of(engine))};
  return Error{fmt::format("there is no schema '{}'; for {} there are {}", schema, name_of(engine), schemas)};
}

Result<std::string> sql_query(SqlEngine engine, std::string_view schema, std::string_view table) {
  const Result<const SqlSource*> found = sql_source(engine, schema);
  if (!found) return Error{found.error()};
  const SqlSource& source = **found;
  const Result<std::string> from = quoted_table(engine, table.empty() ? source.table : table);
  if (!from) return Error{from.error()};
  if (engine == SqlEngine::kql) return kql_query(source, *from);
  const bool has_latency = !source.latency.empty();
  std::string text =
      fmt::format("SELECT m_server AS server, m_client AS client, m_name AS name, m_type AS type, m_rcode AS rcode, {} AS minute,\n",
                  minute_of(engine));
  if (has_latency) text += fmt::format("  {} AS latency_us,\n", rest_of(engine));
  text += "  sum(1 - m_answer) AS asked, sum(m_answer) AS answered, min(m_time) AS first_us, max(m_time) AS last_us";
  if (has_latency) text += ",\n  min(m_latency) AS fastest_us, max(m_latency) AS slowest_us";
  text += fmt::format(
      "\nFROM (\n  SELECT {} AS m_server, {} AS m_client,\n    {} AS m_name, {} AS m_type, {} AS m_rcode,\n    {} AS m_time, {} AS "
      "m_answer",
      source.server, source.client, source.name, source.type, source.rcode, source.time, source.is_answer);
  if (has_latency) text += fmt::format(",\n    {} AS m_latency", source.latency);
  text += fmt::format("\n  FROM {}", *from);
  if (!source.where.empty()) text += fmt::format("\n  WHERE {}", source.where);
  text += "\n) AS q\nGROUP BY ";
  // ClickHouse takes numbers of columns only when it is set to, and the others take names of results only in part.
  if (engine == SqlEngine::clickhouse)
    return text + "m_server, m_client, m_name, m_type, m_rcode, minute" + (has_latency ? ", latency_us\n" : "\n");
  return text + "1, 2, 3, 4, 5, 6" + (has_latency ? ", 7\n" : "\n");
}

}  // namespace mainstay
