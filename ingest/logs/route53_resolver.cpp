// Amazon Route 53 Resolver query logs: one JSON object a line, with its members in any order.
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const LogFormat route53_resolver;

namespace {

void read_answers(std::string_view text, LineScratch& scratch) {
  JsonWalk answers(text);
  for (JsonValue one; answers.next(one);) {
    if (one.kind != JsonKind::object) continue;
    JsonWalk walk(one.raw);
    std::string_view key, type, data;
    for (JsonValue value; walk.next(key, value);) {
      if (key == "Rdata") data = value.text(scratch);
      if (key == "Type") type = value.text(scratch);
    }
    add_answer(scratch, type, data);
  }
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  if (!line.starts_with('{')) return LineVerdict::not_understood;
  JsonWalk walk(line);
  std::string_view key;
  std::string_view record_class = "IN";
  std::string_view network;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "query_name")
      out.name = value.text(scratch);
    else if (key == "query_type")
      out.type = value.text(scratch);
    else if (key == "query_class")
      record_class = value.text(scratch);
    else if (key == "rcode")
      out.rcode = value.text(scratch);
    else if (key == "srcaddr")
      out.client = value.text(scratch);
    else if (key == "vpc_id")
      network = value.text(scratch);
    else if (key == "answers" && value.kind == JsonKind::array)
      read_answers(value.raw, scratch);
    else if (key == "query_timestamp") {
      std::string_view written = value.text(scratch);
      if (const auto time = take_iso_time(written)) out.time = *time;
    }
  }
  if (!walk.is_good() || out.name.empty() || out.type.empty() || out.client.empty()) return LineVerdict::not_understood;
  out.server = network;  // each VPC has its own resolver
  out.step = LineStep::answered;
  return record_class == "IN" ? LineVerdict::query : LineVerdict::other;
}

}  // namespace

constinit const LogFormat route53_resolver{
    .name = "route53-resolver",
    .title = "Route 53 Resolver query log",
    .reference = "Amazon Route 53 Developer Guide, \"Values that appear in VPC Resolver query logs\"",
    .parse_line = &parse_line};

}  // namespace mainstay
