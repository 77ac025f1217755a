// Azure: DNSQueryLogs of a resolver policy and AZFWDnsQuery of Azure Firewall, as exported or as rows of a table.
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const LogFormat azure_dns;

namespace {

/// Members of either table, at the top of the line or inside of "properties".
bool read_members(std::string_view text, LogLine& out, LineScratch& scratch, std::string_view& record_class) {
  JsonWalk walk(text);
  std::string_view key;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "QueryName")
      out.name = value.text(scratch);
    else if (key == "QueryType")
      out.type = type_word(value.text(scratch), scratch);
    else if (key == "QueryClass")
      record_class = value.text(scratch);
    else if (key == "ResponseCode")
      out.rcode = rcode_word(value.text(scratch), scratch);
    else if (key == "SourceIpAddress" || key == "SourceIp")
      out.client = value.text(scratch);
    else if (key == "DestinationIpAddress")
      out.server = value.text(scratch);
    else if (key == "RequestDurationSecs")
      out.latency = value.millionths().value_or(-1);
    else if (key == "properties" && value.kind == JsonKind::object && !read_members(value.raw, out, scratch, record_class))
      return false;
    else if (key == "TimeGenerated" || key == "time") {
      std::string_view written = value.text(scratch);
      if (const auto time = take_iso_time(written)) out.time = *time;
    }
  }
  return walk.is_good();
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  std::string_view record_class = "IN";
  if (!line.starts_with('{') || !read_members(line, out, scratch, record_class)) return LineVerdict::not_understood;
  if (out.name.empty() || out.type.empty() || out.client.empty() || out.rcode.empty()) return LineVerdict::not_understood;
  out.step = LineStep::answered;
  return record_class == "IN" || record_class == "1" ? LineVerdict::query : LineVerdict::other;
}

}  // namespace

constinit const LogFormat azure_dns{.name = "azure-dns",
                                    .title = "Azure DNS and Azure Firewall DNS query logs",
                                    .reference = "Azure Monitor reference, tables DNSQueryLogs and AZFWDnsQuery",
                                    .parse_line = &parse_line};

}  // namespace mainstay
