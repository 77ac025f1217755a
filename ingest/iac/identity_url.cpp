#include "ingest/iac/identity_url.h"

#include "graph/values/text.h"

namespace mainstay::iac {

bool add_identity_url(Unit& unit, const IdentityUrl& from) {
  const std::optional<UrlParts> parts = split_url(from.url);
  if (!parts) return false;
  if (!from.is_use) {
    unit.add(Trust{.by = from.resource, .kind = "issuer", .value = from.url, .reasons = from.reasons});
    unit.add(Endpoint{.hosts = {parts->host}, .role = from.role, .reasons = from.reasons});
    return true;
  }
  unit.add(Workload{.id = from.workload,
                    .kind = WorkloadKind::function,
                    .name = from.name,
                    .scope = from.scope,
                    .environment = from.environment,
                    .reasons = from.resource_reasons});
  unit.add(Use{
      .workload = from.workload, .host = parts->host, .port = parts->port, .role = from.role, .key = from.key, .reasons = from.reasons});
  return true;
}

}  // namespace mainstay::iac
