#include "ingest/code/kept_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "graph/values/ascii.h"
#include "graph/values/ip_address.h"
#include "ingest/catalogue/endpoint_path.h"

namespace mainstay::code {
namespace {

/// Source: RFC 2606; RFC 6761, section 6.
bool stands_for_others(std::string_view host) {
  constexpr std::array<std::string_view, 8> kNames = {"example.com", "example.org", "example.net", "example",
                                                      "test",        "invalid",     "localhost",   "local"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return host.ends_with(name) && (host.size() == name.size() || host[host.size() - name.size() - 1] == '.');
  });
}

}  // namespace

std::optional<Role> role_of_kept(const Catalogue& catalogue, const Text& url, std::optional<Role> by_name) {
  constexpr std::array<std::string_view, 4> kSchemes = {"https", "http", "ldap", "ldaps"};
  if (url.skeleton().find_first_of(" \t\r\n<>") != std::string::npos) return std::nullopt;
  const std::optional<UrlParts> parts = split_url(url);
  if (!parts || std::find(kSchemes.begin(), kSchemes.end(), parts->scheme) == kSchemes.end()) return std::nullopt;
  const KnownHost* row = catalogue.host(parts->host);
  if (row != nullptr && fit(row->pattern, parts->host) == Fit::certain) return row->role;
  const std::optional<std::string> host = parts->host.known();
  if (!host || stands_for_others(ascii_lower(*host)) || IpAddress::parse(*host)) return std::nullopt;
  return by_name ? by_name : role_of_path(parts->path.skeleton());
}

bool may_be_asked(const Text& url) {
  constexpr std::array<std::string_view, 10> kPages = {"docs",   "doc",  "developer", "developers", "support",
                                                       "status", "help", "blog",      "schemas",    "specs"};
  if (url.skeleton().find_first_of(" \t\r\n<>") != std::string::npos) return false;
  const std::optional<UrlParts> parts = split_url(url);
  if (!parts || (parts->scheme != "https" && parts->scheme != "http")) return false;
  const std::string host = ascii_lower(parts->host.known().value_or("")), path = parts->path.skeleton();
  const std::string_view first = std::string_view(host).substr(0, host.find('.'));
  const bool is_page = std::find(kPages.begin(), kPages.end(), first) != kPages.end();
  return !host.empty() && !is_page && !stands_for_others(host) && !path.starts_with("/auth/") && path.find(".html") == std::string::npos &&
         path.find("/docs") == std::string::npos;
}

bool holds_address(std::string_view name) {
  constexpr std::array<std::string_view, 11> kParts = {"url",    "uri",    "host", "endpoint", "issuer", "authority",
                                                       "domain", "server", "base", "addr",     "idp"};
  const std::string low = ascii_lower(name);
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) { return low.find(part) != std::string::npos; });
}

bool has_kept_url(const Catalogue& catalogue, std::string_view text) {
  constexpr std::size_t kMaxUrl = 512;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::size_t begin = at;
    while (begin > 0 && is_ascii_alphanumeric(text[begin - 1])) --begin;
    const char quote = begin == 0 ? '\0' : text[begin - 1];
    if (quote != '"' && quote != '\'' && quote != '`') continue;
    const std::size_t end = text.find_first_of("\"'`\n\\%$ {", at + 3);
    if (end == std::string_view::npos || end - begin > kMaxUrl) continue;
    if (role_of_kept(catalogue, Text(text.substr(begin, end - begin)))) return true;
    // The host may end in something that is put in.
    Text open(text.substr(begin, end - begin));
    if (text[end] == '"' || text[end] == '\'' || text[end] == '`') continue;
    open.append(Hole{.name = "?"});
    const std::size_t rest = text.find_first_of("\"'`\n", end);
    const std::size_t dot = text.find('.', end);
    if (rest != std::string_view::npos && dot < rest) open.append(text.substr(dot, rest - dot));
    if (role_of_kept(catalogue, open)) return true;
  }
  return false;
}

}  // namespace mainstay::code
