// CoreDNS: the plugin log in its formats common and combined, and its JSON with the usual names.
#include <charconv>
#include <utility>

#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat coredns_query;

namespace {

/// "0.001234s", as Go writes seconds here, in microseconds; -1 when it is none.
std::int64_t latency_of(std::string_view text) {
  if (!text.ends_with('s')) return -1;
  text.remove_suffix(1);
  const JsonValue seconds{JsonKind::number, text};
  return seconds.millionths().value_or(-1);
}

/// `A IN www.corp.example. udp 33 false 512` between its quotation marks.
bool read_question(std::string_view text, LogLine& out) {
  out.type = take_word(text);
  if (take_word(text) != "IN") return false;
  out.name = take_word(text);
  return !out.name.empty() && !out.type.empty();
}

/// `192.0.2.1:40212 - 42 "A IN www. udp 33 false 512" NOERROR qr,aa,rd 106 0.000066649s`.
LineVerdict read_common(std::string_view rest, LogLine& out) {
  const std::string_view remote = take_word(rest);
  out.client = address_of_endpoint(remote);
  if (remote.find(':') == std::string_view::npos || take_word(rest) != "-") return LineVerdict::not_understood;
  take_word(rest);  // the question's number
  if (!rest.starts_with('"')) return LineVerdict::not_understood;
  const std::size_t end = rest.find('"', 1);
  if (end == std::string_view::npos) return LineVerdict::not_understood;
  const std::string_view question = rest.substr(1, end - 1);
  if (!read_question(question, out)) return LineVerdict::other;
  rest.remove_prefix(end + 1);
  if (!rest.starts_with(' ')) return LineVerdict::not_understood;
  rest.remove_prefix(1);
  if (rest.starts_with('"')) {  // combined: the opcode, at one of two places
    const std::size_t close = rest.find("\" ", 1);
    if (close == std::string_view::npos) return LineVerdict::not_understood;
    rest.remove_prefix(close + 2);
  }
  out.rcode = take_word(rest);
  take_word(rest);  // flags
  take_word(rest);  // size
  out.latency = latency_of(take_word(rest));
  out.step = LineStep::answered;
  return out.rcode.empty() || out.rcode == "-" ? LineVerdict::other : LineVerdict::query;
}

/// {"remote":...,"type":...,"class":...,"name":...,"rcode":...,"duration":...}, as log formats that write JSON name them.
LineVerdict read_json(std::string_view text, LogLine& out, LineScratch& scratch) {
  JsonWalk walk(text);
  std::string_view key;
  std::string_view record_class = "IN";
  for (JsonValue value; walk.next(key, value);) {
    if (key == "remote") out.client = address_of_endpoint(value.text(scratch));
    if (key == "local") out.server = address_of_endpoint(value.text(scratch));
    if (key == "name") out.name = value.text(scratch);
    if (key == "type") out.type = value.text(scratch);
    if (key == "class") record_class = value.text(scratch);
    if (key == "rcode") out.rcode = value.text(scratch);
    if (key == "duration") out.latency = latency_of(value.text(scratch));
  }
  if (!walk.is_good() || out.client.empty() || out.name.empty() || out.type.empty() || out.rcode.empty())
    return LineVerdict::not_understood;
  out.step = LineStep::answered;
  return record_class == "IN" ? LineVerdict::query : LineVerdict::other;
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  std::string_view rest = line;
  if (const auto time = take_iso_time(rest)) {
    out.time = *time;
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  const bool is_marked = rest.starts_with("[INFO] ") || rest.starts_with("[ERROR] ") || rest.starts_with("[WARNING] ");
  const bool is_info = rest.starts_with("[INFO] ");
  if (is_info) rest.remove_prefix(7);
  if (rest.starts_with('{')) return read_json(rest, out, scratch);
  const LineVerdict verdict = read_common(rest, out);
  return verdict == LineVerdict::not_understood && is_marked ? LineVerdict::other : verdict;
}

}  // namespace

constinit const LogFormat coredns_query{
    .name = "coredns-query", .title = "CoreDNS query log", .reference = "CoreDNS manual, plugin log", .parse_line = &parse_line};

}  // namespace mainstay
