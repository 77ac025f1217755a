// PostgreSQL, asked by its own psql.
#pragma once

#include <memory>
#include <string>

#include "graph/values/result.h"
#include "ingest/logs/byte_source.h"

namespace mainstay {

/// Runs a query and gives its result as CSV with a head, while it comes. Passwords are psql's business: a password file, a service file or
/// its variables of the environment.
/// Shape:  `url` is postgresql://HOST:PORT/NAME, or words as in "host=db dbname=logs".
/// Errors: psql is not installed; a password in the address, which others could read in the list of processes. While reading: what psql
///         complains of.
Result<std::unique_ptr<ByteSource>> ask_psql(const std::string& url, const std::string& query);

}  // namespace mainstay
