// txt_semantics MAINSTAY: what the rules about identities in TXT records say of zones, held against a real authoritative server (named)
// and a real validating resolver (unbound) on loopback. Exit status: 0 all as the rules say, 1 not, 2 wrong usage, 77 it cannot be tried
// here.
//
// The servers know a handful of made zones and a root of their own; they ask nobody else. Both end with this program.
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <resolv.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "tests/measured/started_server.h"

namespace mainstay {
namespace {

constexpr int kSkipped = 77;
namespace fs = std::filesystem;

struct Answer {
  int rcode = -1;  // -1: no reply
  unsigned records = 0;
  bool authenticated = false;
};

/// Sends a query to a port of 127.0.0.1 and waits for the reply; the resolver library would hide SERVFAIL and the AD flag.
int exchange(std::uint16_t port, std::span<const unsigned char> query, std::span<unsigned char> reply) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ssize_t got = -1;
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) {
    for (int attempt = 0; attempt < 3 && got < 0; ++attempt) {
      if (::send(socket, query.data(), query.size(), 0) < 0) break;  // nothing listens there yet
      pollfd waiting{socket, POLLIN, 0};
      if (::poll(&waiting, 1, 2000) > 0) got = ::recv(socket, reply.data(), reply.size(), 0);
    }
  }
  ::close(socket);
  return static_cast<int>(got);
}

/// One question; DNSSEC is asked for.
Answer ask(std::uint16_t port, const std::string& name, int type = ns_t_txt) {
  struct __res_state state {};
  if (res_ninit(&state) != 0) return {};
  std::array<unsigned char, 512> query{};
  std::array<unsigned char, 4096> reply{};
  int length =
      res_nmkquery(&state, ns_o_query, name.c_str(), ns_c_in, type, nullptr, 0, nullptr, query.data(), int{query.size()} - NS_HFIXEDSZ);
  res_nclose(&state);
  if (length < NS_HFIXEDSZ) return {};
  constexpr unsigned char kOpt[] = {0, 0, ns_t_opt, 0x10, 0, 0, 0, 0x80, 0, 0, 0};  // EDNS, 4096 octets, DO
  std::copy(std::begin(kOpt), std::end(kOpt), query.begin() + length);
  query[11] = 1;  // one additional record
  length += int{sizeof kOpt};
  if (exchange(port, std::span(query).first(static_cast<std::size_t>(length)), reply) < NS_HFIXEDSZ) return {};
  return {.rcode = reply[3] & 15, .records = static_cast<unsigned>(reply[6] << 8 | reply[7]), .authenticated = (reply[3] & 0x20) != 0};
}

bool answers_soon(std::uint16_t port, const std::string& zone) {
  for (int wait = 0; wait < 100; ++wait) {
    if (ask(port, zone, ns_t_soa).rcode == ns_r_noerror) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

/// A zone with one identity in production, one host in staging, and a line of its own.
std::string zone_text(const std::string& line) {
  return "$TTL 60\n@ IN SOA ns hostmaster 1 7200 900 1209600 60\n  IN NS ns\nns IN A 127.0.0.1\n"
         "billing.prod.auth IN TXT \"v=1; id=billing; exp=2030-01-01\"\nhost.staging.auth IN A 192.0.2.1\n" +
         line + "\n";
}

struct WildcardRow {
  const char* title;
  const char* line;
};

constexpr WildcardRow kWildcards[] = {
    {"none", ""},
    {"in an environment", "*.prod.auth IN TXT \"v=1\""},
    {"in an environment without identities", "*.dev.auth IN TXT \"v=1\""},
    {"in one that exists without identities", "*.staging.auth IN TXT \"v=1\""},
    {"at the suffix", "*.auth IN TXT \"v=1\""},
    {"above the suffix, which exists", "* IN TXT \"v=1\""},
    {"below a service", "*.billing.prod.auth IN TXT \"v=1\""},
    {"an alias", "*.prod.auth IN CNAME elsewhere.example."},
    {"another type", "*.prod.auth IN A 192.0.2.1"},
};

std::string wildcard_zone(std::size_t row) { return fmt::format("w{}.example", row); }

/// Signs a zone file with a new key, and gives the key as a trust anchor. What it signs it puts in place of the file.
std::string sign(const fs::path& folder, const std::string& zone) {
  output_of(fmt::format("cd {} && dnssec-keygen -q -a ECDSAP256SHA256 -f KSK {} 2>&1", folder.string(), zone));
  output_of(
      fmt::format("cd {0} && dnssec-signzone -S -z -o {1} -f {1}.signed {1}.zone 2>&1 && mv {1}.signed {1}.zone", folder.string(), zone));
  return output_of(fmt::format("cat {}/K{}.*.key | grep -v '^;'", folder.string(), zone));
}

/// Puts another text into a record that is signed already.
void forge(const fs::path& file) {
  std::ifstream in(file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (const std::size_t at = text.find("id=billing"); at != std::string::npos) text.replace(at, 10, "id=mallory");
  write_file(file, text);
}

class Trial {
 public:
  Trial(std::string program, fs::path folder) : program_(std::move(program)), folder_(std::move(folder)) {}

  int run() {
    make_zones();
    const std::uint16_t named_port = free_port();
    const std::uint16_t unbound_port = free_port();
    write_file(folder_ / "named.conf", named_conf(named_port));
    write_file(folder_ / "unbound.conf", unbound_conf(unbound_port, named_port));
    const StartedServer named({"named", "-g", "-n", "1", "-c", (folder_ / "named.conf").string()}, folder_ / "named.log");
    const StartedServer unbound({"unbound", "-d", "-c", (folder_ / "unbound.conf").string()}, folder_ / "unbound.log");
    if (!answers_soon(named_port, "plain.example") || !answers_soon(unbound_port, "plain.example")) {
      fmt::print(stderr, "the servers did not start; see {}\n", folder_.string());
      return 1;
    }
    check_wildcards(named_port);
    check_signatures(unbound_port);
    fmt::print("{} statements held against the servers, {} wrong\n", checked_, wrong_);
    return wrong_ == 0 ? 0 : 1;
  }

 private:
  void make_zones() {
    for (std::size_t row = 0; row < std::size(kWildcards); ++row) add_zone(wildcard_zone(row), kWildcards[row].line);
    add_zone("plain.example", "");
    add_zone("forged.example", "");
    forge(folder_ / "forged.example/forged.example.zone");
    for (const char* zone : {"signed.example", "forged-signed.example"}) {
      add_zone(zone, "*.dev.auth IN TXT \"v=1\"");
      anchors_ += sign(folder_ / zone, zone);
    }
    forge(folder_ / "forged-signed.example/forged-signed.example.zone");
  }
  void add_zone(const std::string& zone, const std::string& line) {
    zones_.push_back(zone);
    write_file(folder_ / zone / (zone + ".zone"), zone_text(line));
  }

  std::string named_conf(std::uint16_t port) const {
    std::string text = fmt::format(
        "options {{ directory \"{}\"; listen-on port {} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; recursion no; pid-file none;\n"
        "  notify no; allow-transfer {{ none; }}; session-keyfile none; lock-file none; }};\ncontrols {{ }};\n",
        folder_.string(), port);
    for (const std::string& zone : zones_)
      text += fmt::format("zone \"{0}\" {{ type primary; file \"{1}/{0}/{0}.zone\"; check-integrity no; }};\n", zone, folder_.string());
    return text;
  }
  std::string unbound_conf(std::uint16_t port, std::uint16_t named_port) const {
    write_file(folder_ / "root.hints", ". 3600 NS ns.root.example.\nns.root.example. 3600 A 127.0.0.1\n");
    write_file(folder_ / "anchors", anchors_);
    std::string text = fmt::format(
        "server:\n  interface: 127.0.0.1\n  port: {}\n  directory: \"{}\"\n  chroot: \"\"\n  username: \"\"\n  pidfile: \"\"\n  "
        "use-syslog: no\n"
        "  do-not-query-localhost: no\n  root-hints: root.hints\n  trust-anchor-file: anchors\n  module-config: \"validator iterator\"\n"
        "  do-ip6: no\n  qname-minimisation: no\nremote-control:\n  control-enable: no\n",
        port, folder_.string());
    for (const std::string& zone : zones_) text += fmt::format("stub-zone:\n  name: \"{}\"\n  stub-addr: 127.0.0.1@{}\n", zone, named_port);
    return text;
  }

  bool finds(const std::string& zone, std::string_view rule) const {
    const std::string command = fmt::format("cd '{}' && '{}' scan . --format json 2>/dev/null", (folder_ / zone).string(), program_);
    return output_of(command).find(fmt::format("\"rule\": \"{}\"", rule)) != std::string::npos;
  }

  void expect(bool holds, const std::string& what) {
    ++checked_;
    if (holds) return;
    ++wrong_;
    fmt::print("wrong: {}\n", what);
  }

  /// A service that nobody registered is answered for if and only if the rule says so.
  void check_wildcards(std::uint16_t port) {
    for (std::size_t row = 0; row < std::size(kWildcards); ++row) {
      const std::string zone = wildcard_zone(row);
      bool answered = false;
      for (const char* environment : {"prod", "staging", "dev", "qa"}) {
        answered = answered || ask(port, fmt::format("nobody.{}.auth.{}", environment, zone)).records > 0;
      }
      expect(answered == finds(zone, "txtid-wildcard"),
             fmt::format("wildcard {}: a server {}", kWildcards[row].title, answered ? "answers" : "does not answer"));
    }
    // What exists with another type only is no business of the wildcard beside it.
    const Answer nodata = ask(port, "host.staging.auth." + wildcard_zone(3));
    expect(nodata.rcode == ns_r_noerror && nodata.records == 0, "a name that exists is answered for by a wildcard");
  }

  /// Where the rule is silent a forged answer is refused; where it speaks a forged answer is taken.
  void check_signatures(std::uint16_t port) {
    const std::string name = "billing.prod.auth.";
    expect(!finds("signed.example", "txtid-unauthenticated"), "a signed zone is said to be unsigned");
    const Answer secure = ask(port, name + "signed.example");
    expect(secure.rcode == ns_r_noerror && secure.authenticated, "the signed record is not authenticated");
    expect(ask(port, name + "forged-signed.example").rcode == ns_r_servfail, "a forged answer of a signed zone is not refused");
    expect(finds("plain.example", "txtid-unauthenticated"), "an unsigned zone is not said to be one");
    const Answer plain = ask(port, name + "plain.example");
    expect(plain.rcode == ns_r_noerror && !plain.authenticated, "an unsigned record is authenticated");
    const Answer forged = ask(port, name + "forged.example");
    expect(forged.rcode == ns_r_noerror && forged.records > 0, "a forged answer of an unsigned zone is refused");
    // A wildcard's answer, and the proof that there is nothing, are authenticated as well: signing does not mend a wildcard.
    const Answer expanded = ask(port, "nobody.dev.auth.signed.example");
    expect(expanded.records > 0 && expanded.authenticated, "a wildcard's answer of a signed zone is not authenticated");
    expect(finds("signed.example", "txtid-wildcard"), "the wildcard of a signed zone is not found");
    const Answer missing = ask(port, "nobody.prod.auth.signed.example");
    expect(missing.rcode == ns_r_nxdomain && missing.authenticated, "the proof that a name does not exist is not authenticated");
  }

  std::string program_;
  fs::path folder_;
  std::vector<std::string> zones_;
  std::string anchors_;
  unsigned checked_ = 0;
  unsigned wrong_ = 0;
};

}  // namespace
}  // namespace mainstay

int main(int argc, char** argv) {
  using namespace mainstay;
  if (argc != 2) {
    fmt::print(stderr, "usage: txt_semantics MAINSTAY\n");
    return 2;
  }
  for (const char* program : {"named", "unbound", "dnssec-keygen", "dnssec-signzone"}) {
    if (is_installed(program)) continue;
    fmt::print("skipped: {} is not installed\n", program);
    return kSkipped;
  }
  std::string folder = (fs::temp_directory_path() / "mainstay-txt-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  const int status = Trial(fs::absolute(argv[1]).string(), folder).run();
  if (status == 0) fs::remove_all(folder);
  return status;
}
