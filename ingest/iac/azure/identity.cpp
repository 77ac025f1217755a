// Identities that trust an issuer, vaults of secrets, and who may change DNS.
// Source: learn.microsoft.com/azure/templates/microsoft.managedidentity, .../microsoft.keyvault/vaults,
// .../microsoft.authorization/roleassignments; "Azure built-in roles for Networking".
#include <array>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/reading.h"
#include "ingest/iac/identity_url.h"

namespace mainstay::azure {
namespace {

void read_federated(Reading& reading, Resource& resource) {
  for (const Alternative& one : iac::distinct(iac::alternatives_of(reading.value(resource, "properties.issuer")))) {
    if (one.value.is_null()) continue;
    const bool is_read =
        iac::add_identity_url(reading.unit, {.url = as_text(one.value, "issuer"),
                                             .role = Role::oidc_issuer,
                                             .key = "issuer",
                                             .resource = resource.path,
                                             .name = reading.label(resource),
                                             .workload = reading.id("function", resource),
                                             .scope = Reading::home(resource),
                                             .resource_reasons = reading.because(resource),
                                             .reasons = iac::taken_when(reading.because(resource, "properties.issuer"), one.when)});
    if (!is_read) reading.program.count_unknown("the address of an issuer", reading.program.where(resource, "properties.issuer"));
  }
}

void read_vault(Reading& reading, Resource& resource) {
  const Value url = reading.value(resource, "properties.vaultUri");
  const std::optional<UrlParts> parts = split_url(as_text(url, "vaultUri"));
  if (!parts) return;
  reading.unit.add(Endpoint{.hosts = {parts->host},
                            .role = Role::secret_store,
                            .provider = "azure",
                            .region = reading.text(resource, "location").display(),
                            .reasons = reading.because(resource, "name")});
}

/// The roles that let write every record of a zone.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kDnsRoles = {
    {{"befefa01-2a29-4197-83a8-272ff33ce314", "DNS Zone Contributor"},
     {"b12aa53e-6015-4669-85d0-8515ebb3ae7f", "Private DNS Zone Contributor"}}};

void read_assignment(Reading& reading, Resource& resource) {
  const std::string role = ascii_lower(as_text(reading.value(resource, "properties.roleDefinitionId"), "role").display());
  for (const auto& [id, name] : kDnsRoles) {
    if (role.find(id) == std::string::npos) continue;
    Text zone("*");
    const Value scope = reading.value(resource, "scope");
    if (Resource* behind = reading.program.behind(scope)) {
      zone = ascii_lower(behind->type).ends_with("dnszones") ? iac::without_dot(as_text(reading.program.name(*behind), "zone")) : Text("*");
    } else if (!scope.is_null()) {
      zone = Text(Hole{as_text(scope, "scope").display(), {}});
    }
    const Value principal = reading.value(resource, "properties.principalId");
    reading.unit.add(Grant{.principal = reading.id_of("role", principal),
                           .action = std::string(name),
                           .resource = std::move(zone),
                           .condition = {},
                           .reasons = reading.because(resource, "properties.roleDefinitionId")});
  }
}

constexpr ResourceType kTypes[] = {
    {"Microsoft.Authorization/roleAssignments", &read_assignment},
    {"Microsoft.KeyVault/vaults", &read_vault},
    {"Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", &read_federated},
};

}  // namespace

std::span<const ResourceType> identity_types() { return kTypes; }

}  // namespace mainstay::azure
