// Networks: scopes, what they use as resolver, the private resolver's endpoints and the rules that networks are linked to.
// Source: learn.microsoft.com/azure/templates/microsoft.network/virtualnetworks, .../dnsresolvers, .../dnsforwardingrulesets;
// "What is IP address 168.63.129.16?".
#include <algorithm>
#include <utility>

#include "ingest/iac/azure/reading.h"

namespace mainstay::azure {
namespace {

std::vector<Upstream> targets_of(Reading& reading, Resource& rule) {
  std::vector<Upstream> targets;
  for (const Value& target : reading.items(rule, "properties.targetDnsServers")) {
    const Value& address = part(target, "ipAddress");
    Upstream upstream{.address = iac::address_of(address), .reasons = reading.because(rule, target.origin)};
    if (!upstream.address) upstream.host = as_text(address, "ipAddress").display();
    upstream.port = static_cast<std::uint16_t>(std::min<std::size_t>(known_index(part(target, "port")).value_or(53), 65535));
    targets.push_back(std::move(upstream));
  }
  return targets;
}

/// What the network's own resolver forwards: the rules of the sets that it is linked to.
std::vector<Forward> forwards_of(Reading& reading, const Resource& network) {
  std::vector<Forward> forwards;
  for (Resource* link : reading.all_of("Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks")) {
    if (reading.program.behind(reading.value(*link, "properties.virtualNetwork.id")) != &network) continue;
    const Resource* set = reading.above(*link);
    for (Resource* rule : reading.all_of("Microsoft.Network/dnsForwardingRulesets/forwardingRules")) {
      if (set == nullptr || reading.above(*rule) != set || reading.known(*rule, "properties.forwardingRuleState") == "Disabled") continue;
      const std::optional<DomainName> zone = iac::name_of(reading.text(*rule, "properties.domainName"));
      if (!zone) {
        reading.program.count_unknown("the domain of a forwarding rule", reading.program.where(*rule, "properties.domainName"));
        continue;
      }
      forwards.push_back(
          {.zone = *zone, .upstreams = targets_of(reading, *rule), .reasons = reading.because(*rule, "properties.domainName")});
    }
  }
  return forwards;
}

void read_network(Reading& reading, Resource& resource) {
  const std::string id = reading.id("vnet", resource);
  Scope scope{.id = id,
              .kind = ScopeKind::vnet,
              .name = reading.label(resource),
              .parent = Reading::home(resource),
              .reasons = reading.because(resource)};
  if (const std::optional<std::string> region = reading.known(resource, "location")) scope.failure_domains = {{"region", *region}};
  reading.unit.add(std::move(scope));
  const std::string provided = "server:azure/azure-provided-dns/" + resource.path;
  reading.unit.add(Server{.id = provided,
                          .software = "azure-provided-dns",
                          .scope = id,
                          .roles = {ServerRole::recursive_resolver},
                          .forwards = forwards_of(reading, resource),
                          .iterates = true,
                          .reasons = reading.because(resource)});
  Stub stub{.scope = id};
  for (const Value& server : reading.items(resource, "properties.dhcpOptions.dnsServers")) {
    Reasons reasons = reading.because(resource, server.origin);
    Upstream upstream{.address = iac::address_of(server), .reasons = reasons};
    if (!upstream.address) upstream.host = as_text(server, "dnsServers").display();
    if (stub.reasons.empty()) stub.reasons = std::move(reasons);
    stub.servers.push_back(std::move(upstream));
  }
  if (stub.servers.empty()) {
    const Evidence why =
        Evidence::by_default("Azure Virtual Network: without dnsServers a network uses Azure-provided DNS at 168.63.129.16");
    stub.servers.push_back({.server = provided, .reasons = {why}});
    stub.reasons = {why};
  }
  reading.unit.add(std::move(stub));
  for (const Value& subnet : reading.items(resource, "properties.subnets")) {
    const Value& name = part(subnet, "name");
    if (name.is_null()) continue;
    reading.unit.add(Scope{.id = "subnet:" + resource.path + "/" + as_text(name, "name").display(),
                           .kind = ScopeKind::subnet,
                           .name = as_text(name, "name").display(),
                           .parent = id,
                           .reasons = reading.because(resource, name.origin)});
  }
}

void read_subnet(Reading& reading, Resource& resource) {
  Resource* network = reading.above(resource);
  if (network == nullptr) return;
  reading.unit.add(Scope{.id = reading.id("subnet", resource),
                         .kind = ScopeKind::subnet,
                         .name = reading.label(resource),
                         .parent = reading.id("vnet", *network),
                         .reasons = reading.because(resource, "name")});
}

/// An inbound endpoint answers as the resolver of its network does, at an address of its own.
void read_inbound(Reading& reading, Resource& resource) {
  Resource* resolver = reading.above(resource);
  Resource* network = resolver == nullptr ? nullptr : reading.program.behind(reading.value(*resolver, "properties.virtualNetwork.id"));
  Server server{.id = reading.id("server", resource),
                .software = "azure-dns-private-resolver",
                .roles = {ServerRole::recursive_resolver},
                .iterates = true,
                .reasons = reading.because(resource)};
  for (const Value& one : reading.items(resource, "properties.ipConfigurations")) {
    if (const std::optional<IpAddress> address = iac::address_of(part(one, "privateIpAddress"))) server.addresses.push_back(*address);
  }
  if (network != nullptr) {
    server.scope = reading.id("vnet", *network);
    server.forwards = forwards_of(reading, *network);
  }
  reading.unit.add(std::move(server));
}

constexpr ResourceType kTypes[] = {
    {"Microsoft.Network/dnsResolvers/inboundEndpoints", &read_inbound},
    {"Microsoft.Network/virtualNetworks", &read_network},
    {"Microsoft.Network/virtualNetworks/subnets", &read_subnet},
};

}  // namespace

std::span<const ResourceType> network_types() { return kTypes; }

}  // namespace mainstay::azure
