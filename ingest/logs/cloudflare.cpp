// Cloudflare: the Logpush datasets dns_logs and gateway_dns, one JSON object a line.
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const LogFormat cloudflare;

namespace {

/// RFC 3339, or seconds, milliseconds or nanoseconds since 1970, as text or as a number, as the job was set up.
std::int64_t time_of(const JsonValue& value, LineScratch& scratch) {
  constexpr std::int64_t kSeconds = 100'000'000'000;           // the year 5138
  constexpr std::int64_t kMilliseconds = 100'000'000'000'000;  // the same
  std::string_view written = value.text(scratch);
  if (const auto number = value.whole(); number && *number >= 0) {
    if (*number < kSeconds) return *number * 1000000;
    return *number < kMilliseconds ? *number * 1000 : *number / 1000;
  }
  const auto time = take_iso_time(written);
  return time ? *time : LogLine::kNoTime;
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  if (!line.starts_with('{')) return LineVerdict::not_understood;
  JsonWalk walk(line);
  std::string_view key, colo;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "QueryName")
      out.name = value.text(scratch);
    else if (key == "QueryType")
      out.type = out.type.empty() ? type_word(value.text(scratch), scratch) : out.type;
    else if (key == "QueryTypeName")
      out.type = value.text(scratch);
    else if (key == "ResponseCode" || key == "RCode")
      out.rcode = rcode_word(value.text(scratch), scratch);
    else if (key == "SourceIP" || key == "SrcIP")
      out.client = value.text(scratch);
    else if (key == "DstIP")
      out.server = value.text(scratch);
    else if (key == "ColoCode")
      colo = value.text(scratch);
    else if (key == "Timestamp" || key == "Datetime")
      out.time = time_of(value, scratch);
    else if (key == "ResolvedIPs" && value.kind == JsonKind::array) {
      JsonWalk list(value.raw);
      for (JsonValue one; list.next(one);) add_answer(scratch, "A", one.text(scratch));
    }
  }
  if (!walk.is_good() || out.name.empty() || out.type.empty() || out.client.empty() || out.time == LogLine::kNoTime)
    return LineVerdict::not_understood;
  if (out.server.empty()) out.server = colo;
  out.step = LineStep::answered;
  return LineVerdict::query;
}

}  // namespace

constinit const LogFormat cloudflare{.name = "cloudflare",
                                     .title = "Cloudflare DNS and Gateway DNS logs",
                                     .reference = "Cloudflare Logs documentation, datasets dns_logs and gateway_dns",
                                     .parse_line = &parse_line};

}  // namespace mainstay
