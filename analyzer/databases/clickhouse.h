// ClickHouse, asked by its HTTP interface.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "graph/values/result.h"
#include "ingest/logs/byte_source.h"

namespace mainstay {

/// Runs a query and gives its result as CSV with a head. CLICKHOUSE_USER and CLICKHOUSE_PASSWORD of the environment say who asks.
/// Shape:  `url` is http(s)://HOST:PORT/, with settings of the server behind a question mark where there are any.
/// Errors: it is no such address, or has a password in it, which others could read in the list of processes; no answer; a refusal, in the
///         words of the server; a result of more than `most` octets.
Result<std::unique_ptr<ByteSource>> ask_clickhouse(const std::string& url, const std::string& query, std::size_t most);

}  // namespace mainstay
