#include "tests/bench/dns_log_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace mainstay {
namespace {

std::string clock_of(const Question& one) {
  const std::int64_t seconds = one.milliseconds / 1000;
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// "2026-11-27T08:00:00.123".
std::string iso_time(const Question& one) { return fmt::format("2026-11-27T{}.{:03}", clock_of(one), one.milliseconds % 1000); }

/// "1795766400.123".
std::string epoch_time(const Question& one) {
  return fmt::format("{}.{:03}", kFirstSecond + one.milliseconds / 1000, one.milliseconds % 1000);
}

int number_of_type(std::string_view type) { return type == "A" ? 1 : type == "TXT" ? 16 : type == "AAAA" ? 28 : type == "SRV" ? 33 : 65; }

int number_of_rcode(std::string_view rcode) { return rcode == "NOERROR" ? 0 : rcode == "SERVFAIL" ? 2 : 3; }

std::string bind(const Question& one) {
  return fmt::format("27-Nov-2026 {}.{:03} client @0x7f3519c78098 {}#{} ({}): view _default2: query: {} IN {} +E(0)K (10.9.1.53)\n",
                     clock_of(one), one.milliseconds % 1000, one.client, one.port, one.name, one.name, one.type);
}

std::string unbound(const Question& one) {
  return fmt::format("[{}] unbound[812:0] info: {} {}. {} IN {} {}.{:06} 0 57\n", kFirstSecond + one.milliseconds / 1000, one.client,
                     one.name, one.type, one.rcode, one.microseconds / 1000000, one.microseconds % 1000000);
}

std::string dnsmasq(const Question& one) {
  const std::string head = fmt::format("Nov 27 {} dnsmasq[28182]: {} {}/{}", clock_of(one), one.number + 1, one.client, one.port);
  const std::string_view answer = one.rcode == "NOERROR" ? "192.0.2.20" : one.rcode;
  return fmt::format("{} query[{}] {} from {}\n{} reply {} is {}\n", head, one.type, one.name, one.client, head, one.name, answer);
}

std::string coredns(const Question& one) {
  return fmt::format("{}Z stdout F [INFO] {}:{} - 29008 \"{} IN {}. udp 43 false 512\" {} qr,aa,rd,ra 84 {}.{:06}s\n", iso_time(one),
                     one.client, one.port, one.type, one.name, one.rcode, one.microseconds / 1000000, one.microseconds % 1000000);
}

std::string powerdns_recursor(const Question& one) {
  return fmt::format(
      "Nov 27 {} msg=\"Answer\" subsystem=\"syncres\" level=\"0\" prio=\"Info\" tid=\"1\" ts=\"{}\" additional=\"1\" answers=\"1\" "
      "netms=\"{}.{:03}000\" outqueries=\"1\" proto=\"udp\" qname=\"{}\" qtype=\"{}\" rcode=\"{}\" rd=\"1\" remote=\"{}:{}\" "
      "totms=\"{}.{:03}000\"\n",
      clock_of(one), epoch_time(one), one.microseconds / 1000, one.microseconds % 1000, one.name, one.type, number_of_rcode(one.rcode),
      one.client, one.port, one.microseconds / 1000, one.microseconds % 1000);
}

std::string powerdns_auth(const Question& one) {
  return fmt::format("Nov 27 {} Remote {} wants '{}|{}', do = 0, bufsize = 1232: packetcache MISS\n", clock_of(one), one.client, one.name,
                     one.type);
}

std::string windows_dns(const Question& one) {
  std::string labels;
  for (std::string_view rest = one.name; !rest.empty();) {
    const std::string_view label = rest.substr(0, rest.find('.'));
    labels += fmt::format("({}){}", label.size(), label);
    rest.remove_prefix(std::min(rest.size(), label.size() + 1));
  }
  return fmt::format("27.11.2026 {} 0E5C PACKET  04A0E5A0 UDP Rcv {:<15} {:04x}   Q [0001   D   NOERROR] {:<6} {}(0)\n", clock_of(one),
                     one.client, one.number % 65536, one.type, labels);
}

std::string adguard_home(const Question& one) {
  // The head of a DNS message: its id, its flags with the response code, and one question.
  const std::string_view code = one.rcode == "NOERROR" ? "gAAB" : one.rcode == "SERVFAIL" ? "ggAB" : "gwAB";
  return fmt::format(
      "{{\"T\":\"{}456789Z\",\"QH\":\"{}\",\"QT\":\"{}\",\"QC\":\"IN\",\"CP\":\"\",\"Answer\":\"EjSB{}AAEAAAAABWxvZ2lu\",\"Result\":{{}},"
      "\"Elapsed\":{},\"Upstream\":\"10.9.1.53:53\",\"IP\":\"{}\"}}\n",
      iso_time(one), one.name, one.type, code, std::uint64_t{one.microseconds} * 1000, one.client);
}

std::string route53(const Question& one) {
  return fmt::format(
      "{{\"version\":\"1.100000\",\"account_id\":\"111122223333\",\"region\":\"eu-central-1\",\"vpc_id\":\"vpc-1a2b3c4d\","
      "\"query_timestamp\":\"2026-11-27T{}Z\",\"query_name\":\"{}.\",\"query_type\":\"{}\",\"query_class\":\"IN\",\"rcode\":\"{}\","
      "\"answers\":[{{\"Rdata\":\"192.0.2.20\",\"Type\":\"A\",\"Class\":\"IN\"}}],\"srcaddr\":\"{}\",\"srcport\":\"{}\","
      "\"transport\":\"UDP\",\"srcids\":{{\"instance\":\"i-0d15cd0d3adcd0d3a\"}}}}\n",
      clock_of(one), one.name, one.type, one.rcode, one.client, one.port);
}

std::string google_cloud_dns(const Question& one) {
  return fmt::format(
      "{{\"insertId\":\"a{}\",\"jsonPayload\":{{\"authAnswer\":true,\"destinationIP\":\"10.156.0.2\",\"protocol\":\"UDP\",\"queryName\":\"{"
      "}.\","
      "\"queryType\":\"{}\",\"rdata\":\"{}.\\t300\\tIN\\ta\\t192.0.2.20\",\"responseCode\":\"{}\",\"serverLatency\":{},\"sourceIP\":\"{}\"}"
      "},"
      "\"resource\":{{\"type\":\"dns_query\",\"labels\":{{\"location\":\"europe-west3\",\"project_id\":\"proj\"}}}},"
      "\"timestamp\":\"{}456789Z\"}}\n",
      one.number, one.name, one.type, one.name, one.rcode, one.microseconds / 1000, one.client, iso_time(one));
}

std::string azure_dns(const Question& one) {
  return fmt::format(
      "{{\"TimeGenerated\":\"{}4567Z\",\"QueryId\":{},\"QueryName\":\"{}.\",\"QueryType\":\"{}\",\"QueryClass\":\"IN\",\"ResponseCode\":\"{"
      "}\","
      "\"ResponseFlags\":\"qr,rd,ra\",\"SourceIp\":\"{}\",\"SourcePort\":{},\"RequestDurationSecs\":{}.{:06},\"Protocol\":\"udp\"}}\n",
      iso_time(one), one.number % 65536, one.name, one.type, one.rcode, one.client, one.port, one.microseconds / 1000000,
      one.microseconds % 1000000);
}

std::string cloudflare(const Question& one) {
  return fmt::format(
      "{{\"ColoCode\":\"FRA\",\"EDNSSubnet\":\"198.51.100.0\",\"EDNSSubnetLength\":24,\"QueryName\":\"{}\",\"QueryType\":{},"
      "\"ResponseCached\":false,\"ResponseCode\":{},\"SourceIP\":\"{}\",\"Timestamp\":\"{}Z\"}}\n",
      one.name, number_of_type(one.type), number_of_rcode(one.rcode), one.client, iso_time(one));
}

std::string umbrella(const Question& one) {
  return fmt::format("\"2026-11-27 {}\",\"Office\",\"Office\",\"{}\",\"203.0.113.9\",\"Allowed\",\"{} ({})\",\"{}\",\"{}.\",\"Business\"\n",
                     clock_of(one), one.client, number_of_type(one.type), one.type, one.rcode, one.name);
}

std::string zeek(const Question& one) {
  return fmt::format(
      "{{\"ts\":{}456,\"uid\":\"C{}\",\"id.orig_h\":\"{}\",\"id.orig_p\":{},\"id.resp_h\":\"10.9.1.53\",\"id.resp_p\":53,\"proto\":\"udp\","
      "\"trans_id\":{},\"rtt\":{}.{:06},\"query\":\"{}\",\"qclass\":1,\"qclass_name\":\"C_INTERNET\",\"qtype\":{},\"qtype_name\":\"{}\","
      "\"rcode\":{},\"rcode_name\":\"{}\",\"AA\":false,\"TC\":false,\"RD\":true,\"RA\":true,\"Z\":0,\"rejected\":false}}\n",
      epoch_time(one), one.number, one.client, one.port, one.number % 65536, one.microseconds / 1000000, one.microseconds % 1000000,
      one.name, number_of_type(one.type), one.type, number_of_rcode(one.rcode), one.rcode);
}

std::string suricata(const Question& one) {
  return fmt::format(
      "{{\"timestamp\":\"{}456+0000\",\"flow_id\":{},\"event_type\":\"dns\",\"src_ip\":\"{}\",\"src_port\":{},\"dest_ip\":\"10.9.1.53\","
      "\"dest_port\":53,\"proto\":\"UDP\",\"dns\":{{\"type\":\"query\",\"id\":{},\"rrname\":\"{}\",\"rrtype\":\"{}\",\"tx_id\":0,"
      "\"opcode\":0}}}}\n",
      iso_time(one), one.number + 1, one.client, one.port, one.number % 65536, one.name, one.type);
}

constexpr LogWriter kWriters[] = {{"bind-query", &bind},
                                  {"unbound-reply", &unbound},
                                  {"dnsmasq-query", &dnsmasq},
                                  {"coredns-query", &coredns},
                                  {"powerdns-recursor", &powerdns_recursor},
                                  {"powerdns-auth", &powerdns_auth},
                                  {"windows-dns", &windows_dns},
                                  {"adguard-home", &adguard_home},
                                  {"route53-resolver", &route53},
                                  {"google-cloud-dns", &google_cloud_dns},
                                  {"azure-dns", &azure_dns},
                                  {"cloudflare", &cloudflare},
                                  {"umbrella", &umbrella},
                                  {"zeek", &zeek},
                                  {"suricata", &suricata}};

}  // namespace

std::span<const LogWriter> log_writers() { return kWriters; }

}  // namespace mainstay
