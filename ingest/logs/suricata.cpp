// Suricata: DNS events of EVE, versions 1 to 3.
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const LogFormat suricata;

namespace {

struct Event {
  std::string_view kind;  // query, request, answer, response
  std::string_view source, destination, source_port;
};

/// One element of "answers": {"rrname","rrtype","ttl","rdata"}.
void read_answer(std::string_view text, LineScratch& scratch) {
  JsonWalk walk(text);
  std::string_view key, type, data;
  std::int64_t ttl = -1;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "rrtype") type = value.text(scratch);
    if (key == "rdata") data = value.text(scratch);
    if (key == "ttl") ttl = value.whole().value_or(-1);
  }
  add_answer(scratch, type, data, ttl);
}

void read_question(std::string_view text, LogLine& out, LineScratch& scratch) {
  JsonWalk walk(text);
  std::string_view key;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "rrname") out.name = value.text(scratch);
    if (key == "rrtype") out.type = value.text(scratch);
  }
}

void read_dns(std::string_view text, Event& event, LogLine& out, LineScratch& scratch) {
  JsonWalk walk(text);
  std::string_view key, data;
  std::int64_t ttl = -1;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "type")
      event.kind = value.text(scratch);
    else if (key == "rrname")
      out.name = value.text(scratch);
    else if (key == "rrtype")
      out.type = value.text(scratch);
    else if (key == "rcode")
      out.rcode = value.text(scratch);
    else if (key == "rdata")
      data = value.text(scratch);
    else if (key == "ttl")
      ttl = value.whole().value_or(-1);
    else if ((key == "answers" || key == "queries" || key == "query") && value.kind == JsonKind::array) {
      JsonWalk list(value.raw);
      for (JsonValue one; list.next(one);) {
        if (one.kind != JsonKind::object) continue;
        if (key == "answers")
          read_answer(one.raw, scratch);
        else
          read_question(one.raw, out, scratch);
      }
    }
  }
  if (!data.empty()) add_answer(scratch, out.type, data, ttl);  // version 1: one event an answer
}

/// The client is who asked: in a reply of version 2 the packet's destination, in others its source; the port tells.
void take_ends(const Event& event, LogLine& out) {
  const bool is_from_server = event.source_port == "53" && out.step == LineStep::answered;
  out.client = is_from_server ? event.destination : event.source;
  out.server = is_from_server ? event.source : event.destination;
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  if (!line.starts_with('{')) return LineVerdict::not_understood;
  JsonWalk walk(line);
  Event event;
  std::string_view key, dns, kind;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "event_type")
      kind = value.text(scratch);
    else if (key == "src_ip")
      event.source = value.text(scratch);
    else if (key == "dest_ip")
      event.destination = value.text(scratch);
    else if (key == "src_port")
      event.source_port = value.text(scratch);
    else if (key == "dns" && value.kind == JsonKind::object)
      dns = value.raw;
    else if (key == "timestamp") {
      std::string_view written = value.text(scratch);
      if (const auto time = take_iso_time(written)) out.time = *time;
    }
  }
  if (!walk.is_good() || kind.empty()) return LineVerdict::not_understood;
  if (kind != "dns" || dns.empty()) return LineVerdict::other;
  read_dns(dns, event, out, scratch);
  out.type = type_word(out.type, scratch);
  const bool is_answer = event.kind == "answer" || event.kind == "response";
  if ((!is_answer && event.kind != "query" && event.kind != "request") || out.name.empty() || out.type.empty()) return LineVerdict::other;
  if (is_answer)
    out.step = LineStep::answered;
  else
    out.rcode = {};  // version 3 writes one with requests too
  take_ends(event, out);
  return out.client.empty() ? LineVerdict::other : LineVerdict::query;
}

}  // namespace

constinit const LogFormat suricata{.name = "suricata",
                                   .title = "Suricata EVE, DNS events",
                                   .reference = "Suricata User Guide, \"Event type: DNS\"",
                                   .parse_line = &parse_line};

}  // namespace mainstay
