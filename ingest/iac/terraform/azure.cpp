// Azure: DNS zones and records, networks and their resolvers, app services and addresses.
// Source: documentation of the Terraform provider azurerm; learn.microsoft.com "What is IP address 168.63.129.16?".
#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

constexpr std::string_view kProvider = "azure-dns";

/// The zone resource that an argument names, by reference or by its literal name.
Resource* zone_resource(Reading& reading, const Value& name, std::string_view type) {
  if (Resource* found = reading.program.behind(name)) return found;
  const std::optional<std::string> known = known_text(name);
  for (Resource* zone : reading.all_of(type)) {
    if (known && zone->section.known("name") == known) return zone;
  }
  return nullptr;
}

ZoneName zone_name(Reading& reading, const Section& section, bool is_private) {
  const Value name = section.value(is_private && section.has("private_dns_zone_name") ? "private_dns_zone_name" : "zone_name");
  ZoneName made{.apex = without_dot(as_text(name, "zone_name")), .zone = as_text(name, "zone_name").display(), .view = ""};
  if (const std::optional<DomainName> apex = name_of(made.apex)) made.zone = apex->text();
  const Resource* zone = is_private ? zone_resource(reading, name, "azurerm_private_dns_zone") : nullptr;
  if (zone != nullptr) made.view = reading.path(*zone);
  return made;
}

void read_zone(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const bool is_private = resource.type == "azurerm_private_dns_zone";
  Zone zone{.view = "", .kind = ZoneKind::hosted, .provider = std::string(kProvider)};
  if (is_private) {
    zone.view = reading.path(resource);
    for (Resource* link : reading.all_of("azurerm_private_dns_zone_virtual_network_link")) {
      if (zone_resource(reading, link->section.value("private_dns_zone_name"), resource.type) != &resource) continue;
      zone.visible_from.push_back(reading.id_of("vnet", link->section.value("virtual_network_id")));
      zone.reasons.push_back(reading.declared(link->section.where("virtual_network_id")));
    }
    // A private zone without a link answers nobody; its own path stands for "no network that is declared here".
    if (zone.visible_from.empty()) zone.visible_from.push_back("vnet:" + reading.path(resource));
  }
  add_zones(reading, section, "name", std::move(zone));
}

/// "azurerm_private_dns_cname_record" is CNAME.
std::string record_type(std::string_view type) {
  type.remove_suffix(std::string_view("_record").size());
  std::string word(type.substr(type.rfind('_') + 1));
  std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return word;
}

void add_block_records(Reading& reading, const RecordSet& set) {
  constexpr std::string_view kParts[] = {"preference", "priority", "weight", "port", "flags", "tag", "exchange", "target", "value"};
  for (const Section& block : set.resource.section.blocks("record")) {
    Text data;
    Location where = block.header();
    for (const std::string_view part : kParts) {
      if (!block.has(part)) continue;
      if (!data.empty()) data.append(std::string_view(" "));
      data.append(block.text(part));
      where = block.where(part);
    }
    add_record(reading, set, Value::of_text(std::move(data)), where);
  }
}

void read_record(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  ZoneName zone = zone_name(reading, section, resource.type.starts_with("azurerm_private_"));
  RecordSet set{.resource = resource,
                .zone = std::move(zone),
                .name = section.value("name"),
                .type = record_type(resource.type),
                .ttl = ttl_of(section, "ttl"),
                .routing = ""};
  add_records(reading, set, "records");
  if (section.has("record")) add_record(reading, set, section.value("record"), section.where("record"));
  add_block_records(reading, set);
  if (!section.has("target_resource_id")) return;
  set.type = "ALIAS";
  Value target = section.value("target_resource_id");
  if (Resource* behind = reading.program.behind(target)) target = reading.program.attribute_of(*behind, "fqdn");
  add_record(reading, set, target, section.where("target_resource_id"));
}

void add_servers(Reading& reading, const std::string& scope, const Section& section, std::string_view attribute) {
  Stub stub{.scope = scope, .reasons = reading.because(section, attribute)};
  for (const Value& server : section.list(attribute)) {
    Upstream upstream{.address = address_of(server), .reasons = reading.because(section, attribute, server)};
    if (!upstream.address) upstream.host = as_text(server, attribute).display();
    stub.servers.push_back(std::move(upstream));
  }
  reading.unit.add(std::move(stub));
}

/// The rules of the resolver that a network is linked to, as forwards of Azure's own resolver for that network.
std::vector<Forward> forwards_of(Reading& reading, const Resource& network) {
  std::vector<Forward> forwards;
  for (Resource* link : reading.all_of("azurerm_private_dns_resolver_virtual_network_link")) {
    if (reading.program.behind(link->section.value("virtual_network_id")) != &network) continue;
    const Resource* set = reading.program.behind(link->section.value("dns_forwarding_ruleset_id"));
    for (Resource* rule : reading.all_of("azurerm_private_dns_resolver_forwarding_rule")) {
      const std::optional<DomainName> zone = name_of(rule->section.text("domain_name"));
      if (set == nullptr || reading.program.behind(rule->section.value("dns_forwarding_ruleset_id")) != set || !zone) continue;
      Forward forward{.zone = *zone, .reasons = reading.because(rule->section, "domain_name")};
      for (const Section& target : rule->section.blocks("target_dns_servers")) {
        Upstream upstream{.address = address_of(target.value("ip_address")), .reasons = reading.because(target, "ip_address")};
        if (!upstream.address) upstream.host = target.text("ip_address").display();
        upstream.port = static_cast<std::uint16_t>(std::min<std::size_t>(known_index(target.value("port")).value_or(53), 65535));
        forward.upstreams.push_back(std::move(upstream));
      }
      forwards.push_back(std::move(forward));
    }
  }
  return forwards;
}

void read_network(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const std::string id = reading.id("vnet", resource);
  Scope scope{
      .id = id, .kind = ScopeKind::vnet, .name = resource.address, .parent = reading.unit.home().id, .reasons = reading.because(section)};
  if (const std::optional<std::string> region = section.known("location")) scope.failure_domains = {{"region", *region}};
  reading.unit.add(std::move(scope));
  const std::string provided = "server:azure/azure-provided-dns/" + reading.path(resource);
  reading.unit.add(Server{.id = provided,
                          .software = "azure-provided-dns",
                          .scope = id,
                          .roles = {ServerRole::recursive_resolver},
                          .forwards = forwards_of(reading, resource),
                          .iterates = true,
                          .reasons = reading.because(section)});
  for (Resource* servers : reading.all_of("azurerm_virtual_network_dns_servers")) {
    if (reading.program.behind(servers->section.value("virtual_network_id")) != &resource) continue;
    return add_servers(reading, id, servers->section, "dns_servers");
  }
  if (!section.list("dns_servers").empty()) return add_servers(reading, id, section, "dns_servers");
  const Evidence why =
      Evidence::by_default("Azure Virtual Network: without dns_servers a network uses Azure-provided DNS at 168.63.129.16");
  reading.unit.add(Stub{.scope = id, .servers = {{.server = provided, .reasons = {why}}}, .reasons = {why}});
}

void read_subnet(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  std::string parent = reading.id_of("vnet", section.value("virtual_network_name"));
  reading.unit.add(Scope{.id = reading.id("subnet", resource),
                         .kind = ScopeKind::subnet,
                         .name = resource.address,
                         .parent = std::move(parent),
                         .reasons = reading.because(section, "virtual_network_name")});
}

void read_app(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const std::string id = reading.id("function", resource);
  Workload workload{.id = id,
                    .kind = WorkloadKind::function,
                    .name = section.text("name").display(),
                    .scope = reading.unit.home().id,
                    .reasons = reading.because(section, "name")};
  if (section.has("virtual_network_subnet_id")) {
    workload.scope = reading.id_of("subnet", section.value("virtual_network_subnet_id"));
    workload.reasons.push_back(reading.declared(section.where("virtual_network_subnet_id")));
  }
  reading.take_purpose(workload, section, "tags");
  reading.unit.add(std::move(workload));
  reading.use_settings({id}, section, "app_settings");
  Text host = section.text("name");
  host.append(std::string_view(".azurewebsites.net"));
  reading.unit.add(
      Inventory{.kind = "app", .host = std::move(host), .owner = resource.address, .reasons = reading.because(section, "name")});
}

void read_public_ip(Reading& reading, Resource& resource) {
  for (const std::string_view attribute : {"ip_address", "fqdn"}) {
    if (attribute == "fqdn" && !resource.section.has("domain_name_label")) continue;
    const Value host = reading.program.attribute_of(resource, attribute);
    reading.unit.add(Inventory{.kind = "elastic-ip",
                               .host = as_text(host),
                               .address = address_of(host),
                               .owner = resource.address,
                               .reasons = reading.because(resource.section, "name")});
  }
}

void read_key_vault(Reading& reading, Resource& resource) {
  Text host = resource.section.text("name");
  host.append(std::string_view(".vault.azure.net"));
  reading.unit.add(Endpoint{.hosts = {std::move(host)},
                            .role = Role::secret_store,
                            .provider = "azure",
                            .region = resource.section.text("location").display(),
                            .reasons = reading.because(resource.section, "name")});
}

constexpr ResourceType kTypes[] = {
    {"azurerm_app_service", &read_app},
    {"azurerm_dns_a_record", &read_record},
    {"azurerm_dns_aaaa_record", &read_record},
    {"azurerm_dns_caa_record", &read_record},
    {"azurerm_dns_cname_record", &read_record},
    {"azurerm_dns_mx_record", &read_record},
    {"azurerm_dns_ns_record", &read_record},
    {"azurerm_dns_ptr_record", &read_record},
    {"azurerm_dns_srv_record", &read_record},
    {"azurerm_dns_txt_record", &read_record},
    {"azurerm_dns_zone", &read_zone},
    {"azurerm_key_vault", &read_key_vault},
    {"azurerm_linux_function_app", &read_app},
    {"azurerm_linux_web_app", &read_app},
    {"azurerm_private_dns_a_record", &read_record},
    {"azurerm_private_dns_aaaa_record", &read_record},
    {"azurerm_private_dns_cname_record", &read_record},
    {"azurerm_private_dns_mx_record", &read_record},
    {"azurerm_private_dns_ptr_record", &read_record},
    {"azurerm_private_dns_srv_record", &read_record},
    {"azurerm_private_dns_txt_record", &read_record},
    {"azurerm_private_dns_zone", &read_zone},
    {"azurerm_public_ip", &read_public_ip},
    {"azurerm_subnet", &read_subnet},
    {"azurerm_virtual_network", &read_network},
    {"azurerm_windows_function_app", &read_app},
    {"azurerm_windows_web_app", &read_app},
};

}  // namespace

std::span<const ResourceType> azure_types() { return kTypes; }

}  // namespace mainstay::terraform
