// PowerDNS Recursor: queries logged with quiet=no, as key="value" and in the older sentences. Lines of the trace are passed over.
#include <charconv>

#include "ingest/logs/client_sketch.h"
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat powerdns_recursor;

namespace {

/// Takes `key="value"` and a blank off the front; a quotation mark inside is escaped.
bool take_pair(std::string_view& text, std::string_view& key, std::string_view& value) {
  const std::size_t equals = find_octet(text, '=');
  if (equals == std::string_view::npos || equals + 1 >= text.size() || text[equals + 1] != '"') return false;
  std::size_t end = find_octet(text, '"', equals + 2);
  while (end != std::string_view::npos && text[end - 1] == '\\') end = find_octet(text, '"', end + 1);
  if (end == std::string_view::npos) return false;
  key = text.substr(0, equals);
  value = text.substr(equals + 2, end - equals - 2);
  text.remove_prefix(end + 1);
  if (text.starts_with(' ')) text.remove_prefix(1);
  return true;
}

/// A value without the backslashes that quotation marks and backslashes stand behind in it.
std::string_view unescaped(std::string_view value, LineScratch& scratch) {
  if (find_octet(value, '\\') == std::string_view::npos) return value;
  char* const plain = scratch.room(value.size());
  std::size_t size = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\\' && at + 1 < value.size()) ++at;
    plain[size++] = value[at];
  }
  return {plain, size};
}

/// "1795239134.276" in microseconds.
std::int64_t epoch(std::string_view text) {
  const std::int64_t milliseconds = thousandths(text);
  return milliseconds <= 0 ? LogLine::kNoTime : milliseconds * 1000;
}

LineVerdict read_pairs(std::string_view text, LogLine& out, LineScratch& scratch) {
  std::string_view key, value, message;
  while (take_pair(text, key, value)) {
    if (key == "msg") message = value;
    if (key == "qname") out.name = unescaped(value, scratch);
    if (key == "qtype") out.type = value;
    if (key == "remote") out.client = address_of_endpoint(value);
    if (key == "rcode") out.rcode = rcode_word(value, scratch);
    if (key == "totms") out.latency = thousandths(value);
    if (key == "ts") out.time = epoch(value);
  }
  if (out.name.empty() || out.type.empty() || out.client.empty()) return LineVerdict::other;
  if (message == "Question" || message == "TCP question") return LineVerdict::query;
  out.step = LineStep::answered;
  const bool is_answer = message == "Answer" || message.ends_with("uestion answered from packet cache");
  return is_answer ? LineVerdict::query : LineVerdict::other;
}

/// Takes "'www.corp.example|A'" off the front.
bool take_question(std::string_view& text, LogLine& out) {
  if (!text.starts_with('\'')) return false;
  const std::size_t end = text.find('\'', 1);
  if (end == std::string_view::npos) return false;
  const std::string_view question = text.substr(1, end - 1);
  const std::size_t bar = question.rfind('|');
  if (bar == std::string_view::npos) return false;
  out.name = question.substr(0, bar);
  out.type = question.substr(bar + 1);
  text.remove_prefix(end + 1);
  return !out.name.empty() && !out.type.empty();
}

/// The text behind `mark` up to a comma or a blank.
std::string_view behind(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + mark.size());
  return text.substr(0, text.find_first_of(", "));
}

/// The number in front of " tot ms", in microseconds.
std::int64_t total_of(std::string_view text) {
  const std::size_t end = text.find(" tot ms");
  if (end == std::string_view::npos) return -1;
  const std::size_t begin = text.rfind(' ', end - 1);
  return begin == std::string_view::npos ? -1 : thousandths(text.substr(begin + 1, end - begin - 1));
}

/// `1 [3/1] question for 'n|A' from 192.0.2.1:42765` and `1 [3/1] answer to question 'n|A': ... 3.429 tot ms, ... rcode=0`. Only the former
/// has the client, and the number in brackets joins them.
LineVerdict read_sentence(std::string_view text, LogLine& out, LineScratch& scratch) {
  constexpr std::string_view kAsked = "question for ";
  constexpr std::string_view kAnswered = "answer to question ";
  const std::string_view whole = text;
  const std::size_t open = text.find('[');
  const std::size_t close = text.find("] ", open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos || open > 8) return LineVerdict::other;
  out.transaction = (ClientSketch::hash_of(whole.substr(0, close)) | 4) << 2;
  text.remove_prefix(close + 2);
  if (text.starts_with("TCP ")) text.remove_prefix(4);
  const bool is_answer = text.starts_with(kAnswered);
  if (!is_answer && !text.starts_with(kAsked)) return LineVerdict::other;
  text.remove_prefix(is_answer ? kAnswered.size() : kAsked.size());
  if (!take_question(text, out)) return LineVerdict::other;
  if (!is_answer) {
    out.client = address_of_endpoint(behind(text, "from "));
    return out.client.empty() ? LineVerdict::other : LineVerdict::query;
  }
  out.step = LineStep::answered;
  out.rcode = rcode_word(behind(text, "rcode="), scratch);
  out.latency = total_of(text);
  return LineVerdict::query;
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  std::string_view rest = line;
  if (!skip_yearless_time(rest)) {
    if (const auto time = take_iso_time(rest)) out.time = *time;
  }
  const bool has_time = rest.size() < line.size();
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  if (rest.starts_with("msg=\"")) return read_pairs(rest, out, scratch);
  const bool is_worker = !rest.empty() && rest.front() >= '0' && rest.front() <= '9' && rest.find(" [") < 8;
  if (is_worker) return read_sentence(rest, out, scratch);
  return has_time ? LineVerdict::other : LineVerdict::not_understood;
}

}  // namespace

constinit const LogFormat powerdns_recursor{.name = "powerdns-recursor",
                                            .title = "PowerDNS Recursor query log",
                                            .reference = "PowerDNS Recursor manual, setting quiet",
                                            .parse_line = &parse_line,
                                            .joins_lines = true};

}  // namespace mainstay
