// resolv.conf: the stub resolver of one host, read as glibc reads it (resolv.conf(5); resolv/res_init.c of glibc 2.36).
#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "graph/values/domain_name.h"
#include "ingest/config/file_variant.h"
#include "ingest/config/stub_options.h"
#include "ingest/ingester.h"
#include "ingest/syntax/lines.h"

namespace mainstay {
extern const Ingester resolv_conf;

namespace {

constexpr std::size_t kMaxServers = 3;  // MAXNS in <resolv.h>: libc never asks a fourth server

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool has_server_line(std::string_view head) {
  LineReader lines(head, SourceId{}, {.comments = "#;"});
  for (Line line; lines.next(line);) {
    if (line.words.size() >= 2 && line.words[0].text == "nameserver") return true;
  }
  return false;
}

Claim claims(std::string_view name, std::string_view head) {
  switch (file_variant(name, "resolv.conf")) {
    case FileVariant::itself: return Claim::by_name;
    case FileVariant::variant: return has_server_line(head) ? Claim::by_content : Claim::no;
    case FileVariant::templated:  // without its values it names no server, which would mean the local machine
    case FileVariant::none: break;
  }
  return Claim::no;
}

/// The host's own stub is etc/resolv.conf; any other file of that name is the stub of whatever its folder stands for.
std::string scope_of(const Unit& unit) {
  const std::string& name = unit.source().name();
  const HomeScope& home = unit.home();
  const std::string own = home.folder.empty() ? "etc/resolv.conf" : home.folder + "/etc/resolv.conf";
  if (home.kind == ScopeKind::host && name == own) return home.id;
  const std::size_t slash = name.rfind('/');
  std::string folder = slash == std::string::npos ? std::string(".") : name.substr(0, slash);
  if (base_name(name) != "resolv.conf") folder += fmt::format("/{}", base_name(name));
  return "host:" + folder;
}

/// An address as glibc reads it: inet_aton for IPv4, which also takes "10.1", and IPv6 with an optional %zone.
std::optional<IpAddress> address_of(std::string_view text) {
  if (Result<IpAddress> address = IpAddress::parse(text.substr(0, text.find('%')))) return *address;
  in_addr loose{};
  char dotted[INET_ADDRSTRLEN] = {};
  if (text.size() > INET_ADDRSTRLEN || inet_aton(std::string(text).c_str(), &loose) == 0) return std::nullopt;
  if (inet_ntop(AF_INET, &loose, dotted, sizeof dotted) == nullptr) return std::nullopt;
  if (Result<IpAddress> address = IpAddress::parse(dotted)) return *address;
  return std::nullopt;
}

void read_server(Unit& unit, const Line& line, Stub& stub) {
  if (line.words.size() < 2) {
    unit.error(line.words[0].where, "nameserver needs an address");
    return;
  }
  const Word& word = line.words[1];
  // glibc ends the address at a blank, '#' or ';' and ignores what follows.
  const std::string_view text = word.text.substr(0, word.text.find_first_of("#;"));
  const std::optional<IpAddress> address = address_of(text);
  if (!address) {
    unit.error(word.where, fmt::format("'{}' is not an IP address", text), "nameserver takes one literal address; a host name is ignored");
    return;
  }
  Upstream upstream{.address = address, .asked = stub.servers.size() < kMaxServers};
  upstream.reasons.push_back(unit.declared(word.where));
  if (!upstream.asked) {
    unit.note(word.where, "glibc and musl ask only the first three servers; this one is never asked", "resolv.conf(5), MAXNS");
  }
  stub.servers.push_back(std::move(upstream));
}

void read_search(Unit& unit, const Line& line, Stub& stub) {
  const bool is_domain = line.words[0].text == "domain";
  if (line.words.size() < 2) return;  // glibc leaves the list as it was
  if (!stub.search.empty()) {
    unit.note(line.words[0].where, "an earlier search or domain line is replaced by this one", "the last line wins (resolv.conf(5))");
  }
  stub.search.clear();
  const std::size_t end = is_domain ? 2 : line.words.size();
  for (std::size_t at = 1; at < end; ++at) {
    const Word& word = line.words[at];
    if (word.text.starts_with('#') || word.text.starts_with(';')) {
      unit.warning(word.where, "a comment after a search list is read as more domains", "comments start in the first column only");
      return;
    }
    if (const Result<DomainName> domain = DomainName::parse(word.text); !domain) {
      unit.error(word.where, fmt::format("'{}' is not a domain: {}", word.text, domain.error()));
      continue;
    }
    stub.search.emplace_back(word.text);
  }
}

struct NumberOption {
  std::string_view name;
  std::uint32_t cap;
  std::optional<std::uint32_t> Stub::*member;
};
// RES_MAXNDOTS, RES_MAXRETRANS, RES_MAXRETRY in <resolv.h>
constexpr NumberOption kNumbers[] = {{"ndots", 15, &Stub::ndots}, {"timeout", 30, &Stub::timeout}, {"attempts", 5, &Stub::attempts}};
constexpr std::string_view kFlags[] = {"debug",         "rotate",     "no-check-names", "inet6",          "ip6-bytestring",
                                       "no-ip6-dotint", "ip6-dotint", "edns0",          "single-request", "single-request-reopen",
                                       "no-tld-query",  "use-vc",     "no-reload",      "trust-ad",       "no-aaaa"};

void read_number(Unit& unit, const Word& word, const NumberOption& option, Stub& stub) {
  const std::string_view text = word.text.substr(option.name.size() + 1);
  std::uint32_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure == std::errc::result_out_of_range) value = option.cap + 1;
  if (end == text.data() || (end != text.data() + text.size() && failure == std::errc{})) {
    unit.error(word.where, fmt::format("{} needs a whole number; glibc reads {} here", option.name, value));
  }
  if (value > option.cap) {
    unit.note(word.where, fmt::format("glibc caps {} at {}", option.name, option.cap));
    value = option.cap;
  }
  stub.*option.member = value;
}

void read_option(Unit& unit, const Word& word, Stub& stub) {
  for (const NumberOption& option : kNumbers) {
    if (word.text.starts_with(option.name) && word.text.substr(option.name.size()).starts_with(':')) {
      read_number(unit, word, option, stub);
      return;
    }
  }
  set_stub_flag(word.text, stub);
  for (const std::string_view flag : kFlags) {
    if (word.text == flag) return;
  }
  unit.note(word.where, fmt::format("option '{}' is not one of resolv.conf(5); glibc ignores it", word.text));
}

/// A line that a program fills in before libc sees it may stand for any number of servers.
bool is_for_a_template(std::string_view keyword) { return keyword.find_first_of("${<@") != std::string_view::npos; }

/// False when the line stands for others that are not known.
bool read_line(Unit& unit, const Line& line, Stub& stub) {
  const Word& keyword = line.words[0];
  const bool known = keyword.text == "nameserver" || keyword.text == "search" || keyword.text == "domain" || keyword.text == "options" ||
                     keyword.text == "sortlist";
  if (!known) {
    if (line.indented && (keyword.text.starts_with('#') || keyword.text.starts_with(';'))) return true;
    if (is_for_a_template(keyword.text)) return false;
    unit.note(keyword.where, fmt::format("'{}' is not a keyword of resolv.conf(5); the line is ignored", keyword.text));
  } else if (line.indented) {
    unit.warning(keyword.where, "the line is ignored: white space stands before the keyword",
                 "glibc and musl read a keyword in the first column only");
  } else if (keyword.text == "nameserver") {
    read_server(unit, line, stub);
  } else if (keyword.text == "search" || keyword.text == "domain") {
    read_search(unit, line, stub);
  } else if (keyword.text == "options") {
    for (std::size_t at = 1; at < line.words.size(); ++at) read_option(unit, line.words[at], stub);
  }
  return true;
}

/// Without a search list glibc searches the domain part of the host's own name.
void add_host_domain(Unit& unit, Stub& stub) {
  const std::string& name = unit.source().name();
  const std::string beside = name.substr(0, name.rfind('/') + 1) + "hostname";
  const std::vector<std::string> names = unit.tree().names_below(name.substr(0, name.rfind('/')));
  if (!stub.search.empty() || stub.scope != unit.home().id || std::find(names.begin(), names.end(), beside) == names.end()) return;
  const Source* source = unit.include(beside, Location{});
  if (source == nullptr) return;
  LineReader lines(source->bytes(), unit.id_of(*source), {.comments = "#"});
  Line line;
  if (!lines.next(line)) return;
  const std::size_t dot = line.words[0].text.find('.');
  if (dot == std::string_view::npos || !DomainName::parse(line.words[0].text.substr(dot + 1))) return;
  stub.search.emplace_back(line.words[0].text.substr(dot + 1));
  stub.reasons.push_back(unit.declared(line.words[0].where));
}

/// One file gives one Stub fact: the servers in file order, each with the place it was written.
void read(Unit& unit) {
  Stub stub{.scope = scope_of(unit), .library = ResolverLibrary::glibc};
  std::optional<Location> first;
  LineReader lines(unit.source().bytes(), SourceId{}, {.comments = "#;"});
  for (Line line; lines.next(line);) {
    if (!first) first = line.where;
    if (read_line(unit, line, stub)) continue;
    unit.warning(line.where, "the line is filled in by a program, so the servers are not known", "scan the file as it is installed");
    return;
  }
  stub.reasons.push_back(unit.declared(first.value_or(Location{})));
  stub.reasons.push_back(Evidence::assumed("the resolver library is glibc: resolv.conf does not say who reads it"));
  add_host_domain(unit, stub);
  if (stub.servers.empty()) {
    Upstream local{.address = *IpAddress::parse("127.0.0.1")};
    local.reasons.push_back(Evidence::by_default("resolv.conf(5): without a nameserver line the server of the local machine is asked"));
    stub.servers.push_back(std::move(local));
  }
  unit.add(std::move(stub));
}

}  // namespace

constinit const Ingester resolv_conf{
    .name = "resolv-conf", .title = "libc stub resolver configuration", .reference = "resolv.conf(5)", .claims = &claims, .read = &read};

}  // namespace mainstay
