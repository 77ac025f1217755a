// Zeek: dns.log as JSON, and as tab-separated columns in Zeek's usual order.
#include <array>

#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat zeek;

namespace {

constexpr std::string_view kMulticast = "5353";  // questions of mDNS go to no server

std::int64_t epoch(std::string_view text) {
  const JsonValue number{JsonKind::number, text};
  const auto time = number.millionths();
  return time ? *time : LogLine::kNoTime;
}

LineVerdict judged(LogLine& out, std::string_view record_class, std::string_view port) {
  if (out.client.empty() || out.name.empty() || out.name == "-" || out.type.empty() || out.type == "-") return LineVerdict::other;
  if (port == kMulticast || (!record_class.empty() && record_class != "C_INTERNET" && record_class != "1")) return LineVerdict::other;
  if (out.rcode == "-") out.rcode = {};
  if (!out.rcode.empty()) out.step = LineStep::answered;
  return LineVerdict::query;
}

void read_answers(std::string_view answers, std::string_view ttls, LogLine& out, LineScratch& scratch) {
  JsonWalk data(answers);
  JsonWalk times(ttls);
  JsonValue ttl;
  for (JsonValue value; data.next(value);) {
    const bool has_ttl = times.next(ttl);
    const auto seconds = has_ttl ? ttl.millionths() : std::nullopt;
    add_answer(scratch, out.type == "A" || out.type == "AAAA" ? out.type : std::string_view("-"), value.text(scratch),
               seconds ? *seconds / 1000000 : -1);
  }
}

LineVerdict read_json(std::string_view line, LogLine& out, LineScratch& scratch) {
  JsonWalk walk(line);
  std::string_view key, port, record_class, answers, ttls;
  bool has_id = false;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "ts" && value.kind == JsonKind::number)
      out.time = epoch(value.raw);
    else if (key == "ts") {
      std::string_view written = value.text(scratch);
      if (const auto time = take_iso_time(written)) out.time = *time;
    } else if (key == "id.orig_h")
      out.client = value.text(scratch);
    else if (key == "id.resp_h")
      out.server = value.text(scratch);
    else if (key == "id.resp_p")
      port = value.text(scratch);
    else if (key == "query")
      out.name = value.text(scratch);
    else if (key == "qtype_name")
      out.type = value.text(scratch);
    else if (key == "qclass")
      record_class = value.text(scratch);
    else if (key == "rcode_name")
      out.rcode = value.text(scratch);
    else if (key == "rtt")
      out.latency = value.millionths().value_or(-1);
    else if (key == "answers")
      answers = value.raw;
    else if (key == "TTLs")
      ttls = value.raw;
    has_id = has_id || key == "trans_id";
  }
  if (!walk.is_good() || !has_id) return LineVerdict::not_understood;
  const LineVerdict verdict = judged(out, record_class, port);
  if (verdict == LineVerdict::query && !answers.empty()) read_answers(answers, ttls, out, scratch);
  return verdict;
}

/// Takes what stands before the next comma off the front.
std::string_view take_element(std::string_view& text) {
  const std::size_t comma = find_octet(text, ',');
  const std::string_view element = text.substr(0, comma);
  text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  return element;
}

/// Lists of a set separator of a comma; texts with one of their own belong to other types than these.
void read_lists(std::string_view answers, std::string_view ttls, const LogLine& line, LineScratch& scratch) {
  if (answers == "-" || (line.type != "A" && line.type != "AAAA")) return;
  while (!answers.empty()) {
    const std::int64_t time = epoch(take_element(ttls));
    add_answer(scratch, line.type, take_element(answers), time < 0 ? -1 : time / 1000000);
  }
}

/// Columns: ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name qtype qtype_name rcode rcode_name
/// AA TC RD RA Z answers TTLs; what is behind the response code may be missing.
LineVerdict read_columns(std::string_view line, LogLine& out, LineScratch& scratch) {
  constexpr std::size_t kNeeded = 16;
  std::array<std::string_view, 23> column{};
  for (std::size_t at = 0; at < column.size(); ++at) {
    if (at >= kNeeded && line.empty()) break;
    const std::size_t tab = find_octet(line, '\t');
    column[at] = line.substr(0, tab);
    if (tab == std::string_view::npos && at + 1 < kNeeded) return LineVerdict::not_understood;
    line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  }
  out.time = epoch(column[0]);
  if (out.time == LogLine::kNoTime || (column[6] != "udp" && column[6] != "tcp")) return LineVerdict::not_understood;
  out.client = column[2];
  out.server = column[4];
  out.latency = column[8] == "-" ? -1 : epoch(column[8]);
  if (out.latency < 0) out.latency = -1;
  out.name = column[9];
  out.type = column[13];
  out.rcode = column[15];
  const LineVerdict verdict = judged(out, column[11] == "-" ? std::string_view() : column[11], column[5]);
  if (verdict == LineVerdict::query) read_lists(column[21], column[22], out, scratch);
  return verdict;
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  if (line.starts_with('{')) return read_json(line, out, scratch);
  if (line.starts_with('#'))
    return line.starts_with("#fields") || line.starts_with("#separator") || line.find('\t') != std::string_view::npos
               ? LineVerdict::other
               : LineVerdict::not_understood;
  return read_columns(line, out, scratch);
}

}  // namespace

constinit const LogFormat zeek{.name = "zeek", .title = "Zeek dns.log", .reference = "Zeek manual, dns.log", .parse_line = &parse_line};

}  // namespace mainstay
