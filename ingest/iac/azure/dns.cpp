// Azure DNS: public and private zones, their records, and the networks that private zones are linked to.
// Source: learn.microsoft.com/azure/templates/microsoft.network/dnszones and .../privatednszones.
#include <algorithm>
#include <array>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/reading.h"

namespace mainstay::azure {
namespace {

bool is_private(const Resource& resource) { return ascii_lower(resource.type).starts_with("microsoft.network/privatednszones"); }

/// A private zone that is only referred to, and so is no fact of this tree, still tells its records apart from public ones.
std::string view_of(const Resource& zone) { return is_private(zone) ? zone.path : std::string(); }

void read_zone(Reading& reading, Resource& resource) {
  Zone zone{.view = view_of(resource), .kind = ZoneKind::hosted, .provider = "azure-dns"};
  Reasons links;
  if (is_private(resource)) {
    for (Resource* link : reading.all_of("Microsoft.Network/privateDnsZones/virtualNetworkLinks")) {
      if (reading.above(*link) != &resource) continue;
      zone.visible_from.push_back(reading.id_of("vnet", reading.value(*link, "properties.virtualNetwork.id")));
      links.push_back(reading.because(*link, "properties.virtualNetwork").front());
    }
    // A private zone without a link answers nobody; its own path stands for "no network that is declared here".
    if (zone.visible_from.empty()) zone.visible_from.push_back("vnet:" + resource.path);
  }
  bool is_known = false;
  for (const Alternative& one : iac::distinct(iac::alternatives_of(reading.program.name(resource)))) {
    const std::optional<DomainName> apex = iac::name_of(as_text(one.value, "name"));
    if (!apex) continue;
    is_known = true;
    Zone made = zone;
    made.apex = *apex;
    made.reasons = iac::taken_when(reading.because(resource, "name"), one.when);
    made.reasons.insert(made.reasons.end(), links.begin(), links.end());
    reading.unit.add(std::move(made));
  }
  if (!is_known) reading.program.count_unknown("the name of a zone", reading.program.where(resource, "name"));
}

/// The parts of one record of a list, in the order of its presentation.
struct Form {
  std::string_view type;
  std::string_view list;
  std::array<std::string_view, 4> parts;
};

constexpr std::array<Form, 9> kForms = {{{"A", "ARecords", {"ipv4Address"}},
                                         {"AAAA", "AAAARecords", {"ipv6Address"}},
                                         {"CAA", "caaRecords", {"flags", "tag", "value"}},
                                         {"CNAME", "CNAMERecord", {"cname"}},
                                         {"MX", "MXRecords", {"preference", "exchange"}},
                                         {"NS", "NSRecords", {"nsdname"}},
                                         {"PTR", "PTRRecords", {"ptrdname"}},
                                         {"SRV", "SRVRecords", {"priority", "weight", "port", "target"}},
                                         {"TXT", "TXTRecords", {"value"}}}};

/// The record as one value: its parts with blanks between them. A TXT record is a list of strings that count as one.
Value presented(const Value& record, const Form& form) {
  std::vector<Value> texts;
  for (const std::string_view name : form.parts) {
    const Value& one = part(record, name);
    if (name.empty() || one.is_null()) continue;
    if (one.kind == ValueKind::list) {
      texts.insert(texts.end(), one.items.begin(), one.items.end());
    } else {
      texts.push_back(one);
    }
  }
  if (texts.empty()) return {};
  std::vector<const Value*> pointers;
  for (const Value& text : texts) pointers.push_back(&text);
  const std::string_view between = form.type == "TXT" ? "" : " ";
  Value made = iac::lifted(pointers, [&](std::vector<Value>& settled) {
    Text whole;
    for (std::size_t i = 0; i < settled.size(); ++i) {
      if (i > 0) whole.append(between);
      whole.append(as_text(settled[i], "record"));
    }
    return Value::of_text(std::move(whole));
  });
  made.origin = record.origin;
  return made;
}

/// What a zone and a record are named: the record's own name is the last part of the whole one.
struct Named {
  Value name;
  Value apex;
};

Named named(Reading& reading, Resource& resource) {
  const Value whole = reading.program.name(resource);
  const auto cut = [&](bool last) {
    return iac::lifted({&whole}, [&](std::vector<Value>& one) {
      const Text text = as_text(one[0], "name");
      const std::size_t slash = text.skeleton().rfind('/');
      if (slash == std::string::npos) return last ? Value::of_text(text) : Value::unknown("zone");
      return Value::of_text(last ? text.slice(slash + 1, text.skeleton().size()) : text.slice(0, slash));
    });
  };
  return {cut(true), cut(false)};
}

void read_record(Reading& reading, Resource& resource) {
  std::string type = resource.type.substr(resource.type.rfind('/') + 1);
  std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const Resource* zone = reading.above(resource);
  const Named own = named(reading, resource);
  Value ttl = reading.value(resource, "properties.TTL");
  iac::RecordSet set{.zone = {.apex = iac::without_dot(as_text(own.apex, "zone")), .zone = as_text(own.apex, "zone").display(), .view = ""},
                     .owner = {},
                     .type = type,
                     .ttl = iac::ttl_of(ttl),
                     .routing = "",
                     .managed_by = resource.path};
  if (const std::optional<DomainName> apex = iac::name_of(set.zone.apex)) set.zone.zone = apex->text();
  if (is_private(resource)) set.zone.view = zone != nullptr ? view_of(*zone) : resource.path;
  const auto* form = std::find_if(kForms.begin(), kForms.end(), [&](const Form& one) { return one.type == type; });
  std::vector<iac::PlacedValue> values;
  if (form != kForms.end()) {
    const std::string path = "properties." + std::string(form->list);
    for (const Value& record : reading.items(resource, path)) {
      Value value = presented(record, *form);
      if (value.is_null()) continue;
      values.push_back({std::move(value),
                        reading.because(resource, record.origin == Location{} ? reading.program.where(resource, path) : record.origin)});
    }
  }
  iac::add_open_records(reading.unit, set, own.name, own.apex, values, reading.because(resource, "name"));
  const Value target = reading.value(resource, "properties.targetResource.id");
  if (target.is_null()) return;
  Resource* behind = reading.program.behind(target);
  Value host = behind != nullptr ? reading.value(*behind, "properties.dnsSettings.fqdn") : Value();
  for (const std::string_view path : {"properties.dnsConfig.fqdn", "properties.hostName"}) {
    if (behind != nullptr && (host.is_null() || host.is_unknown())) {
      Value other = reading.value(*behind, path);
      if (!other.is_null()) host = std::move(other);
    }
  }
  set.type = "ALIAS";
  iac::add_open_records(reading.unit, set, own.name, own.apex,
                        {{host.is_null() ? target : host, reading.because(resource, "properties.targetResource")}}, {});
}

constexpr ResourceType kTypes[] = {
    {"Microsoft.Network/dnsZones", &read_zone},
    {"Microsoft.Network/dnsZones/A", &read_record},
    {"Microsoft.Network/dnsZones/AAAA", &read_record},
    {"Microsoft.Network/dnsZones/CAA", &read_record},
    {"Microsoft.Network/dnsZones/CNAME", &read_record},
    {"Microsoft.Network/dnsZones/MX", &read_record},
    {"Microsoft.Network/dnsZones/NS", &read_record},
    {"Microsoft.Network/dnsZones/PTR", &read_record},
    {"Microsoft.Network/dnsZones/SRV", &read_record},
    {"Microsoft.Network/dnsZones/TXT", &read_record},
    {"Microsoft.Network/privateDnsZones", &read_zone},
    {"Microsoft.Network/privateDnsZones/A", &read_record},
    {"Microsoft.Network/privateDnsZones/AAAA", &read_record},
    {"Microsoft.Network/privateDnsZones/CNAME", &read_record},
    {"Microsoft.Network/privateDnsZones/MX", &read_record},
    {"Microsoft.Network/privateDnsZones/PTR", &read_record},
    {"Microsoft.Network/privateDnsZones/SRV", &read_record},
    {"Microsoft.Network/privateDnsZones/TXT", &read_record},
};

}  // namespace

std::span<const ResourceType> dns_types() { return kTypes; }

}  // namespace mainstay::azure
