// Amazon Route 53: hosted zones, records, resolver rules and endpoints.
// Source: documentation of the Terraform provider aws, aws_route53_*.
#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {

ZoneName route53_zone(Reading& reading, const Value& zone_id) {
  Resource* zone = reading.program.behind(zone_id);
  if (zone == nullptr) {
    const std::string written = as_text(zone_id, "zone_id").display();
    return {.apex = Text(Hole{written, ""}), .zone = written, .view = ""};
  }
  ZoneName made{.apex = without_dot(zone->section.text("name")), .zone = reading.path(*zone), .view = ""};
  if (const std::optional<DomainName> apex = name_of(made.apex)) made.zone = apex->text();
  if (made.apex.empty()) made.apex = Text(Hole{zone->address + ".name", ""});
  const bool is_private = !zone->section.blocks("vpc").empty() || zone->section.truth("private_zone") == true;
  if (is_private) made.view = reading.path(*zone);
  return made;
}

namespace {

void read_zone(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  Zone zone{.view = "", .kind = ZoneKind::hosted, .provider = "route53"};
  for (const Section& vpc : section.blocks("vpc")) {
    zone.view = reading.path(resource);
    zone.visible_from.push_back(reading.id_of("vpc", vpc.value("vpc_id")));
    zone.reasons.push_back(reading.declared(vpc.where("vpc_id")));
  }
  for (Resource* link : reading.all_of("aws_route53_zone_association")) {
    if (reading.program.behind(link->section.value("zone_id")) != &resource) continue;
    zone.visible_from.push_back(reading.id_of("vpc", link->section.value("vpc_id")));
    zone.reasons.push_back(reading.declared(link->section.where("vpc_id")));
  }
  for (Resource* dnssec : reading.all_of("aws_route53_hosted_zone_dnssec")) {
    if (reading.program.behind(dnssec->section.value("hosted_zone_id")) != &resource) continue;
    zone.is_signed = dnssec->section.known("signing_status").value_or("SIGNING") == "SIGNING";
    zone.reasons.push_back(reading.declared(dnssec->section.where("hosted_zone_id")));
  }
  add_zones(reading, section, "name", std::move(zone));
}

std::string routing_of(const Section& section) {
  constexpr std::pair<std::string_view, std::string_view> kPolicies[] = {
      {"weighted_routing_policy", "weighted"},         {"latency_routing_policy", "latency"}, {"geolocation_routing_policy", "geolocation"},
      {"geoproximity_routing_policy", "geoproximity"}, {"cidr_routing_policy", "cidr"},
  };
  for (const Section& policy : section.blocks("failover_routing_policy")) {
    std::string type = policy.text("type").display();
    std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return "failover-" + type;
  }
  for (const auto& [block, word] : kPolicies) {
    if (!section.blocks(block).empty()) return std::string(word);
  }
  return section.truth("multivalue_answer_routing_policy") == true ? "multivalue" : "";
}

void read_record(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  ZoneName zone = route53_zone(reading, section.value("zone_id"));
  Resource* named = reading.program.behind(section.value("zone_id"));
  RecordSet set{.resource = resource,
                .zone = std::move(zone),
                .name = section.value("name"),
                .apex = named != nullptr ? named->section.value("name") : Value(),
                .type = section.text("type").display(),
                .ttl = ttl_of(section, "ttl"),
                .routing = routing_of(section)};
  add_records(reading, set, "records");
  set.type = "ALIAS";
  for (const Section& alias : section.blocks("alias")) add_record(reading, set, alias.value("name"), alias.where("name"));
}

std::vector<Upstream> targets_of(Reading& reading, const Section& rule) {
  std::vector<Upstream> targets;
  for (const Section& target : rule.blocks("target_ip")) {
    Upstream upstream{.reasons = reading.because(target, "ip")};
    upstream.address = address_of(target.value("ip"));
    if (!upstream.address) upstream.host = target.text("ip").display();
    upstream.port = static_cast<std::uint16_t>(std::min<std::size_t>(known_index(target.value("port")).value_or(53), 65535));
    targets.push_back(std::move(upstream));
  }
  return targets;
}

/// An outbound endpoint forwards what the rules on it say; an inbound one answers as the VPC's own resolver does.
void read_endpoint(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const bool is_outbound = section.known("direction") == "OUTBOUND";
  Server server{
      .id = reading.id("server", resource), .software = "route53-resolver-endpoint", .reasons = reading.because(section, "direction")};
  server.roles = {is_outbound ? ServerRole::forwarder : ServerRole::recursive_resolver};
  std::vector<FailureDomain> shared;
  bool first = true;
  for (const Section& address : section.blocks("ip_address")) {
    if (const std::optional<IpAddress> ip = address_of(address.value("ip")); ip && !is_outbound) server.addresses.push_back(*ip);
    const std::vector<FailureDomain> zone = zone_of_subnet(reading, address.value("subnet_id"));
    if (!std::exchange(first, false) && zone != shared) shared.clear();
    if (server.scope.empty()) shared = zone;
    const std::string scope = reading.id_of("subnet", address.value("subnet_id"));
    if (server.scope.empty()) server.scope = scope;
  }
  server.failure_domains = std::move(shared);
  for (Resource* rule : reading.all_of("aws_route53_resolver_rule")) {
    if (!is_outbound || reading.program.behind(rule->section.value("resolver_endpoint_id")) != &resource) continue;
    const std::optional<DomainName> zone = name_of(rule->section.text("domain_name"));
    if (!zone) continue;
    server.forwards.push_back({.zone = *zone,
                               .upstreams = targets_of(reading, rule->section),
                               .choice = Choice::random,
                               .reasons = reading.because(rule->section, "domain_name")});
  }
  reading.unit.add(std::move(server));
}

constexpr ResourceType kTypes[] = {
    {"aws_route53_record", &read_record},
    {"aws_route53_resolver_endpoint", &read_endpoint},
    {"aws_route53_zone", &read_zone},
};

}  // namespace

std::span<const ResourceType> aws_dns_types() { return kTypes; }

}  // namespace mainstay::terraform
