#include "render/tickets/http.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "graph/values/ascii.h"
#include "render/escape.h"

namespace mainstay {
namespace {

/// "127.0.0.1" and its like, "::1", "localhost": names and addresses that never leave this machine.
bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  if (!host.starts_with("127.") || host.find_first_not_of("0123456789.") != std::string_view::npos) return false;
  return std::count(host.begin(), host.end(), '.') == 3 && host.find("..") == std::string_view::npos && host.back() != '.';
}

bool is_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']'))
    return host.size() > 4 && host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
  return !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") == std::string_view::npos;
}

struct Parts {
  std::string scheme, host, port, rest;
};

/// What stands before the first slash, question mark or hash behind "://".
std::optional<Parts> parts_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  Parts parts{.scheme = ascii_lower(url.substr(0, colon))};
  url.remove_prefix(colon + 3);
  const std::size_t end = std::min(url.find_first_of("/?#\\"), url.size());
  std::string_view authority = url.substr(0, end);
  parts.rest = url.substr(end);
  const std::size_t bracket = authority.rfind(']');
  const std::size_t port = authority.rfind(':');
  if (port != std::string_view::npos && (bracket == std::string_view::npos || port > bracket)) {
    parts.port = authority.substr(port + 1);
    authority = authority.substr(0, port);
    std::uint16_t number = 0;
    const auto [stop, problem] = std::from_chars(parts.port.data(), parts.port.data() + parts.port.size(), number);
    if (problem != std::errc() || stop != parts.port.data() + parts.port.size() || number == 0) return std::nullopt;
    parts.port = std::to_string(number);
  }
  parts.host = ascii_lower(authority);
  if (!is_host(parts.host)) return std::nullopt;
  if ((parts.scheme == "https" && parts.port == "443") || (parts.scheme == "http" && parts.port == "80")) parts.port.clear();
  return parts;
}

std::string origin_of(const Parts& parts) {
  return parts.scheme + "://" + parts.host + (parts.port.empty() ? std::string() : ":" + parts.port);
}

}  // namespace

std::string_view word(HttpMethod method) {
  constexpr std::array<std::string_view, 4> kWords = {"GET", "POST", "PUT", "PATCH"};
  return kWords[static_cast<std::size_t>(method)];
}

std::string_view HttpAnswer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Result<HttpBase> http_base_of(std::string_view url) {
  const std::string shown = for_terminal(url.substr(0, 200));
  if (url.find('@') != std::string_view::npos) return Error{"the URL holds a user name; tokens come from the environment or a file"};
  const std::optional<Parts> parts = parts_of(url);
  if (!parts || (parts->scheme != "https" && parts->scheme != "http"))
    return Error{shown + " is no URL of a tracker, such as https://tracker.example"};
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/%";
  if (parts->rest.find_first_not_of(kPlain) != std::string::npos) return Error{shown + " holds more than a host and a path"};
  if (parts->scheme == "http" && !is_loopback(parts->host))
    return Error{shown + " is not https: the token would travel in the open (http is for this machine only)"};
  HttpBase base{.origin = origin_of(*parts), .path = parts->rest, .host = parts->host};
  while (base.path.ends_with('/')) base.path.pop_back();
  return base;
}

Result<std::string> same_origin_url(const HttpBase& base, std::string_view link) {
  for (const char c : link) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '\\') return Error{"a link of the tracker is no URL"};
  }
  if (link.starts_with('/') && !link.starts_with("//")) return base.origin + std::string(link);
  const std::optional<Parts> parts = parts_of(link);
  if (!parts) return Error{"a link of the tracker is no URL"};
  if (origin_of(*parts) != base.origin)
    return Error{"a link or redirect of " + base.origin + " leads to " + for_terminal(origin_of(*parts)) + ", which is not followed"};
  return base.origin + parts->rest;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '/' ? std::string("%2F") : for_uri(std::string_view(&c, 1));
  return out;
}

}  // namespace mainstay
