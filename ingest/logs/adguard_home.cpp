// AdGuard Home: querylog.json, one JSON object a line.
#include <array>

#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const LogFormat adguard_home;

namespace {

/// The response code in a message of DNS that is written in base64: the lower half of its fourth octet, which is in the fifth and the sixth
/// digit. Source: RFC 1035 section 4.1.1, RFC 4648 section 4.
std::string_view rcode_of(std::string_view message, LineScratch& scratch) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (message.size() < 6) return {};
  const std::size_t fifth = kDigits.find(message[4]);
  const std::size_t sixth = kDigits.find(message[5]);
  if (fifth == std::string_view::npos || sixth == std::string_view::npos) return {};
  return rcode_name(((fifth << 2) | (sixth >> 4)) & 0xf, scratch);
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  if (!line.starts_with('{')) return LineVerdict::not_understood;
  JsonWalk walk(line);
  std::string_view key;
  std::string_view record_class = "IN";
  for (JsonValue value; walk.next(key, value);) {
    if (key == "QH")
      out.name = value.text(scratch);
    else if (key == "QT")
      out.type = value.text(scratch);
    else if (key == "QC")
      record_class = value.text(scratch);
    else if (key == "IP")
      out.client = value.text(scratch);
    else if (key == "Answer")
      out.rcode = rcode_of(value.text(scratch), scratch);
    else if (key == "Elapsed") {
      const auto nanoseconds = value.whole();
      if (nanoseconds && *nanoseconds >= 0) out.latency = *nanoseconds / 1000;
    } else if (key == "T") {
      std::string_view written = value.text(scratch);
      if (const auto time = take_iso_time(written)) out.time = *time;
    }
  }
  if (!walk.is_good() || out.name.empty() || out.type.empty() || out.client.empty()) return LineVerdict::not_understood;
  out.step = LineStep::answered;
  return record_class == "IN" ? LineVerdict::query : LineVerdict::other;
}

}  // namespace

constinit const LogFormat adguard_home{
    .name = "adguard-home", .title = "AdGuard Home query log", .reference = "AdGuard Home wiki, \"Query log\"", .parse_line = &parse_line};

}  // namespace mainstay
