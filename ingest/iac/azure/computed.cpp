// What is known of properties that Azure computes. This file is a table.
// Source: the resource reference at learn.microsoft.com/azure/templates; the host-name forms of the services' own manuals.
#include <algorithm>
#include <iterator>
#include <string>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/program.h"

namespace mainstay::azure {
namespace {

struct Row {
  std::string_view type, property, known;
};

constexpr Row kForms[] = {
    {"microsoft.keyvault/vaults", "properties.vaulturi", "https://{name}.vault.azure.net/"},
    {"microsoft.network/trafficmanagerprofiles", "properties.dnsconfig.fqdn", "{properties.dnsConfig.relativeName}.trafficmanager.net"},
    {"microsoft.storage/storageaccounts", "properties.primaryendpoints.blob", "https://{name}.blob.core.windows.net/"},
    {"microsoft.storage/storageaccounts", "properties.primaryendpoints.web", "https://{name}.web.core.windows.net/"},
    {"microsoft.web/sites", "properties.defaulthostname", "{name}.azurewebsites.net"},
    {"microsoft.apimanagement/service", "properties.gatewayurl", "https://{name}.azure-api.net"},
};

constexpr Row kPatterns[] = {
    {"microsoft.app/containerapps", "properties.configuration.ingress.fqdn", "*.*.azurecontainerapps.io"},
    {"microsoft.cdn/profiles/afdendpoints", "properties.hostname", "*.azurefd.net"},
    {"microsoft.cdn/profiles/endpoints", "properties.hostname", "*.azureedge.net"},
    {"microsoft.containerservice/managedclusters", "properties.fqdn", "*.*.azmk8s.io"},
    {"microsoft.containerservice/managedclusters", "properties.oidcissuerprofile.issuerurl", "*.oic.prod-aks.azure.com"},
    {"microsoft.network/frontdoors", "properties.cname", "*.azurefd.net"},
    {"microsoft.network/publicipaddresses", "properties.dnssettings.fqdn", "*.*.cloudapp.azure.com"},
    {"microsoft.web/staticsites", "properties.defaulthostname", "*.azurestaticapps.net"},
};

template <std::size_t N>
std::string_view find(const Row (&rows)[N], std::string_view type, std::string_view property) {
  const std::string wanted = ascii_lower(type), path = ascii_lower(property);
  const Row* found =
      std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return row.type == wanted && row.property == path; });
  return found == std::end(rows) ? std::string_view() : found->known;
}

template <std::size_t N>
bool has_below(const Row (&rows)[N], std::string_view type, std::string_view property) {
  const std::string wanted = ascii_lower(type), path = ascii_lower(property) + ".";
  return std::any_of(std::begin(rows), std::end(rows),
                     [&](const Row& row) { return row.type == wanted && row.property.starts_with(path); });
}

}  // namespace

std::string_view computed_form(std::string_view type, std::string_view property) { return find(kForms, type, property); }

std::string_view computed_pattern(std::string_view type, std::string_view property) { return find(kPatterns, type, property); }

bool has_computed_below(std::string_view type, std::string_view property) {
  return has_below(kForms, type, property) || has_below(kPatterns, type, property);
}

}  // namespace mainstay::azure
