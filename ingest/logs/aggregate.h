// From query logs to Observation facts: every line of every file is counted exactly once, somewhere.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/values/diagnostic.h"
#include "ingest/logs/log_format.h"

namespace mainstay {

/// What became of the lines of one log.
/// Shape: lines = queries + other + not_understood + too_long + left_out.
struct LogAccount {
  std::string file;
  std::string format;        // empty when no format understands the file
  std::uint64_t octets = 0;  // after decompression
  std::uint64_t lines = 0;
  std::uint64_t queries = 0;         // queries and replies
  std::uint64_t other = 0;           // lines of the same server that are no query of class IN; empty lines
  std::uint64_t not_understood = 0;  // of files without a format: all lines looked at
  std::uint64_t too_long = 0;        // more than 64 KiB
  std::uint64_t left_out = 0;        // queries that found no room (LogOptions::max_groups)
  friend auto operator<=>(const LogAccount&, const LogAccount&) = default;
};

struct LogOptions {
  std::string server;                // address or id of the server that wrote the logs, where the lines do not say
  std::size_t max_groups = 1000000;  // different (server, client, name, type); about 150 octets each while counting
};

struct LogIngested {
  std::vector<Fact> facts;  // Observations, sorted by (server, client, name, type)
  std::vector<Diagnostic> problems;
  std::vector<LogAccount> files;  // sorted by name
};

/// Reads logs, plain or gzip, in any order, and counts what they say by (server, client, name, type).
/// Shape:  the format of each file is found by its first lines. An Observation of several files names the first one and how many more.
/// Errors: a file that cannot be read or is no query log, lines that are not understood (with three examples), names that are no domain
///         names, groups past the limit; everything else is used.
/// Cost:   one pass, one thread; memory by the number of groups.
LogIngested observe_logs(std::span<const std::string> files, const LogOptions& options);

}  // namespace mainstay
