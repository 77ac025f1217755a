// What runs at Azure: App Service and Function apps, container apps, and the settings they are given.
// Source: learn.microsoft.com/azure/templates/microsoft.web/sites, .../sites/config-appsettings, .../microsoft.app/containerapps.
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/reading.h"

namespace mainstay::azure {
namespace {

std::string subnet_of(Reading& reading, const Value& subnet) {
  const Resource* behind = reading.program.behind(subnet);
  if (behind == nullptr || ascii_lower(behind->type) != "microsoft.network/virtualnetworks") return reading.id_of("subnet", subnet);
  // A subnet that stands inside its network: the last part of the id names it.
  const std::string shown = as_text(subnet, "subnet").display();
  return "subnet:" + behind->path + "/" + shown.substr(shown.rfind('/') + 1);
}

void use_list(Reading& reading, Resource& resource, const iac::Client& client, std::string_view path) {
  const std::vector<Value> settings = reading.items(resource, path);
  for (const Value& setting : settings) {
    const std::optional<std::string> key = known_text(part(setting, "name"));
    const Value& value = part(setting, "value");
    if (key && !value.is_null()) iac::use_setting(reading.unit, client, *key, value, reading.because(resource, setting.origin));
  }
}

void use_map(Reading& reading, Resource& resource, const iac::Client& client, std::string_view path) {
  const Value settings = iac::entries_settled(reading.value(resource, path));
  if (settings.is_unknown()) return reading.program.count_unknown("a map of settings", reading.program.where(resource, path));
  for (const Entry& entry : settings.entries)
    iac::use_setting(reading.unit, client, entry.key, entry.value, reading.because(resource, entry.value.origin));
}

void read_site(Reading& reading, Resource& resource) {
  const std::string id = reading.id("function", resource);
  Workload workload{.id = id,
                    .kind = WorkloadKind::function,
                    .name = reading.label(resource),
                    .scope = Reading::home(resource),
                    .reasons = reading.because(resource, "name")};
  const Value subnet = reading.value(resource, "properties.virtualNetworkSubnetId");
  if (!subnet.is_null()) {
    workload.scope = subnet_of(reading, subnet);
    workload.reasons.push_back(reading.because(resource, "properties.virtualNetworkSubnetId").front());
  }
  const Value identities = reading.value(resource, "identity.userAssignedIdentities");
  if (identities.entries.size() == 1) {
    // The key of the map is the id of the identity, as the source writes it.
    std::string named = identities.entries.front().key;
    for (Resource* one : reading.all_of("Microsoft.ManagedIdentity/userAssignedIdentities")) {
      if (named == "${" + one->symbol + ".id}" || named.ends_with("/" + reading.label(*one) + "}") ||
          named.ends_with("/" + reading.label(*one)))
        named = one->path;
    }
    workload.runs_as = "identity:" + named;
  }
  reading.take_purpose(workload, resource);
  reading.unit.add(std::move(workload));
  use_list(reading, resource, {.workload = id}, "properties.siteConfig.appSettings");
  reading.unit.add(Inventory{.kind = "app",
                             .host = as_text(reading.value(resource, "properties.defaultHostName"), "defaultHostName"),
                             .owner = resource.path,
                             .reasons = reading.because(resource, "name")});
}

/// Settings that stand in a resource of their own, and the providers that sign people in.
void read_site_config(Reading& reading, Resource& resource) {
  Resource* site = reading.above(resource);
  if (site == nullptr) return;
  const iac::Client client{.workload = reading.id("function", *site)};
  const std::string label = ascii_lower(reading.label(resource));
  if (label == "appsettings") return use_map(reading, resource, client, "properties");
  if (label != "authsettingsv2") return;
  const Value providers = reading.value(resource, "properties.identityProviders");
  for (const Entry& provider : providers.entries) {
    const Value& registration = part(provider.value, "registration");
    for (const std::string_view key : {"openIdIssuer", "wellKnownOpenIdConfiguration"}) {
      const Value& nested = part(part(registration, "openIdConnectConfiguration"), key);
      const Value& url = nested.is_null() ? part(registration, key) : nested;
      if (url.is_null()) continue;
      for (const Alternative& one : iac::distinct(iac::alternatives_of(url))) {
        const std::optional<UrlParts> parts = split_url(as_text(one.value, key));
        if (!parts) continue;
        reading.unit.add(Use{.workload = client.workload,
                             .host = parts->host,
                             .port = parts->port,
                             .role = Role::oidc_issuer,
                             .key = std::string(key),
                             .reasons = iac::taken_when(reading.because(resource, url.origin), one.when)});
      }
    }
  }
}

void read_container_app(Reading& reading, Resource& resource) {
  const std::string id = reading.id("container", resource);
  Workload workload{.id = id,
                    .kind = WorkloadKind::container,
                    .name = reading.label(resource),
                    .scope = Reading::home(resource),
                    .reasons = reading.because(resource, "name")};
  reading.take_purpose(workload, resource);
  reading.unit.add(std::move(workload));
  for (const Value& container : reading.items(resource, "properties.template.containers")) {
    for (const Value& setting : part(container, "env").items) {
      const std::optional<std::string> key = known_text(part(setting, "name"));
      const Value& value = part(setting, "value");
      if (key && !value.is_null()) iac::use_setting(reading.unit, {.workload = id}, *key, value, reading.because(resource, setting.origin));
    }
  }
  const Value host = reading.value(resource, "properties.configuration.ingress.fqdn");
  if (!host.is_null())
    reading.unit.add(
        Inventory{.kind = "app", .host = as_text(host, "fqdn"), .owner = resource.path, .reasons = reading.because(resource, "name")});
}

constexpr ResourceType kTypes[] = {
    {"Microsoft.App/containerApps", &read_container_app},
    {"Microsoft.Web/sites", &read_site},
    {"Microsoft.Web/sites/config", &read_site_config},
};

}  // namespace

std::span<const ResourceType> app_types() { return kTypes; }

}  // namespace mainstay::azure
