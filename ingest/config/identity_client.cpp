#include "ingest/config/identity_client.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/values/ascii.h"
#include "graph/values/ip_address.h"
#include "ingest/config/file_variant.h"
#include "ingest/syntax/placeholders.h"

namespace mainstay {
namespace {

constexpr std::string_view kSeparators = " \t\r,";

std::string place_of(const Unit& unit) {
  if (unit.home().kind == ScopeKind::host) return unit.home().folder;
  const std::string& name = unit.source().name();
  return name.find('/') == std::string::npos ? std::string(".") : name.substr(0, name.rfind('/'));
}

/// "krb5.conf.dc1" is the configuration of another machine than "krb5.conf" beside it; a template is that of no machine in particular.
std::string variant_of(std::string_view file) {
  const std::string_view own = file.substr(file.rfind('/') + 1);
  const std::size_t end = own.find(".conf");
  if (end == std::string_view::npos || file_variant(file, own.substr(0, end + 5)) != FileVariant::variant) return {};
  return std::string(own.substr(end + 6));
}

Text with_holes(std::string_view written) {
  return filled_in(written, {.dollar_name = true, .dollar_paren = true}, [](std::string_view) { return std::optional<Text>(); });
}

/// The first separator from `begin` on that is not inside a placeholder: "{{ host }}.example.com" is one word.
std::size_t word_end(std::string_view list, std::size_t begin) {
  std::size_t end = begin;
  while (end < list.size() && kSeparators.find(list[end]) == std::string_view::npos) {
    const std::size_t close = list.substr(end).starts_with("{{") ? list.find("}}", end) : std::string_view::npos;
    end = close == std::string_view::npos ? end + 1 : close + 2;
  }
  return end;
}

}  // namespace

IdentityClient::IdentityClient(Unit& unit, WorkloadKind kind, std::string_view name) : unit_(unit) {
  std::string path = place_of(unit);
  const std::string variant = variant_of(unit.source().name());
  path += fmt::format("/{}{}{}", name, variant.empty() ? "" : ".", variant);
  workload_.id = fmt::format("{}:{}", word(kind), path);
  workload_.kind = kind;
  workload_.name = variant.empty() ? std::string(name) : fmt::format("{} ({})", name, variant);
  workload_.scope = unit.home().id;
  workload_.reasons.push_back(unit.declared({}));
}

void IdentityClient::asks(Role role, std::string_view server, const Listed& listed) {
  if (server.empty() || server.starts_with("ldapi:") || server.starts_with('/')) return;
  const std::optional<UrlParts> parts = split_url(with_holes(server));
  const std::optional<std::string> known = parts ? parts->host.known() : std::nullopt;
  if (!parts || (known && !IpAddress::parse(*known) && !DomainName::parse(*known))) {
    unit_.error(listed.where, fmt::format("'{}' is no server", server), "write a host name, an address or a URL");
    return;
  }
  const bool is_address = known && (IpAddress::parse(*known) || *known == "localhost");
  add(role, {.host = parts->host, .port = parts->port, .bypasses_dns = is_address}, listed);
}

void IdentityClient::finds(Role role, std::string_view service, std::string_view domain, const Listed& listed) {
  Text owner(fmt::format("{}.", service));
  owner.append(with_holes(ascii_lower(domain)));
  if (!owner.known_domain()) {
    unit_.note(listed.where, fmt::format("the domain of the {} records that name the servers is not known", service));
    return;
  }
  add(role, {.host = std::move(owner)}, listed);
}

void IdentityClient::add(Role role, Use use, const Listed& listed) {
  needs_ = true;
  use.workload = workload_.id;
  use.role = role;
  use.key = listed.setting;
  use.alternative = listed.alternative;
  use.reasons.push_back(unit_.declared(listed.where));
  if (!listed.by_default.empty()) use.reasons.push_back(Evidence::by_default(std::string(listed.by_default)));
  unit_.add(std::move(use));
}

void IdentityClient::finish() {
  if (needs_) unit_.add(std::move(workload_));
}

std::vector<ListedWord> listed_words(std::string_view list, Location where) {
  std::vector<ListedWord> words;
  std::size_t begin = list.find_first_not_of(kSeparators);
  while (begin != std::string_view::npos) {
    const std::size_t end = word_end(list, begin);
    Location at = where;
    // A value of several lines stands at its first line; words further on are reported there.
    const std::size_t first = where.begin + begin;
    const std::size_t last = where.begin + end;
    if (last <= where.end) at = {where.source, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
    words.push_back({list.substr(begin, end - begin), at});
    begin = list.find_first_not_of(kSeparators, end);
  }
  return words;
}

std::vector<ListedWord> listed_words(const Unit& unit, const Line& line) {
  if (line.words.size() < 2) return {};
  const Location rest{line.where.source, line.words[1].where.begin, line.where.end};
  return listed_words(std::string_view(unit.source(rest.source).bytes()).substr(rest.begin, rest.end - rest.begin), rest);
}

}  // namespace mainstay
