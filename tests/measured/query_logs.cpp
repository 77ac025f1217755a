// query_logs SERVER: what is read out of a query log, held against the questions that the server was asked. The server is a real one, on
// loopback, and asks nobody but this program. Exit status: 0 all the same, 1 not, 2 wrong usage, 77 the server is not installed.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ingest/logs/observe.h"
#include "tests/measured/dns_exchange.h"
#include "tests/measured/started_server.h"

namespace mainstay {
namespace {

constexpr int kSkipped = 77;
namespace fs = std::filesystem;

/// Where a server runs and what it may ask.
struct Place {
  fs::path folder;
  std::uint16_t port = 0;
  std::uint16_t upstream = 0;
};

/// How much a log says of response codes.
enum class Codes { none, failures, answers, once, all };

/// A server, how it is started, and what its log can say.
struct LoggingServer {
  const char* name;
  const char* program;
  const char* format;
  Codes codes;
  const char* second;  // another address that it listens on
  const char* blank;   // how a blank of a name is written
  std::vector<std::string> (*command)(const Place& place);
  std::vector<std::string> (*receiver)(const Place& place) = nullptr;  // what has to run before it
};

constexpr const char* kSecondAddress = "127.77.0.53";

/// `also` stands among its options.
std::vector<std::string> bind_with(const Place& place, const std::string& also) {
  write_file(place.folder / "zone", "$TTL 60\n@ SOA ns host 1 7200 900 1209600 60\n@ NS ns\nns A 127.0.0.1\n* A 192.0.2.10\n");
  write_file(
      place.folder / "named.conf",
      fmt::format("options {{ directory \"{0}\"; listen-on port {1} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; pid-file none;\n"
                  "  recursion yes; querylog yes; dnssec-validation no; session-keyfile none; lock-file none;\n"
                  "  forward only; forwarders {{ 127.0.0.1 port {2}; }}; {3} }};\ncontrols {{ }};\n"
                  "logging {{ channel q {{ file \"{0}/queries.log\"; print-time iso8601-utc; print-category yes; severity debug 3; }};\n"
                  "  category queries {{ q; }}; category query-errors {{ q; }}; }};\n"
                  "zone \"barred.example\" {{ type primary; file \"{0}/zone\"; allow-query {{ none; }}; }};\n",
                  place.folder.string(), place.port, place.upstream, also));
  return {"named", "-f", "-n", "1", "-c", (place.folder / "named.conf").string()};
}
std::vector<std::string> bind_command(const Place& place) { return bind_with(place, ""); }
std::vector<std::string> bind_dnstap(const Place& place) {
  return bind_with(place,
                   fmt::format("dnstap {{ client; auth; }}; dnstap-output file \"{}\";", (place.folder / "queries.dnstap").string()));
}

std::vector<std::string> unbound_with(const Place& place, const std::string& also) {
  write_file(place.folder / "unbound.conf",
             fmt::format("server:\n  interface: 127.0.0.1\n  interface: {3}\n  port: {1}\n  directory: \"{0}\"\n  chroot: \"\"\n"
                         "  username: \"\"\n  pidfile: \"\"\n  use-syslog: no\n  logfile: \"{0}/queries.log\"\n  log-queries: yes\n"
                         "  log-replies: yes\n  do-not-query-localhost: no\n  do-ip6: no\n  module-config: \"iterator\"\n"
                         "  access-control: 127.0.0.0/8 allow\nremote-control:\n  control-enable: no\n"
                         "forward-zone:\n  name: \".\"\n  forward-addr: 127.0.0.1@{2}\n{4}",
                         place.folder.string(), place.port, place.upstream, kSecondAddress, also));
  return {"unbound", "-d", "-c", (place.folder / "unbound.conf").string()};
}
std::vector<std::string> unbound_command(const Place& place) { return unbound_with(place, ""); }

/// It writes dnstap to a socket only, so that somebody has to stand at the other end.
std::vector<std::string> unbound_dnstap(const Place& place) {
  return unbound_with(place, fmt::format("dnstap:\n  dnstap-enable: yes\n  dnstap-socket-path: \"{}/tap\"\n"
                                         "  dnstap-log-client-query-messages: yes\n  dnstap-log-client-response-messages: yes\n",
                                         place.folder.string()));
}
std::vector<std::string> capture_command(const Place& place) {
  return {"fstrm_capture",
          "-t",
          "protobuf:dnstap.Dnstap",
          "-u",
          (place.folder / "tap").string(),
          "-w",
          (place.folder / "queries.dnstap").string()};
}

std::vector<std::string> dnsmasq_with(const Place& place, const std::string& log_queries) {
  return {"dnsmasq",
          "--keep-in-foreground",
          "--conf-file=/dev/null",
          "--pid-file",
          "--no-resolv",
          "--no-hosts",
          "--bind-interfaces",
          "--listen-address=127.0.0.1",
          fmt::format("--listen-address={}", kSecondAddress),
          fmt::format("--port={}", place.port),
          fmt::format("--server=127.0.0.1#{}", place.upstream),
          fmt::format("--log-facility={}", (place.folder / "queries.log").string()),
          "--user=",
          log_queries};
}
std::vector<std::string> dnsmasq_plain(const Place& place) { return dnsmasq_with(place, "--log-queries"); }
std::vector<std::string> dnsmasq_extra(const Place& place) { return dnsmasq_with(place, "--log-queries=extra"); }

/// Its log is what it writes to standard error.
std::vector<std::string> recursor_with(const Place& place, std::vector<std::string> settings) {
  std::string text = fmt::format(
      "local-address=127.0.0.1, {2}\nlocal-port={0}\nforward-zones-recurse=.=127.0.0.1:{1}\nhint-file=no\nsocket-dir={3}\nquiet=no\n"
      "daemon=no\ndisable-syslog=yes\nlog-timestamp=yes\nloglevel=6\ndnssec=off\nthreads=1\nsecurity-poll-suffix=\n",
      place.port, place.upstream, kSecondAddress, place.folder.string());
  for (const std::string& setting : settings) text += setting + "\n";
  write_file(place.folder / "recursor.conf", text);
  return {"pdns_recursor", "--config-dir=" + place.folder.string()};
}
std::vector<std::string> recursor_pairs(const Place& place) { return recursor_with(place, {}); }
std::vector<std::string> recursor_sentences(const Place& place) {
  return recursor_with(place, {"structured-logging=no", "disable-packetcache=yes"});
}

std::vector<std::string> auth_command(const Place& place) {
  write_file(place.folder / "zone", "$TTL 60\n@ SOA ns host 1 7200 900 1209600 60\n@ NS ns\nns A 127.0.0.1\n* A 192.0.2.10\n");
  write_file(place.folder / "zones.conf", fmt::format("zone \"example\" {{ type master; file \"{}/zone\"; }};\n", place.folder.string()));
  write_file(place.folder / "pdns.conf",
             fmt::format("launch=bind\nbind-config={0}/zones.conf\nlocal-address=127.0.0.1, {2}\nlocal-port={1}\nsocket-dir={0}\n"
                         "log-dns-queries=yes\nloglevel=6\nlog-timestamp=yes\nguardian=no\ndaemon=no\ndisable-syslog=yes\n"
                         "security-poll-suffix=\n",
                         place.folder.string(), place.port, kSecondAddress));
  return {"pdns_server", "--config-dir=" + place.folder.string()};
}

constexpr LoggingServer kServers[] = {
    {"bind", "named", "bind-query", Codes::failures, "127.0.0.1", "\\032", &bind_command},
    {"unbound", "unbound", "unbound-reply", Codes::all, kSecondAddress, "?", &unbound_command},
    {"bind-dnstap", "named", "dnstap", Codes::all, "127.0.0.1", "\\032", &bind_dnstap},
    {"unbound-dnstap", "unbound", "dnstap", Codes::all, kSecondAddress, "\\032", &unbound_dnstap, &capture_command},
    {"dnsmasq", "dnsmasq", "dnsmasq-query", Codes::answers, kSecondAddress, "\\032", &dnsmasq_plain},
    {"dnsmasq-extra", "dnsmasq", "dnsmasq-query", Codes::all, kSecondAddress, "\\032", &dnsmasq_extra},
    {"powerdns-recursor", "pdns_recursor", "powerdns-recursor", Codes::once, kSecondAddress, "\\032", &recursor_pairs},
    {"powerdns-recursor-sentences", "pdns_recursor", "powerdns-recursor", Codes::all, kSecondAddress, "\\032", &recursor_sentences},
    {"powerdns-auth", "pdns_server", "powerdns-auth", Codes::none, kSecondAddress, "\\032", &auth_command},
};

/// What is asked, and at which address; `second` is another one of the server.
std::vector<std::pair<std::string, Question>> questions(const std::string& second) {
  const std::string first = "127.0.0.1";
  const std::string other = "127.77.0.99";
  constexpr std::uint16_t kA = 1, kPtr = 12, kTxt = 16, kAaaa = 28, kSrv = 33, kNoName = 1234;
  return {
      {first, {first, {"www", "corp", "example"}, kA}},
      {first, {first, {"www", "corp", "example"}, kAaaa}},
      {first, {other, {"www", "corp", "example"}, kA}},
      {second, {first, {"www", "corp", "example"}, kA}},
      {first, {first, {"WWW", "CoRp", "example"}, kA}},
      {first, {first, {"nope", "corp", "example"}, kA}},
      {second, {other, {"nope", "corp", "example"}, kA}},
      {first, {first, {"broken", "corp", "example"}, kA}},
      {second, {first, {"broken", "corp", "example"}, kA}},
      {first, {other, {"broken", "corp", "example"}, kA}},
      {first, {first, {"a", "barred", "example"}, kA}},
      {first, {first, {"barred", "example"}, kA}},
      {first, {first, {"_ldap", "_tcp", "corp", "example"}, kSrv}},
      {first, {first, {"txt", "corp", "example"}, kTxt}},
      {first, {first, {"www", "corp", "example"}, kNoName}},
      {first, {first, {"weird name", "corp", "example"}, kA}},
      {first, {first, {"10", "2", "0", "192", "in-addr", "arpa"}, kPtr}},
      {first, {first, {"stream", "corp", "example"}, kA, true}},
      {first, {other, {"stream", "corp", "example"}, kA, true}},
  };
}

using Key = std::tuple<std::string, std::string, std::string>;  // client, name, type
struct Count {
  std::uint64_t queries = 0;
  std::map<std::string, std::uint64_t> rcodes;
};
using Counts = std::map<Key, Count>;

std::string name_of(const Question& question, std::string_view blank) {
  std::string name;
  for (const std::string& label : question.labels) {
    for (const char c : label) name += c == ' ' ? std::string(blank) : std::string(1, c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    name += '.';
  }
  return name;
}

std::string type_of(std::uint16_t type) {
  const std::map<std::uint16_t, std::string> names{{1, "A"}, {12, "PTR"}, {16, "TXT"}, {28, "AAAA"}, {33, "SRV"}};
  const auto at = names.find(type);
  return at == names.end() ? fmt::format("TYPE{}", type) : at->second;
}

/// Whether the log says that an answer had this code.
bool tells(Codes codes, const std::string& rcode) {
  const bool is_failure = rcode == "SERVFAIL" || rcode == "REFUSED";
  if (codes == Codes::none) return false;
  if (codes == Codes::failures) return is_failure;
  return codes != Codes::answers || !is_failure;
}

/// Asks everything; nothing when a question has no answer.
Counts asked(const LoggingServer& server, const Place& place) {
  const std::map<int, std::string> names{{0, "NOERROR"}, {2, "SERVFAIL"}, {3, "NXDOMAIN"}, {5, "REFUSED"}};
  Counts counts;
  for (const auto& [address, question] : questions(server.second)) {
    const auto rcode = names.find(ask_once(address, place.port, question));
    const std::string name = name_of(question, server.blank);
    if (rcode == names.end()) {
      fmt::print("no answer for {} at {}\n", name, address);
      return {};
    }
    Count& count = counts[{question.client, name, type_of(question.type)}];
    ++count.queries;
    if (tells(server.codes, rcode->second)) ++count.rcodes[rcode->second];
  }
  return counts;
}

Counts observed(const LogIngested& log) {
  Counts counts;
  for (const Fact& fact : log.facts) {
    const Observation& seen = std::get<Observation>(fact);
    if (seen.client == "127.0.0.9") continue;  // who asked whether it answers yet
    Count& count = counts[{seen.client, seen.name.text(), seen.type}];
    count.queries += seen.queries;
    for (const auto& [code, number] : seen.rcodes) count.rcodes[code] += number;
  }
  return counts;
}

/// What both sides are compared by. Where a log has a code only with the first answer, codes are those of a question, whoever asks it.
std::vector<std::string> lines_of(const Counts& counts, Codes codes) {
  std::vector<std::string> lines;
  std::map<std::string, std::set<std::string>> codes_of;
  for (const auto& [key, count] : counts) {
    const auto& [client, name, type] = key;
    std::string text = fmt::format("{} {} {}: {}", client, name, type, count.queries);
    for (const auto& [code, number] : count.rcodes) {
      codes_of[fmt::format("{} {}", name, type)].insert(code);
      if (codes != Codes::once) text += fmt::format(" {} {}", code, number);
    }
    lines.push_back(std::move(text));
  }
  if (codes != Codes::once) return lines;
  for (const auto& [question, of_it] : codes_of) lines.push_back(fmt::format("{}: {}", question, fmt::join(of_it, " ")));
  return lines;
}

bool answers_soon(std::uint16_t port) {
  for (int wait = 0; wait < 100; ++wait) {
    if (ask_once("127.0.0.1", port, {"127.0.0.9", {"ready", "corp", "example"}}) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

/// The same on both sides; otherwise prints what differs.
bool is_same(const std::vector<std::string>& wanted, const std::vector<std::string>& got) {
  for (const std::string& line : wanted) {
    if (std::ranges::find(got, line) == got.end()) fmt::print("asked, not in the log: {}\n", line);
  }
  for (const std::string& line : got) {
    if (std::ranges::find(wanted, line) == wanted.end()) fmt::print("in the log, not asked: {}\n", line);
  }
  return wanted == got;
}

int run(const LoggingServer& server, const Place& place) {
  Counts truth;
  {
    std::optional<StartedServer> receiver;
    if (server.receiver != nullptr) {
      receiver.emplace(server.receiver(place), place.folder / "receiver.log");
      for (int wait = 0; wait < 50 && !fs::exists(place.folder / "tap"); ++wait)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    const StartedServer started(server.command(place), place.folder / "output.log");
    if (!answers_soon(place.port)) {
      fmt::print("{} did not start; see {}\n", server.program, place.folder.string());
      return 1;
    }
    truth = asked(server, place);
    // An answer is sent before it is logged; unbound hands dnstap on once a second.
    std::this_thread::sleep_for(std::chrono::milliseconds(server.receiver == nullptr ? 300 : 1500));
  }
  std::string log = (place.folder / "output.log").string();
  for (const char* name : {"queries.log", "queries.dnstap"}) {
    if (fs::exists(place.folder / name)) log = (place.folder / name).string();
  }
  const LogIngested read = observe_logs(std::vector<std::string>{log}, {});
  const LogAccount& account = read.files.front();
  fmt::print("{}: {} lines: {} of queries, {} others, {} not understood\n", server.name, account.lines, account.queries, account.other,
             account.not_understood);
  const bool is_whole = account.format == server.format && account.not_understood == 0 && !truth.empty();
  if (!is_whole) fmt::print("the log was read as {}\n", account.format.empty() ? "nothing" : account.format);
  return is_same(lines_of(truth, server.codes), lines_of(observed(read), server.codes)) && is_whole ? 0 : 1;
}

}  // namespace
}  // namespace mainstay

int main(int argc, char** argv) {
  using namespace mainstay;
  const auto* const server = argc == 2 ? std::ranges::find(kServers, std::string_view(argv[1]),
                                                           [](const LoggingServer& one) { return std::string_view(one.name); })
                                       : std::end(kServers);
  if (server == std::end(kServers)) {
    fmt::print(stderr, "usage: query_logs SERVER\n");
    return 2;
  }
  for (const char* program : {server->program, server->receiver == nullptr ? server->program : "fstrm_capture"}) {
    if (is_installed(program)) continue;
    fmt::print("skipped: {} is not installed\n", program);
    return kSkipped;
  }
  std::string folder = (fs::temp_directory_path() / "mainstay-logs-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  fs::permissions(folder, fs::perms::all);  // some servers give up the rights of root
  const EverythingServer upstream;
  const int status = run(*server, {.folder = folder, .port = free_port(), .upstream = upstream.port()});
  if (status == 0) fs::remove_all(folder);
  return status;
}
