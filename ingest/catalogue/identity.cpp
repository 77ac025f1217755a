#include "ingest/catalogue/identity.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "graph/values/ascii.h"
#include "graph/values/ip_address.h"

namespace mainstay {
namespace {

template <std::size_t kSize>
bool is_one_of(std::string_view text, const std::array<std::string_view, kSize>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// The parts of a list.
std::vector<Text> parts_of(const Text& value) {
  constexpr std::string_view kSeparators = " \t\r\n,;";
  const std::string shape = value.skeleton();
  std::vector<Text> parts;
  std::size_t begin = shape.find_first_not_of(kSeparators);
  while (begin != std::string::npos) {
    const std::size_t end = std::min(shape.find_first_of(kSeparators, begin), shape.size());
    parts.push_back(value.slice(begin, end));
    begin = shape.find_first_not_of(kSeparators, end);
  }
  return parts;
}

/// Whether people write the name of a host into that setting, rather than an address of the web.
bool holds_bare_names(std::string_view key) {
  constexpr std::array<std::string_view, 8> kEnds = {"host", "hosts", "hostname", "server", "servers", "kdc", "kdcs", "address"};
  const std::string low = ascii_lower(key);
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return low.ends_with(end); });
}

bool is_network_scheme(std::string_view scheme) {
  constexpr std::array<std::string_view, 12> kSchemes = {"http", "https", "ldap", "ldaps", "grpc", "grpcs",
                                                         "tcp",  "udp",   "tls",  "ssl",   "ws",   "wss"};
  return is_one_of(scheme, kSchemes);
}

/// "jwks.json" is a file, though no rule of DNS forbids the name.
bool is_file_name(std::string_view name) {
  constexpr std::array<std::string_view, 12> kKinds = {"json", "pem", "crt", "cer", "key", "conf",
                                                       "yaml", "yml", "xml", "txt", "jks", "properties"};
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && is_one_of(name.substr(dot + 1), kKinds);
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// Whether a known host that is no address can be meant as the name of one.
bool is_plausible_name(std::string_view key, const UrlParts& parts, std::string_view host) {
  constexpr std::array<std::string_view, 8> kNoNames = {"true", "false", "yes", "no", "on", "off", "none", "null"};
  const Result<DomainName> name = DomainName::parse(host);
  if (!name || name->is_root() || is_one_of(name->host(), kNoNames)) return false;
  const std::string_view last = name->labels().back();
  if (is_number(last)) return false;
  if (!parts.scheme.empty() || parts.port) return true;
  if (name->dots() > 0) return !is_file_name(name->host());
  return parts.path.empty() && holds_bare_names(key);
}

std::optional<NamedEndpoint> endpoint_in(std::string_view key, const Text& part) {
  std::optional<UrlParts> parts = split_url(part);
  if (!parts || (!parts->scheme.empty() && !is_network_scheme(parts->scheme))) return std::nullopt;
  NamedEndpoint named{.host = parts->host, .port = parts->port};
  const std::optional<std::string> known = named.host.known();
  if (!known) return named;
  const std::string low = ascii_lower(*known);
  named.is_address = static_cast<bool>(IpAddress::parse(*known)) || low == "localhost" || low.ends_with(".localhost");
  if (!named.is_address && !is_plausible_name(key, *parts, *known)) return std::nullopt;
  return named;
}

}  // namespace

std::vector<NamedEndpoint> endpoints_in(std::string_view key, const Text& value) {
  std::vector<NamedEndpoint> all;
  for (const Text& part : parts_of(value)) {
    std::optional<NamedEndpoint> named = endpoint_in(key, part);
    if (!named) return {};
    all.push_back(*std::move(named));
  }
  return all;
}

std::vector<NamedEndpoint> identity_endpoints(const Catalogue& catalogue, std::string_view key, const Text& value) {
  const KnownKey* known_key = catalogue.key(key);
  std::vector<NamedEndpoint> all = endpoints_in(key, value);
  if (known_key != nullptr) {
    for (NamedEndpoint& named : all) named.role = known_key->role;
    return all;
  }
  std::erase_if(all, [&](NamedEndpoint& named) {
    const KnownHost* row = catalogue.host(named.host);
    if (row == nullptr || fit(row->pattern, named.host) != Fit::certain) return true;
    named.role = row->role;
    return false;
  });
  return all;
}

}  // namespace mainstay
