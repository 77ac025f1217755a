// Amazon Route 53: hosted zones, records, resolver rules and endpoints.
// Source: AWS CloudFormation Template Reference Guide, AWS::Route53::*, AWS::Route53Resolver::*.
#include <algorithm>
#include <array>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/reading.h"

namespace mainstay::cloudformation {
namespace {

iac::ZoneName zone_of(Reading& reading, Resource& zone) {
  iac::ZoneName made{.apex = iac::without_dot(reading.text(zone, "Name")), .zone = zone.path, .view = ""};
  if (const std::optional<DomainName> apex = iac::name_of(made.apex)) made.zone = apex->text();
  if (made.apex.empty()) made.apex = Text(Hole{zone.name + ".Name", ""});
  if (!reading.items(zone, "VPCs").empty()) made.view = zone.path;
  return made;
}

/// The zone that a record set names: by its id, or by its name.
iac::ZoneName zone_named(Reading& reading, const Value& id, const Value& name) {
  if (Resource* zone = reading.program.behind(id); zone != nullptr && zone->type == "AWS::Route53::HostedZone")
    return zone_of(reading, *zone);
  if (!name.is_null()) {
    iac::ZoneName made{.apex = iac::without_dot(as_text(name, "HostedZoneName")), .zone = "", .view = ""};
    const std::optional<DomainName> apex = iac::name_of(made.apex);
    made.zone = apex ? apex->text() : made.apex.display();
    return made;
  }
  const std::string written = as_text(id, "HostedZoneId").display();
  return {.apex = Text(Hole{written, ""}), .zone = written, .view = ""};
}

void read_zone(Reading& reading, Resource& resource) {
  const Value name = reading.value(resource, "Name");
  bool is_known = false;
  for (const Alternative& alternative : iac::alternatives_of(name)) {
    const std::optional<DomainName> apex = iac::name_of(as_text(alternative.value, "Name"));
    if (!apex) continue;
    is_known = true;
    Zone zone{.apex = *apex,
              .kind = ZoneKind::hosted,
              .provider = "route53",
              .reasons = iac::taken_when(reading.because(resource, "Name"), alternative.when)};
    for (const Value& vpc : maps_in(reading.value(resource, "VPCs"))) {
      zone.view = resource.path;
      zone.visible_from.push_back(reading.id_of("vpc", part(vpc, "VPCId"), resource));
      zone.reasons.push_back(reading.because(resource, vpc.origin).front());
    }
    for (Resource* dnssec : reading.all_of("AWS::Route53::DNSSEC")) {
      if (reading.program.behind(reading.value(*dnssec, "HostedZoneId")) != &resource) continue;
      zone.is_signed = true;
      zone.reasons.push_back(reading.because(*dnssec, "HostedZoneId").front());
    }
    reading.unit.add(std::move(zone));
  }
  if (!is_known) reading.program.count_unknown("the name of a hosted zone", resource.where("Name"));
}

/// The properties of one record set with alternatives settled.
std::string routing_of(const Value& properties) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kPolicies = {{{"Weight", "weighted"},
                                                                                       {"Region", "latency"},
                                                                                       {"GeoLocation", "geolocation"},
                                                                                       {"GeoProximityLocation", "geoproximity"},
                                                                                       {"CidrRoutingConfig", "cidr"}}};
  if (const std::optional<std::string> failover = known_text(part(properties, "Failover"))) return "failover-" + ascii_lower(*failover);
  for (const auto& [property, word] : kPolicies) {
    if (!part(properties, property).is_null()) return std::string(word);
  }
  return known_truth(part(properties, "MultiValueAnswer")) == true ? "multivalue" : "";
}

/// One record set; what says its zone stands in it or in the group around it.
struct RecordSetProperties {
  const Value& own;
  const Value& zone_id;
  const Value& zone_name;
  std::vector<std::pair<std::string, std::string>> when = {};
};

void add_values(Reading& reading, const Resource& resource, const RecordSetProperties& from, iac::RecordSet set, const Value& whole) {
  std::vector<iac::RecordData> values;
  const Value& records = part(from.own, "ResourceRecords");
  for (const Value& item : list_items(records)) {
    for (const Alternative& alternative : iac::distinct(iac::alternatives_of(item))) {
      if (alternative.value.is_null()) continue;
      const Location where = item.origin == Location{} ? records.origin : item.origin;
      Reasons reasons = iac::taken_when(reading.because(resource, where), alternative.when.empty() ? from.when : alternative.when);
      values.push_back({as_text(alternative.value, "ResourceRecords"), std::move(reasons)});
    }
  }
  iac::add_records(reading.unit, set, std::move(values), reading.because(resource, whole.origin));
  set.type = "ALIAS";
  for (const Value& alias : maps_in(part(from.own, "AliasTarget"))) {
    const Value& target = part(alias, "DNSName");
    for (const Alternative& alternative : iac::distinct(iac::alternatives_of(target))) {
      const auto& when = alternative.when.empty() ? from.when : alternative.when;
      Reasons reasons = iac::taken_when(reading.because(resource, target.origin), when);
      iac::add_record(reading.unit, set, {as_text(alternative.value, "DNSName"), std::move(reasons)});
    }
  }
}

/// Owner, type and values of a record set that alternatives of its name make several.
void add_set(Reading& reading, const Resource& resource, const RecordSetProperties& from) {
  const Value &name = part(from.own, "Name"), &records = part(from.own, "ResourceRecords"), &alias = part(from.own, "AliasTarget");
  if (name.is_null()) return;
  const Value target = alias.kind == ValueKind::map ? part(alias, "DNSName") : Value();
  const Value first = records.kind == ValueKind::list && records.items.size() == 1 ? records.items.front() : Value();
  for (Alternative& world : iac::distinct(iac::together({&name, &target, &first}))) {
    iac::ZoneName zone = zone_named(reading, iac::in_common(from.zone_id), iac::in_common(from.zone_name));
    iac::RecordSet set{.zone = std::move(zone),
                       .owner = iac::without_dot(as_text(world.value.items[0], "Name")),
                       .type = known_text(part(from.own, "Type")).value_or(as_text(part(from.own, "Type"), "Type").display()),
                       .ttl = iac::ttl_of(part(from.own, "TTL")),
                       .routing = routing_of(from.own),
                       .managed_by = resource.path};
    // A name and its value that the same thing decides go together.
    const auto reasons = [&](Location where) { return iac::taken_when(reading.because(resource, where), world.when); };
    if (world.when.empty() || (target.is_null() && first.is_null())) {
      add_values(reading, resource, {from.own, from.zone_id, from.zone_name, world.when}, std::move(set), from.own);
    } else if (!first.is_null()) {
      iac::add_records(reading.unit, set, {{as_text(world.value.items[2], "ResourceRecords"), reasons(first.origin)}},
                       reasons(records.origin));
    } else {
      set.type = "ALIAS";
      iac::add_record(reading.unit, set, {as_text(world.value.items[1], "DNSName"), reasons(target.origin)});
    }
  }
}

/// All properties of a resource as one value.
Value all_properties(Reading& reading, Resource& resource) {
  std::vector<Entry> entries;
  for (const Entry& entry : part(*resource.written, "Properties").entries)
    entries.push_back({entry.key, reading.value(resource, entry.key)});
  Value made = Value::of_map(std::move(entries));
  made.origin = resource.written->origin;
  return made;
}

void read_record_set(Reading& reading, Resource& resource) {
  const Value properties = all_properties(reading, resource);
  add_set(reading, resource, {properties, part(properties, "HostedZoneId"), part(properties, "HostedZoneName")});
}

void read_record_sets(Reading& reading, Resource& resource) {
  const Value id = reading.value(resource, "HostedZoneId"), name = reading.value(resource, "HostedZoneName");
  for (const Value& set : maps_in(reading.value(resource, "RecordSets"))) {
    const Value &own_id = part(set, "HostedZoneId"), &own_name = part(set, "HostedZoneName");
    add_set(reading, resource, {set, own_id.is_null() ? id : own_id, own_name.is_null() ? name : own_name});
  }
}

std::vector<Upstream> targets_of(Reading& reading, Resource& rule) {
  std::vector<Upstream> targets;
  for (const Value& target : maps_in(reading.value(rule, "TargetIps"))) {
    Upstream upstream{.reasons = reading.because(rule, target.origin)};
    const Value& ip = part(target, "Ip").is_null() ? part(target, "Ipv6") : part(target, "Ip");
    upstream.address = iac::address_of(ip);
    if (!upstream.address) upstream.host = as_text(ip, "Ip").display();
    upstream.port = static_cast<std::uint16_t>(std::min<std::size_t>(known_index(part(target, "Port")).value_or(53), 65535));
    targets.push_back(std::move(upstream));
  }
  return targets;
}

/// An outbound endpoint forwards what the rules on it say; an inbound one answers as the VPC's own resolver does.
void read_endpoint(Reading& reading, Resource& resource) {
  const bool is_outbound = reading.known(resource, "Direction") == "OUTBOUND";
  Server server{
      .id = reading.id("server", resource), .software = "route53-resolver-endpoint", .reasons = reading.because(resource, "Direction")};
  server.roles = {is_outbound ? ServerRole::forwarder : ServerRole::recursive_resolver};
  std::vector<FailureDomain> shared;
  bool first = true;
  for (const Value& address : maps_in(reading.value(resource, "IpAddresses"))) {
    if (const std::optional<IpAddress> ip = iac::address_of(part(address, "Ip")); ip && !is_outbound) server.addresses.push_back(*ip);
    const Value& subnet = part(address, "SubnetId");
    std::vector<FailureDomain> zone = zone_of_subnet(reading, subnet);
    if (first) server.scope = reading.id_of("subnet", subnet, resource);
    if (std::exchange(first, false)) {
      shared = std::move(zone);
    } else if (zone != shared) {
      shared.clear();
    }
  }
  server.failure_domains = std::move(shared);
  for (Resource* rule : reading.all_of("AWS::Route53Resolver::ResolverRule")) {
    if (!is_outbound || reading.program.behind(reading.value(*rule, "ResolverEndpointId")) != &resource) continue;
    const std::optional<DomainName> zone = iac::name_of(reading.text(*rule, "DomainName"));
    if (!zone) continue;
    server.forwards.push_back({.zone = *zone,
                               .upstreams = targets_of(reading, *rule),
                               .choice = Choice::random,
                               .reasons = reading.because(*rule, "DomainName")});
  }
  reading.unit.add(std::move(server));
}

constexpr ResourceType kTypes[] = {
    {"AWS::Route53::HostedZone", &read_zone},
    {"AWS::Route53::RecordSet", &read_record_set},
    {"AWS::Route53::RecordSetGroup", &read_record_sets},
    {"AWS::Route53Resolver::ResolverEndpoint", &read_endpoint},
};

}  // namespace

std::span<const ResourceType> dns_types() { return kTypes; }

}  // namespace mainstay::cloudformation
