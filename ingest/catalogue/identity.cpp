#include "ingest/catalogue/identity.h"

#include "graph/values/ip_address.h"

namespace mainstay {

std::optional<NamedEndpoint> identity_endpoint(const Catalogue& catalogue, std::string_view key, const Text& value) {
  std::optional<UrlParts> parts = split_url(value);
  if (!parts) return std::nullopt;
  NamedEndpoint named{.host = std::move(parts->host), .port = parts->port};
  if (const std::optional<std::string> known = named.host.known()) named.is_address = static_cast<bool>(IpAddress::parse(*known));
  const bool plausible = named.is_address || !parts->scheme.empty() || named.host.skeleton().find('.') != std::string::npos;
  if (const KnownKey* row = catalogue.key(key); row != nullptr && plausible) {
    named.role = row->role;
    return named;
  }
  const KnownHost* row = catalogue.host(named.host);
  if (row == nullptr || fit(row->pattern, named.host) != Fit::certain) return std::nullopt;
  named.role = row->role;
  return named;
}

}  // namespace mainstay
