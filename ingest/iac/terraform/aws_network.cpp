// Amazon VPC: networks and subnets as scopes, and the resolver that each network gives to what runs in it.
// Source: documentation of the Terraform provider aws, aws_vpc*; docs.aws.amazon.com/vpc "DNS attributes for your VPC", "DHCP option
// sets".
#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/reading.h"
#include "ingest/iac/vpc.h"

namespace mainstay::terraform {

std::vector<FailureDomain> zone_of_subnet(Reading& reading, const Value& subnet) {
  const Resource* resource = reading.program.behind(subnet);
  if (resource == nullptr) return {};
  const std::optional<std::string> zone = resource->section.known("availability_zone");
  return zone ? std::vector<FailureDomain>{{"zone", *zone}} : std::vector<FailureDomain>{};
}

std::string subnet_scope(Reading& reading, const Section& section, std::string_view attribute) {
  const std::vector<Value> subnets = section.list(attribute);
  if (subnets.empty()) return {};
  if (subnets.size() == 1) return reading.id_of("subnet", subnets[0]);
  for (const Value& subnet : subnets) {
    const Resource* resource = reading.program.behind(subnet);
    if (resource != nullptr && resource->section.has("vpc_id")) return reading.id_of("vpc", resource->section.value("vpc_id"));
  }
  return reading.id_of("subnet", subnets[0]);
}

namespace {

/// The options that an association gives to this network, or null.
Resource* dhcp_options(Reading& reading, const Resource& vpc) {
  for (Resource* link : reading.all_of("aws_vpc_dhcp_options_association")) {
    if (reading.program.behind(link->section.value("vpc_id")) != &vpc) continue;
    return reading.program.behind(link->section.value("dhcp_options_id"));
  }
  return nullptr;
}

/// What the VPC's resolver forwards: the rules associated with the VPC, through the endpoint that each names.
std::vector<Forward> forwards_of(Reading& reading, const Resource& vpc) {
  std::vector<Forward> forwards;
  for (Resource* link : reading.all_of("aws_route53_resolver_rule_association")) {
    const Section& section = link->section;
    if (reading.program.behind(section.value("vpc_id")) != &vpc) continue;
    const Resource* rule = reading.program.behind(section.value("resolver_rule_id"));
    if (rule == nullptr || rule->section.known("rule_type") == "SYSTEM") continue;
    const std::optional<DomainName> zone = name_of(rule->section.text("domain_name"));
    if (!zone) {
      reading.program.count_unknown("the domain of a resolver rule", rule->section.where("domain_name"));
      continue;
    }
    Upstream endpoint{.server = reading.id_of("server", rule->section.value("resolver_endpoint_id")),
                      .reasons = reading.because(rule->section, "resolver_endpoint_id")};
    forwards.push_back({.zone = *zone, .upstreams = {std::move(endpoint)}, .reasons = reading.because(section, "resolver_rule_id")});
  }
  return forwards;
}

std::optional<iac::DhcpOptions> options_of(Reading& reading, const Resource& vpc) {
  const Resource* options = dhcp_options(reading, vpc);
  if (options == nullptr || !options->section.has("domain_name_servers")) return std::nullopt;
  const Section& section = options->section;
  iac::DhcpOptions made{.search = section.text("domain_name"), .reasons = reading.because(section, "domain_name_servers")};
  for (const Value& server : section.list("domain_name_servers")) {
    made.servers.push_back({server, reading.because(section, "domain_name_servers", server)});
  }
  return made;
}

void read_vpc(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  iac::add_vpc(reading.unit, {.path = reading.path(resource),
                              .name = resource.address,
                              .parent = reading.unit.home().id,
                              .region = reading.program.region(*section.bindings().module, "aws").known(),
                              .has_dns_support = section.truth("enable_dns_support") != false,
                              .options = options_of(reading, resource),
                              .forwards = forwards_of(reading, resource),
                              .reasons = reading.because(section),
                              .support_reasons = reading.because(section, "enable_dns_support")});
}

void read_subnet(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  Scope scope{.id = reading.id("subnet", resource),
              .kind = ScopeKind::subnet,
              .name = resource.address,
              .parent = reading.id_of("vpc", section.value("vpc_id")),
              .reasons = reading.because(section, "vpc_id")};
  if (const std::optional<std::string> zone = section.known("availability_zone")) scope.failure_domains = {{"zone", *zone}};
  reading.unit.add(std::move(scope));
}

constexpr ResourceType kTypes[] = {{"aws_subnet", &read_subnet}, {"aws_vpc", &read_vpc}};

}  // namespace

std::span<const ResourceType> aws_network_types() { return kTypes; }

}  // namespace mainstay::terraform
