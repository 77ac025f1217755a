// BIND query logs: the categories queries and responses, from BIND 9.9 on, in every form of print-time, print-category and
// print-severity, and behind a syslog header.
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const LogFormat bind_query;

namespace {

std::string_view take_word(std::string_view& text) {
  const std::size_t end = text.find(' ');
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return word;
}

/// Everything before "client ": a time, a category, a level, or what syslog writes.
std::int64_t time_of(std::string_view& text) {
  if (const auto time = take_bind_time(text)) return *time;
  if (const auto time = take_iso_time(text)) return *time;
  skip_yearless_time(text);
  return LogLine::kNoTime;
}

/// True when a line that is no query is at least a line of named: it has a time, a category, or the daemon's name.
bool is_of_named(std::string_view line, bool has_time) {
  if (has_time) return true;
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon == 0) return false;
  for (const char c : line.substr(0, colon)) {
    if ((c < 'a' || c > 'z') && c != '-') return line.find(" named[") != std::string_view::npos;
  }
  return true;
}

/// "www.corp.example IN A +E(0)K (10.0.0.53)" behind "query: ", or with the response code behind the type after "response: ".
LineVerdict read_question(std::string_view rest, LogLine& out) {
  out.name = take_word(rest);
  const std::string_view record_class = take_word(rest);
  out.type = take_word(rest);
  if (out.name.empty() || out.type.empty() || record_class.empty()) return LineVerdict::not_understood;
  if (record_class != "IN") return LineVerdict::other;
  if (out.is_reply) out.rcode = take_word(rest);
  // The last parentheses but those of "E(0)" hold the server's own address; 9.21 adds "#port".
  const std::size_t open = rest.find(" (");
  if (open != std::string_view::npos) {
    rest.remove_prefix(open + 2);
    out.server = rest.substr(0, rest.find_first_of("#)"));
  }
  return LineVerdict::query;
}

LineVerdict parse_line(std::string_view line, LogLine& out) {
  std::string_view rest = line;
  out.time = time_of(rest);
  const bool has_time = out.time != LogLine::kNoTime;
  const std::size_t client = rest.find("client ");
  if (client == std::string_view::npos) return is_of_named(line, has_time) ? LineVerdict::other : LineVerdict::not_understood;
  rest.remove_prefix(client + 7);
  if (rest.starts_with("@0x")) take_word(rest);  // from 9.11 on
  const std::size_t port = rest.find('#');
  const std::size_t blank = rest.find(' ');
  if (port == std::string_view::npos || port > blank) return is_of_named(line, has_time) ? LineVerdict::other : LineVerdict::not_understood;
  out.client = rest.substr(0, port);
  rest.remove_prefix(port);
  // Names in the log escape their blanks, so that the mark cannot be part of one.
  const std::size_t mark = rest.find(": query: ");
  if (mark != std::string_view::npos) {
    rest.remove_prefix(mark + 9);
    return read_question(rest, out);
  }
  const std::size_t reply = rest.find(": response: ");
  if (reply == std::string_view::npos) return LineVerdict::other;
  rest.remove_prefix(reply + 12);
  out.is_reply = true;
  return read_question(rest, out);
}

}  // namespace

constinit const LogFormat bind_query{.name = "bind-query",
                                     .title = "BIND query log",
                                     .reference = "BIND 9 Administrator Reference Manual, category queries",
                                     .parse_line = &parse_line,
                                     .has_local_time = true};

}  // namespace mainstay
