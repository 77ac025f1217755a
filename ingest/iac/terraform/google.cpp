// Google Cloud: DNS zones and records, networks and DNS policies, Cloud Run and functions, addresses.
// Source: documentation of the Terraform provider google; cloud.google.com/dns/docs/overview, "Name resolution order".
#include <utility>

#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

std::string metadata_dns(const Reading& reading, const Resource& network) { return "server:google/metadata-dns/" + reading.path(network); }

bool is_private(const Resource& zone) { return zone.section.known("visibility") == "private"; }

std::vector<Upstream> targets_of(Reading& reading, const Section& config) {
  std::vector<Upstream> targets;
  for (const Section& target : config.blocks("target_name_servers")) {
    const std::string_view attribute = target.has("ipv4_address") ? "ipv4_address" : "ipv6_address";
    Upstream upstream{.address = address_of(target.value(attribute)), .reasons = reading.because(target, attribute)};
    if (!upstream.address) upstream.host = target.text(attribute).display();
    targets.push_back(std::move(upstream));
  }
  return targets;
}

std::vector<Section> networks_of(const Section& section) {
  std::vector<Section> found;
  for (const Section& config : section.blocks("private_visibility_config")) {
    for (Section& network : config.blocks("networks")) found.push_back(std::move(network));
  }
  return found;
}

void read_zone(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  if (!section.blocks("forwarding_config").empty() || !section.blocks("peering_config").empty())
    return;  // a rule of the network's resolver
  Zone zone{.view = "", .kind = ZoneKind::hosted, .provider = "google-cloud-dns"};
  for (const Section& dnssec : section.blocks("dnssec_config")) {
    if (const std::optional<std::string> state = dnssec.known("state")) zone.is_signed = *state == "on";
  }
  if (is_private(resource)) {
    zone.view = reading.path(resource);
    for (const Section& network : networks_of(section)) zone.visible_from.push_back(reading.id_of("vpc", network.value("network_url")));
  }
  add_zones(reading, section, "dns_name", std::move(zone));
}

void read_record_set(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const Value managed = section.value("managed_zone");
  Resource* zone = reading.program.behind(managed);
  for (Resource* candidate : reading.all_of("google_dns_managed_zone")) {
    const std::optional<std::string> name = candidate->section.known("name");
    if (zone == nullptr && name && name == known_text(managed)) zone = candidate;
  }
  ZoneName named{
      .apex = Text(Hole{as_text(managed, "managed_zone").display(), ""}), .zone = as_text(managed, "managed_zone").display(), .view = ""};
  if (zone != nullptr) {
    named.apex = without_dot(zone->section.text("dns_name"));
    named.zone = zone->address;
    if (is_private(*zone)) named.view = reading.path(*zone);
  }
  if (const std::optional<DomainName> apex = name_of(named.apex)) named.zone = apex->text();
  RecordSet set{.resource = resource,
                .zone = std::move(named),
                .name = section.value("name"),
                .type = section.text("type").display(),
                .ttl = ttl_of(section, "ttl"),
                .routing = ""};
  add_records(reading, set, "rrdatas");
  for (const Section& policy : section.blocks("routing_policy")) {
    for (const auto& [block, word] : {std::pair<std::string_view, std::string_view>{"wrr", "weighted"}, {"geo", "geolocation"}}) {
      set.routing = word;
      for (const Section& alternative : policy.blocks(block)) {
        for (const Value& value : alternative.list("rrdatas"))
          add_record(reading, set, value, reading.place(alternative, "rrdatas", value));
      }
    }
  }
}

/// The forwarding zones that a network sees.
std::vector<Forward> forwards_of(Reading& reading, const Resource& network) {
  std::vector<Forward> forwards;
  for (Resource* zone : reading.all_of("google_dns_managed_zone")) {
    const std::optional<DomainName> apex = name_of(zone->section.text("dns_name"));
    for (const Section& config : zone->section.blocks("forwarding_config")) {
      for (const Section& seen : networks_of(zone->section)) {
        if (!apex || reading.program.behind(seen.value("network_url")) != &network) continue;
        forwards.push_back(
            {.zone = *apex, .upstreams = targets_of(reading, config), .reasons = reading.because(zone->section, "dns_name")});
      }
    }
  }
  return forwards;
}

/// The servers that a policy gives to the network instead of the metadata server; null when none does.
std::optional<Stub> policy_stub(Reading& reading, const Resource& network) {
  for (Resource* policy : reading.all_of("google_dns_policy")) {
    for (const Section& applied : policy->section.blocks("networks")) {
      if (reading.program.behind(applied.value("network_url")) != &network) continue;
      for (const Section& servers : policy->section.blocks("alternative_name_server_config")) {
        return Stub{.scope = reading.id("vpc", network), .servers = targets_of(reading, servers), .reasons = reading.because(servers)};
      }
    }
  }
  return std::nullopt;
}

void read_network(Reading& reading, Resource& resource) {
  const std::string id = reading.id("vpc", resource);
  const Reasons declared = reading.because(resource.section);
  reading.unit.add(
      Scope{.id = id, .kind = ScopeKind::vpc, .name = resource.address, .parent = reading.unit.home().id, .reasons = declared});
  reading.unit.add(Server{.id = metadata_dns(reading, resource),
                          .software = "google-metadata-dns",
                          .scope = id,
                          .roles = {ServerRole::recursive_resolver},
                          .forwards = forwards_of(reading, resource),
                          .iterates = true,
                          .reasons = declared});
  if (std::optional<Stub> stub = policy_stub(reading, resource)) return reading.unit.add(*std::move(stub));
  const Evidence why =
      Evidence::by_default("Google Cloud VPC: instances use the metadata server 169.254.169.254 (Cloud DNS documentation)");
  reading.unit.add(Stub{.scope = id, .servers = {{.server = metadata_dns(reading, resource), .reasons = {why}}}, .reasons = {why}});
}

void read_subnet(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  Scope scope{.id = reading.id("subnet", resource),
              .kind = ScopeKind::subnet,
              .name = resource.address,
              .parent = reading.id_of("vpc", section.value("network")),
              .reasons = reading.because(section, "network")};
  if (const std::optional<std::string> region = section.known("region")) scope.failure_domains = {{"region", *region}};
  reading.unit.add(std::move(scope));
}

/// Cloud Run, both versions, and functions: settings are `env` blocks, or a map in service_config.
void use_containers(Reading& reading, const Client& client, const Section& section) {
  for (const Section& container : section.blocks("containers")) {
    for (const Section& setting : container.blocks("env")) {
      if (const std::optional<std::string> key = setting.known("name"))
        reading.use_setting(client, *key, setting.value("value"), reading.because(setting, "value"));
    }
  }
}

constexpr PlatformDefault kFunctionLimit = {60, "Google Cloud Functions: a function without a timeout is stopped after 60 seconds"};
constexpr PlatformDefault kRunLimit = {300, "Google Cloud Run: a request without a timeout ends after 300 seconds"};
constexpr PlatformDefault kTaskLimit = {600, "Google Cloud Run: a task of a job without a timeout ends after 600 seconds"};

/// What runs in a template: directly, or in one of its inner blocks, each with the limit that is set beside the containers.
void use_template(Reading& reading, Client client, const Section& outer) {
  limit_time(reading, client, outer, "timeout", kRunLimit);
  use_containers(reading, client, outer);
  for (const Section& spec : outer.blocks("spec")) {
    limit_time(reading, client, spec, "timeout_seconds", kRunLimit);
    use_containers(reading, client, spec);
  }
  for (const Section& task : outer.blocks("template")) {
    limit_time(reading, client, task, "timeout", kTaskLimit);
    use_containers(reading, client, task);
  }
}

void read_service(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  Client client{.workload = reading.id("function", resource)};
  Workload workload{.id = client.workload,
                    .kind = WorkloadKind::function,
                    .name = section.text("name").display(),
                    .scope = reading.unit.home().id,
                    .reasons = reading.because(section, "name")};
  reading.take_purpose(workload, section, "labels");
  reading.unit.add(std::move(workload));
  for (const Section& outer : section.blocks("template")) use_template(reading, client, outer);
  limit_time(reading, client, section, "timeout", kFunctionLimit);
  reading.use_settings(client, section, "environment_variables");
  for (const Section& config : section.blocks("service_config")) {
    limit_time(reading, client, config, "timeout_seconds", kFunctionLimit);
    reading.use_settings(client, config, "environment_variables");
  }
}

void read_address(Reading& reading, Resource& resource) {
  const Value address = reading.program.attribute_of(resource, "address");
  reading.unit.add(Inventory{.kind = "elastic-ip",
                             .host = as_text(address, "address"),
                             .address = address_of(address),
                             .owner = resource.address,
                             .reasons = reading.because(resource.section, "name")});
}

void read_key(Reading& reading, Resource& resource) {
  reading.unit.add(Credential{.workload = "",
                              .kind = "google-service-account-key",
                              .life = CredentialLife::long_lived,
                              .held_in = resource.address,
                              .reasons = reading.because(resource.section, "service_account_id")});
}

constexpr ResourceType kTypes[] = {
    {"google_cloud_run_service", &read_service},       {"google_cloud_run_v2_job", &read_service},
    {"google_cloud_run_v2_service", &read_service},    {"google_cloudfunctions2_function", &read_service},
    {"google_cloudfunctions_function", &read_service}, {"google_compute_address", &read_address},
    {"google_compute_global_address", &read_address},  {"google_compute_network", &read_network},
    {"google_compute_subnetwork", &read_subnet},       {"google_dns_managed_zone", &read_zone},
    {"google_dns_record_set", &read_record_set},       {"google_service_account_key", &read_key},
};

}  // namespace

std::span<const ResourceType> google_types() { return kTypes; }

}  // namespace mainstay::terraform
