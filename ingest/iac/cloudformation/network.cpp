// Amazon VPC: networks and subnets as scopes, and the resolver that each network gives to what runs in it.
// Source: AWS CloudFormation Template Reference Guide, AWS::EC2::VPC, AWS::EC2::Subnet, AWS::EC2::DHCPOptions.
#include <utility>

#include "ingest/iac/cloudformation/reading.h"
#include "ingest/iac/vpc.h"

namespace mainstay::cloudformation {

std::vector<FailureDomain> zone_of_subnet(Reading& reading, const Value& subnet) {
  Resource* resource = reading.program.behind(subnet);
  if (resource == nullptr) return {};
  const Value zone = reading.value(*resource, "AvailabilityZone");
  if (const std::optional<std::string> known = known_text(zone)) return {{"zone", *known}};
  // "The second zone of the region" is another one than the first, whatever their names are.
  const bool is_numbered = zone.is_unknown() && zone.hole.name.starts_with("zones of ");
  return is_numbered ? std::vector<FailureDomain>{{"zone", resource->stack->path + ": " + zone.hole.name}} : std::vector<FailureDomain>{};
}

std::string subnet_scope(Reading& reading, const Resource& from, const std::vector<Value>& subnets) {
  if (subnets.empty()) return {};
  if (subnets.size() == 1) return reading.id_of("subnet", subnets[0], from);
  for (const Value& subnet : subnets) {
    Resource* resource = reading.program.behind(subnet);
    if (resource == nullptr) continue;
    const Value vpc = reading.value(*resource, "VpcId");
    if (!vpc.is_null()) return reading.id_of("vpc", vpc, *resource);
  }
  return reading.id_of("subnet", subnets[0], from);
}

namespace {

/// The options that an association gives to this network.
std::optional<iac::DhcpOptions> options_of(Reading& reading, const Resource& vpc) {
  for (Resource* link : reading.all_of("AWS::EC2::VPCDHCPOptionsAssociation")) {
    if (reading.program.behind(reading.value(*link, "VpcId")) != &vpc) continue;
    Resource* options = reading.program.behind(reading.value(*link, "DhcpOptionsId"));
    if (options == nullptr || reading.value(*options, "DomainNameServers").is_null()) return std::nullopt;
    iac::DhcpOptions made{.search = reading.text(*options, "DomainName"), .reasons = reading.because(*options, "DomainNameServers")};
    for (Value& server : reading.items(*options, "DomainNameServers")) {
      Reasons reasons = reading.because(*options, server.origin == Location{} ? options->where("DomainNameServers") : server.origin);
      made.servers.push_back({std::move(server), std::move(reasons)});
    }
    return made;
  }
  return std::nullopt;
}

/// What the VPC's resolver forwards: the rules associated with the VPC, through the endpoint that each names.
std::vector<Forward> forwards_of(Reading& reading, const Resource& vpc) {
  std::vector<Forward> forwards;
  for (Resource* link : reading.all_of("AWS::Route53Resolver::ResolverRuleAssociation")) {
    if (reading.program.behind(reading.value(*link, "VPCId")) != &vpc) continue;
    Resource* rule = reading.program.behind(reading.value(*link, "ResolverRuleId"));
    if (rule == nullptr || reading.known(*rule, "RuleType") == "SYSTEM") continue;
    const std::optional<DomainName> zone = iac::name_of(reading.text(*rule, "DomainName"));
    if (!zone) {
      reading.program.count_unknown("the domain of a resolver rule", rule->where("DomainName"));
      continue;
    }
    Upstream endpoint{.server = reading.id_of("server", reading.value(*rule, "ResolverEndpointId"), *rule),
                      .reasons = reading.because(*rule, "ResolverEndpointId")};
    forwards.push_back({.zone = *zone, .upstreams = {std::move(endpoint)}, .reasons = reading.because(*link, "ResolverRuleId")});
  }
  return forwards;
}

void read_vpc(Reading& reading, Resource& resource) {
  iac::add_vpc(reading.unit, {.path = resource.path,
                              .name = resource.name,
                              .parent = Reading::home(resource),
                              .region = resource.stack->deployment.region,
                              .has_dns_support = known_truth(reading.value(resource, "EnableDnsSupport")) != false,
                              .options = options_of(reading, resource),
                              .forwards = forwards_of(reading, resource),
                              .reasons = reading.because(resource),
                              .support_reasons = reading.because(resource, "EnableDnsSupport")});
}

void read_subnet(Reading& reading, Resource& resource) {
  Scope scope{.id = reading.id("subnet", resource),
              .kind = ScopeKind::subnet,
              .name = resource.name,
              .parent = reading.id_of("vpc", reading.value(resource, "VpcId"), resource),
              .reasons = reading.because(resource, "VpcId")};
  Value self;
  self.reference = resource.path;
  scope.failure_domains = zone_of_subnet(reading, self);
  reading.unit.add(std::move(scope));
}

constexpr ResourceType kTypes[] = {{"AWS::EC2::Subnet", &read_subnet}, {"AWS::EC2::VPC", &read_vpc}};

}  // namespace

std::span<const ResourceType> network_types() { return kTypes; }

}  // namespace mainstay::cloudformation
