// Google Cloud DNS: entries of Cloud Logging, one JSON object a line.
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat google_cloud_dns;

namespace {

/// Lines of "name TTL class type data", separated by tabs; the last one may be cut, which three dots show.
void read_rdata(std::string_view text, LineScratch& scratch) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::string_view field[5];
    for (std::string_view& one : field) {
      const std::size_t tab = find_octet(line, '\t');
      one = line.substr(0, tab);
      line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
    }
    const JsonValue ttl{JsonKind::number, field[1]};
    if (!field[4].ends_with("...")) add_answer(scratch, type_word(field[3], scratch), field[4], ttl.whole().value_or(-1));
  }
}

bool read_payload(std::string_view text, LogLine& out, LineScratch& scratch) {
  JsonWalk walk(text);
  std::string_view key;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "queryName")
      out.name = value.text(scratch);
    else if (key == "queryType")
      out.type = type_word(value.text(scratch), scratch);
    else if (key == "responseCode")
      out.rcode = rcode_word(value.text(scratch), scratch);
    else if (key == "sourceIP")
      out.client = value.text(scratch);
    else if (key == "destinationIP")
      out.server = value.text(scratch);
    else if (key == "rdata")
      read_rdata(value.text(scratch), scratch);
    else if (key == "serverLatency") {
      constexpr std::int64_t kMost = std::int64_t{1} << 40;
      const auto milliseconds = value.whole();
      if (milliseconds && *milliseconds >= 0 && *milliseconds < kMost) out.latency = *milliseconds * 1000;
    }
  }
  return walk.is_good() && !out.name.empty() && !out.type.empty();
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  if (!line.starts_with('{')) return LineVerdict::not_understood;
  JsonWalk walk(line);
  std::string_view key, payload;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "jsonPayload" && value.kind == JsonKind::object) payload = value.raw;
    if (key != "timestamp") continue;
    std::string_view written = value.text(scratch);
    if (const auto time = take_iso_time(written)) out.time = *time;
  }
  if (!walk.is_good() || payload.empty()) return LineVerdict::not_understood;
  if (!read_payload(payload, out, scratch)) return LineVerdict::not_understood;
  out.step = LineStep::answered;
  return out.client.empty() ? LineVerdict::other : LineVerdict::query;
}

}  // namespace

constinit const LogFormat google_cloud_dns{.name = "google-cloud-dns",
                                           .title = "Google Cloud DNS query log",
                                           .reference = "Google Cloud DNS documentation, \"Use logging and monitoring\"",
                                           .parse_line = &parse_line};

}  // namespace mainstay
