// PowerDNS Authoritative Server: log-dns-queries.
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat powerdns_auth;

namespace {

/// `Remote 192.0.2.1 wants 'www.corp.example|A', do = 0, bufsize = 1232: packetcache HIT`, with the subnet behind a "<-" where there is
/// one.
LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch&) {
  constexpr std::string_view kRemote = "Remote ";
  std::string_view rest = line;
  if (!skip_yearless_time(rest)) {
    if (const auto time = take_iso_time(rest)) out.time = *time;
  }
  const LineVerdict otherwise = rest.size() < line.size() ? LineVerdict::other : LineVerdict::not_understood;  // other lines of the server
  const std::size_t remote = rest.find(kRemote);
  const std::size_t wants = rest.find(" wants '");
  if (remote == std::string_view::npos || remote > 160 || wants == std::string_view::npos || wants < remote) return otherwise;
  std::string_view client = rest.substr(remote + kRemote.size(), wants - remote - kRemote.size());
  client = take_word(client);
  out.client = address_of_endpoint(client.substr(0, client.find("<-")));
  rest.remove_prefix(wants + 8);
  const std::size_t end = rest.find('\'');
  const std::string_view question = rest.substr(0, end);
  const std::size_t bar = question.rfind('|');
  if (end == std::string_view::npos || bar == std::string_view::npos || bar == 0) return otherwise;
  out.name = question.substr(0, bar);
  out.type = question.substr(bar + 1);
  return out.type.empty() || out.client.empty() ? otherwise : LineVerdict::query;
}

}  // namespace

constinit const LogFormat powerdns_auth{.name = "powerdns-auth",
                                        .title = "PowerDNS Authoritative Server query log",
                                        .reference = "PowerDNS Authoritative Server manual, setting log-dns-queries",
                                        .parse_line = &parse_line};

}  // namespace mainstay
