// Azure: DNSQueryLogs of a resolver policy and AZFWDnsQuery of Azure Firewall, as exported or as rows of a table; and the sentences that
// Azure Firewall writes into AzureFirewallDnsProxy.
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat azure_dns;

namespace {

/// "DNS Request: 10.9.1.7:50012 - 1234 AAAA IN example.com. udp 44 false 512 NOERROR qr,rd,ra 142 0.045s", as Azure Firewall's proxy writes
/// into AzureFirewallDnsProxy. False when it is something else.
bool read_request(std::string_view text, LogLine& out, std::string_view& record_class) {
  constexpr std::string_view kRequest = "DNS Request: ";
  if (!text.starts_with(kRequest)) return false;
  text.remove_prefix(kRequest.size());
  out.client = address_of_endpoint(take_word(text));
  if (take_word(text) != "-") return false;
  take_word(text);  // the question's number
  out.type = take_word(text);
  record_class = take_word(text);
  out.name = take_word(text);
  for (int fields = 0; fields < 4; ++fields) take_word(text);  // transport, size, DNSSEC, size of EDNS
  out.rcode = take_word(text);
  for (int fields = 0; fields < 2; ++fields) take_word(text);  // flags, size
  std::string_view seconds = take_word(text);
  if (!seconds.ends_with('s')) return false;
  seconds.remove_suffix(1);
  out.latency = JsonValue{JsonKind::number, seconds}.millionths().value_or(-1);
  return true;
}

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
    else if (((key == "msg" || key == "Msg_s") && !read_request(value.text(scratch), out, record_class)) ||
             (key == "properties" && value.kind == JsonKind::object && !read_members(value.raw, out, scratch, record_class)))
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
                                    .reference = "Azure Monitor reference, tables DNSQueryLogs, AZFWDnsQuery and AzureDiagnostics",
                                    .parse_line = &parse_line};

}  // namespace mainstay
