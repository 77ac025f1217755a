// Addresses and host names that are owned at Azure, and what Traffic Manager answers: what a record may point at without dangling.
// Source: learn.microsoft.com/azure/templates/microsoft.network/publicipaddresses, .../trafficmanagerprofiles, .../microsoft.cdn/profiles,
// .../microsoft.network/applicationgateways.
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/reading.h"

namespace mainstay::azure {
namespace {

void add_host(Reading& reading, const Resource& resource, std::string_view kind, const Value& host, Reasons reasons) {
  if (host.is_null()) return;
  Text text = as_text(host, "host");
  if (const std::optional<UrlParts> parts = split_url(text); parts && !parts->scheme.empty()) text = parts->host;
  reading.unit.add(Inventory{.kind = std::string(kind),
                             .host = std::move(text),
                             .address = iac::address_of(host),
                             .owner = resource.path,
                             .reasons = std::move(reasons)});
}

void read_public_ip(Reading& reading, Resource& resource) {
  Value address = reading.value(resource, "properties.ipAddress");
  if (address.is_null()) address = Value::unknown(resource.symbol + ".properties.ipAddress");
  add_host(reading, resource, "elastic-ip", address, reading.because(resource, "name"));
  if (reading.value(resource, "properties.dnsSettings.domainNameLabel").is_null()) return;
  add_host(reading, resource, "elastic-ip", reading.value(resource, "properties.dnsSettings.fqdn"),
           reading.because(resource, "properties.dnsSettings"));
}

void read_named(Reading& reading, Resource& resource, std::string_view path) {
  add_host(reading, resource, "app", reading.value(resource, path), reading.because(resource, "name"));
}

void read_front_door(Reading& reading, Resource& resource) { read_named(reading, resource, "properties.hostName"); }
void read_classic_front_door(Reading& reading, Resource& resource) { read_named(reading, resource, "properties.cName"); }
void read_static_site(Reading& reading, Resource& resource) { read_named(reading, resource, "properties.defaultHostname"); }
void read_gateway_service(Reading& reading, Resource& resource) { read_named(reading, resource, "properties.gatewayUrl"); }

void read_storage(Reading& reading, Resource& resource) {
  for (const std::string_view path : {"properties.primaryEndpoints.blob", "properties.primaryEndpoints.web"})
    add_host(reading, resource, "bucket", reading.value(resource, path), reading.because(resource, "name"));
}

/// Listeners of a gateway answer for the names that they list.
void read_application_gateway(Reading& reading, Resource& resource) {
  for (const Value& listener : reading.items(resource, "properties.httpListeners")) {
    const Value& properties = part(listener, "properties");
    add_host(reading, resource, "load-balancer", part(properties, "hostName"), reading.because(resource, listener.origin));
    for (const Value& name : part(properties, "hostNames").items)
      add_host(reading, resource, "load-balancer", name, reading.because(resource, listener.origin));
  }
}

/// A profile is a name that is answered with one of its endpoints.
void add_target(Reading& reading, Resource& profile, const Value& target, const Reasons& reasons) {
  const Value owner = reading.value(profile, "properties.dnsConfig.fqdn");
  if (owner.is_null() || target.is_null()) return;
  iac::RecordSet set{.zone = {.apex = Text("trafficmanager.net"), .zone = "trafficmanager.net.", .view = ""},
                     .owner = {},
                     .type = "CNAME",
                     .ttl = iac::ttl_of(reading.value(profile, "properties.dnsConfig.ttl")),
                     .routing = ascii_lower(reading.text(profile, "properties.trafficRoutingMethod").display()),
                     .managed_by = profile.path};
  iac::add_open_records(reading.unit, set, owner, {}, {{target, reasons}}, {});
}

Value target_of(Reading& reading, const Value& properties) {
  const Value& target = part(properties, "target");
  if (!target.is_null()) return target;
  const Value& id = part(properties, "targetResourceId");
  Resource* behind = reading.program.behind(id);
  if (behind == nullptr) return id;
  for (const std::string_view path : {"properties.defaultHostName", "properties.dnsSettings.fqdn"}) {
    Value host = reading.value(*behind, path);
    if (!host.is_null()) return host;
  }
  return id;
}

void read_traffic_manager(Reading& reading, Resource& resource) {
  add_host(reading, resource, "app", reading.value(resource, "properties.dnsConfig.fqdn"), reading.because(resource, "name"));
  for (const Value& endpoint : reading.items(resource, "properties.endpoints"))
    add_target(reading, resource, target_of(reading, part(endpoint, "properties")), reading.because(resource, endpoint.origin));
}

void read_traffic_endpoint(Reading& reading, Resource& resource) {
  Resource* profile = reading.above(resource);
  if (profile == nullptr) return;
  const Value properties = Value::of_map({{"target", reading.value(resource, "properties.target")},
                                          {"targetResourceId", reading.value(resource, "properties.targetResourceId")}});
  add_target(reading, *profile, target_of(reading, properties), reading.because(resource));
}

constexpr ResourceType kTypes[] = {
    {"Microsoft.ApiManagement/service", &read_gateway_service},
    {"Microsoft.Cdn/profiles/afdEndpoints", &read_front_door},
    {"Microsoft.Cdn/profiles/customDomains", &read_front_door},
    {"Microsoft.Cdn/profiles/endpoints", &read_front_door},
    {"Microsoft.Network/applicationGateways", &read_application_gateway},
    {"Microsoft.Network/frontDoors", &read_classic_front_door},
    {"Microsoft.Network/publicIPAddresses", &read_public_ip},
    {"Microsoft.Network/trafficManagerProfiles", &read_traffic_manager},
    {"Microsoft.Network/trafficManagerProfiles/AzureEndpoints", &read_traffic_endpoint},
    {"Microsoft.Network/trafficManagerProfiles/ExternalEndpoints", &read_traffic_endpoint},
    {"Microsoft.Storage/storageAccounts", &read_storage},
    {"Microsoft.Web/staticSites", &read_static_site},
};

}  // namespace

std::span<const ResourceType> edge_types() { return kTypes; }

}  // namespace mainstay::azure
