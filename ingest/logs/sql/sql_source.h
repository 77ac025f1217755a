// SqlSource: query logs in a table of a database, and how that database is asked to count them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/result.h"

namespace mainstay {

enum class SqlEngine : std::uint8_t { clickhouse, postgres, duckdb, athena, bigquery, kql };

struct SqlEngineName {
  SqlEngine engine;
  std::string_view name;
};
std::span<const SqlEngineName> all_sql_engines();
/// "clickhouse".
std::string_view name_of(SqlEngine engine);

/// How a product lays its logs out in one engine.
/// Shape: `table` is the product's usual one, its parts between dots. The rest are expressions of the engine over its columns: `time` in
///        whole microseconds since 1970, `latency` in whole microseconds (empty where the log has none), `is_answer` 1 for replies and
///        0 for questions. A type and a response code may be numbers.
struct SqlSource {
  std::string_view schema;
  SqlEngine engine;
  bool is_tested = false;  // against the engine itself
  std::string_view table;
  std::string_view server, client, name, type, rcode, time, latency, is_answer;
  std::string_view where;  // which rows count; empty for all
};

std::span<const SqlSource> all_sql_sources();

/// The query that counts; its result has the columns of read_sql_result().
/// Shape:  `table` stands for the product's usual one, its parts between dots; empty for that. For DuckDB it may be a file, or a pattern of
///         files. Everything that a user gives is quoted for the engine.
/// Errors: no such schema; it is not laid out for that engine; the table is no name.
Result<std::string> sql_query(SqlEngine engine, std::string_view schema, std::string_view table);

/// The source of that name in that engine. Errors: as above.
Result<const SqlSource*> sql_source(SqlEngine engine, std::string_view schema);

}  // namespace mainstay
