// LogFormat: how one DNS query log is recognised and read, line by line. One file and one line in log_formats.inc each.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// What became of one line: a query or a reply; something else that this server logs; nothing that the format knows.
enum class LineVerdict : std::uint8_t { query, other, not_understood };

/// What a line says of its question.
enum class LineStep : std::uint8_t {
  asked,     // the question came in
  answered,  // it was answered, or given up
  detail,    // more about an answer that another line counts: a response code, further data
};

/// One line. The views live as long as the line and its scratch.
/// Shape: `name` as written, with escapes, with or without a final dot; `type` in upper case or a number; what the format does not carry
///        is empty. A `transaction` that is not 0 is the same on all lines about one question of one process; a line that has no client,
///        name or type of its own gets them from an earlier line of its transaction.
/// Units: time in microseconds since 1970 in UTC, latency in microseconds, TTL in seconds.
struct LogLine {
  static constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

  std::string_view server;
  std::string_view client;
  std::string_view name;
  std::string_view type;
  std::string_view rcode;
  std::int64_t time = kNoTime;
  std::int64_t latency = -1;
  std::uint64_t transaction = 0;
  LineStep step = LineStep::asked;
};

struct LoggedAnswer {
  std::string_view data;  // an address or a name; texts of TXT records are never kept
  std::int64_t ttl = -1;
};

/// What a line needs beside itself: answers, and texts that stand escaped in it. One for all lines, emptied for each.
class LineScratch {
 public:
  std::vector<LoggedAnswer> answers;

  /// Room for a text of at most `size` octets, which lives until clear().
  char* room(std::size_t size);
  void clear();

 private:
  std::vector<std::string> blocks_;  // none of them ever moves what it holds
  std::size_t used_ = 0;             // of the last one in use
  std::size_t block_ = 0;
};

struct RecordFormat;

/// A format of query logs: constant data and functions without state. It has lines, or else records.
struct LogFormat {
  std::string_view name;       // "bind-query"
  std::string_view title;      // "BIND query log"
  std::string_view reference;  // where the format is documented
  /// Reads one line without its end; none for a log of records. Cost: one pass over the line.
  LineVerdict (*parse_line)(std::string_view line, LogLine& out, LineScratch& scratch);
  /// Whether times are written without a zone, and are taken as UTC.
  bool has_local_time = false;
  /// Whether lines of one question are joined by their transaction, so that a file cannot be read from its middle on.
  bool joins_lines = false;
  const RecordFormat* records = nullptr;
  /// The program that writes it, as envelopes name it: what that says beside is known to be something else.
  std::string_view program = {};

  /// Whether a range of a file means something without what stands before it.
  bool can_be_cut() const { return !joins_lines && records == nullptr; }
};

/// Every format, in the order of log_formats.inc.
std::span<const LogFormat* const> all_log_formats();

/// The format of that name; none when there is no such one.
const LogFormat* log_format_named(std::string_view name);

}  // namespace mainstay
