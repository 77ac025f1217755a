// LogFormat: how one DNS query log is recognised and read, line by line. One file and one line in log_formats.inc each.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace mainstay {

/// What became of one line: a query or a reply; something else that this server logs; nothing that the format knows.
enum class LineVerdict : std::uint8_t { query, other, not_understood };

/// One query or reply. The views live as long as the line.
/// Shape: `name` as written, with escapes, with or without a final dot; `type` in upper case; what the format does not carry is empty.
/// Units: time in microseconds since 1970 in UTC, latency in microseconds.
struct LogLine {
  static constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

  std::string_view server;
  std::string_view client;
  std::string_view name;
  std::string_view type;
  std::string_view rcode;
  std::int64_t time = kNoTime;
  std::int64_t latency = -1;
  bool is_reply = false;  // a server that logs both sides writes every query twice; see observe_logs()
};

/// A format of query logs: constant data and functions without state.
struct LogFormat {
  std::string_view name;       // "bind-query"
  std::string_view title;      // "BIND query log"
  std::string_view reference;  // where the format is documented
  /// Reads one line without its end. Cost: one pass over the line; nothing is allocated.
  LineVerdict (*parse_line)(std::string_view line, LogLine& out);
  /// Whether times are written without a zone, and are taken as UTC.
  bool has_local_time = false;
};

/// Every format, in the order of log_formats.inc.
std::span<const LogFormat* const> all_log_formats();

/// Which format the head of a log is, and how sure that is.
/// Units: confidence is the share of its whole lines that the format understands, 0 to 1; at least one of them is a query.
struct LogRecognition {
  const LogFormat* format = nullptr;
  double confidence = 0;
};

/// The format that understands most of the first lines; nothing when none understands half of them.
std::optional<LogRecognition> recognise_log(std::string_view head);

/// The name of the format when a file's first octets look like a query log; how the walk of a tree tells logs from configuration.
std::optional<std::string_view> looks_like_query_log(std::string_view head);

}  // namespace mainstay
