// Amazon VPC: networks and subnets as scopes, and the resolver that each network gives to what runs in it.
// Source: documentation of the Terraform provider aws, aws_vpc*; docs.aws.amazon.com/vpc "DNS attributes for your VPC", "DHCP option
// sets".
#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/reading.h"

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

std::string provided_dns(const Reading& reading, const Resource& vpc) { return "server:aws/amazon-provided-dns/" + reading.path(vpc); }

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

void add_provided_dns(Reading& reading, Resource& vpc) {
  Server server{.id = provided_dns(reading, vpc),
                .software = "amazon-provided-dns",
                .scope = reading.id("vpc", vpc),
                .roles = {ServerRole::recursive_resolver},
                .forwards = forwards_of(reading, vpc),
                .iterates = true,
                .reasons = reading.because(vpc.section.header())};
  reading.unit.add(std::move(server));
}

Upstream upstream_of(Reading& reading, const Resource& vpc, const Section& options, const Value& server) {
  Upstream upstream{.reasons = reading.because(reading.place(options, "domain_name_servers", server))};
  if (known_text(server) == "AmazonProvidedDNS") {
    upstream.server = provided_dns(reading, vpc);
  } else if (const std::optional<IpAddress> address = address_of(server)) {
    upstream.address = *address;
  } else {
    upstream.host = as_text(server, "domain_name_servers").display();
  }
  return upstream;
}

void read_vpc(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  Scope scope{.id = reading.id("vpc", resource),
              .kind = ScopeKind::vpc,
              .name = resource.address,
              .parent = reading.unit.home().id,
              .reasons = reading.because(section.header())};
  if (const auto region = reading.program.region(*section.bindings().module, "aws").known()) scope.failure_domains = {{"region", *region}};
  reading.unit.add(std::move(scope));
  const bool has_support = section.truth("enable_dns_support") != false;
  if (has_support) add_provided_dns(reading, resource);
  Stub stub{.scope = reading.id("vpc", resource)};
  const Resource* options = dhcp_options(reading, resource);
  if (options != nullptr && options->section.has("domain_name_servers")) {
    for (const Value& server : options->section.list("domain_name_servers")) {
      stub.servers.push_back(upstream_of(reading, resource, options->section, server));
    }
    const Text search = options->section.text("domain_name");
    if (!search.empty()) stub.search.push_back(search);
    stub.reasons = reading.because(options->section, "domain_name_servers");
  } else if (has_support) {
    const Evidence why =
        Evidence::by_default("Amazon VPC: without DHCP options of its own a VPC uses AmazonProvidedDNS (Amazon VPC User Guide)");
    stub.servers.push_back({.server = provided_dns(reading, resource), .reasons = {why}});
    stub.reasons = {why};
  } else {
    stub.reasons = reading.because(section, "enable_dns_support");
  }
  reading.unit.add(std::move(stub));
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
