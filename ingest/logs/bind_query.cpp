// BIND query logs: the categories queries, query-errors and responses, from BIND 9.9 on, in every form of print-time, print-category and
// print-severity.
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat bind_query;

namespace {

constexpr std::string_view kQuery = "query: ";
constexpr std::string_view kResponse = "response: ";
constexpr std::string_view kFailed = "query failed (";

/// Everything before "client ": a time, a category, a level.
std::int64_t time_of(std::string_view& text) {
  if (const auto time = take_bind_time(text)) return *time;
  if (const auto time = take_iso_time(text)) return *time;
  return LogLine::kNoTime;
}

/// True when a line that is no query is at least a line of named: it has a time or a category.
bool is_of_named(std::string_view line, bool has_time) {
  if (has_time) return true;
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon == 0) return false;
  for (const char c : line.substr(0, colon)) {
    if ((c < 'a' || c > 'z') && c != '-') return false;
  }
  return true;
}

/// The server's own address in "10.0.0.53)" and, from 9.21 on, "10.0.0.53#53)".
std::string_view address_of(std::string_view text) {
  const std::string_view inside = text.substr(0, find_octet(text, ')'));
  return inside.substr(0, find_octet(inside, '#'));
}

/// "www.corp.example IN A +E(0)K (10.0.0.53)" behind "query: ", or with the response code behind the type after "response: ".
LineVerdict read_question(std::string_view rest, LogLine& out) {
  out.name = take_word(rest);
  const std::string_view record_class = take_word(rest);
  out.type = take_word(rest);
  if (out.name.empty() || out.type.empty() || record_class.empty()) return LineVerdict::not_understood;
  if (record_class != "IN") return LineVerdict::other;
  if (out.step == LineStep::answered) {
    out.rcode = take_word(rest);
    for (int counts = 0; counts < 3; ++counts) take_word(rest);
  }
  take_word(rest);  // flags
  if (rest.starts_with('(')) out.server = address_of(rest.substr(1));
  return LineVerdict::query;
}

/// BIND's words for results that are response codes; others (a zone that is not loaded, a time-out) become SERVFAIL for the client.
std::string_view rcode_of(std::string_view result) {
  constexpr std::string_view kCodes[] = {"REFUSED", "FORMERR", "NOTIMP", "NXDOMAIN", "NOTAUTH", "YXDOMAIN", "NOTZONE", "BADVERS"};
  for (const std::string_view code : kCodes) {
    if (result == code) return code;
  }
  return "SERVFAIL";
}

/// "SERVFAIL) for www.corp.example/IN/A at query.c:7177"; from 9.17 on the name may be left out.
LineVerdict read_failure(std::string_view rest, LogLine& out) {
  const std::size_t close = rest.find(") for ");
  if (close == std::string_view::npos) return LineVerdict::other;
  out.rcode = rcode_of(rest.substr(0, close));
  rest.remove_prefix(close + 6);
  const std::string_view question = take_word(rest);
  const std::size_t type = question.rfind('/');
  const std::size_t record_class = type == std::string_view::npos || type == 0 ? std::string_view::npos : question.rfind('/', type - 1);
  if (record_class == std::string_view::npos) return LineVerdict::other;
  if (question.substr(record_class + 1, type - record_class - 1) != "IN") return LineVerdict::other;
  out.name = question.substr(0, record_class);
  out.type = question.substr(type + 1);
  out.step = LineStep::detail;
  return out.name.empty() || out.type.empty() ? LineVerdict::other : LineVerdict::query;
}

LineVerdict read_message(std::string_view text, LogLine& out) {
  if (text.starts_with(kQuery)) return read_question(text.substr(kQuery.size()), out);
  if (text.starts_with(kFailed)) return read_failure(text.substr(kFailed.size()), out);
  if (!text.starts_with(kResponse)) return LineVerdict::other;
  out.step = LineStep::answered;
  return read_question(text.substr(kResponse.size()), out);
}

/// Moves behind "client ", wherever it begins.
bool skip_to_client(std::string_view& text) {
  constexpr std::string_view kClient = "client ";
  if (text.size() > 8 && text.substr(1).starts_with(kClient)) {
    text.remove_prefix(8);
    return true;
  }
  const std::size_t client = text.find(kClient);
  if (client == std::string_view::npos) return false;
  text.remove_prefix(client + kClient.size());
  return true;
}

/// Where the colon behind "(name): " is.
std::size_t behind_name(std::string_view text, std::size_t at) {
  while (at != std::string_view::npos) {
    at = find_octet(text, ')', at);
    if (at == std::string_view::npos) break;
    ++at;
    if (text.substr(at).starts_with(": ")) return at;
  }
  return at;
}

/// Moves behind "#port/key name (name): view name: ". Names in the log escape their blanks, so that a mark with one cannot be part of them.
bool skip_to_message(std::string_view& text) {
  std::size_t at = find_octet(text, ' ');
  if (at != std::string_view::npos && at > 0 && text[at - 1] == ':')
    --at;
  else
    at = behind_name(text, at);
  if (at == std::string_view::npos) return false;
  text.remove_prefix(at + 2);
  if (text.starts_with("view ")) {
    std::size_t end = find_octet(text, ':', 5);
    while (end != std::string_view::npos && !text.substr(end).starts_with(": ")) end = find_octet(text, ':', end + 1);
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 2);
  }
  return true;
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch&) {
  std::string_view rest = line;
  out.time = time_of(rest);
  const LineVerdict otherwise = is_of_named(line, out.time != LogLine::kNoTime) ? LineVerdict::other : LineVerdict::not_understood;
  if (!skip_to_client(rest)) return otherwise;
  if (rest.starts_with("@0x")) take_word(rest);  // from 9.11 on
  const std::size_t port = find_octet(rest, '#');
  if (port == std::string_view::npos || port > find_octet(rest, ' ')) return otherwise;
  out.client = rest.substr(0, port);
  rest.remove_prefix(port);
  return skip_to_message(rest) ? read_message(rest, out) : otherwise;
}

}  // namespace

constinit const LogFormat bind_query{.name = "bind-query",
                                     .title = "BIND query log",
                                     .reference = "BIND 9 Administrator Reference Manual, categories queries, query-errors and responses",
                                     .parse_line = &parse_line,
                                     .has_local_time = true,
                                     .program = "named"};

}  // namespace mainstay
