#include "ingest/iac/terraform/reading.h"

#include <algorithm>
#include <utility>

#include "ingest/catalogue/purpose.h"

namespace mainstay::terraform {
namespace {

bool is_inside(Location inner, Location outer) {
  return inner.source == outer.source && inner.begin >= outer.begin && inner.end <= outer.end && inner.end > inner.begin;
}

/// The value that `key` has in an object written below this expression, or null.
const hcl::Expression* entry_of(const hcl::Expression& e, std::string_view key) {
  if (e.kind == hcl::ExpressionKind::object) {
    for (std::size_t i = 0; i + 1 < e.children.size(); i += 2) {
      if (e.children[i].text == key) return &e.children[i];
    }
  }
  if (e.kind != hcl::ExpressionKind::call && e.kind != hcl::ExpressionKind::parentheses) return nullptr;
  for (const hcl::Expression& child : e.children) {
    if (const hcl::Expression* found = entry_of(child, key)) return found;
  }
  return nullptr;
}

}  // namespace

std::string Reading::path(std::string_view address) const {
  const std::string folder(program.folder());
  return (folder.empty() ? "." : folder) + "/" + std::string(address);
}

std::string Reading::id_of(std::string_view kind, const Value& value) const {
  const Resource* resource = program.behind(value);
  const std::string name = resource != nullptr ? resource->address : value.is_unknown() ? value.hole.name : as_text(value).display();
  return std::string(kind) + ":" + path(name);
}

Evidence Reading::declared(Location where) const {
  Evidence made = unit.declared(where);
  if (program.is_planned(where.source)) made.place.text.clear();
  return made;
}

Reasons Reading::because(const Section& section, std::string_view attribute, const Value& inside) const {
  const Location here = place(section, attribute, inside);
  if (inside.origin == Location{} || is_inside(inside.origin, here)) return because(section, here);
  return iac::taken_when({declared(inside.origin), declared(here)}, section.when());
}

Location Reading::place(const Section& section, std::string_view attribute, const Value& inside) const {
  const Location whole = section.where(attribute);
  return is_inside(inside.origin, whole) ? inside.origin : whole;
}

std::vector<Resource*> Reading::all_of(std::string_view type) {
  std::vector<Resource*> found;
  for (Resource* resource : program.resources()) {
    if (resource->type == type && !resource->is_data) found.push_back(resource);
  }
  return found;
}

void Reading::take_purpose(Workload& workload, const Section& section, std::string_view attribute) {
  const Value tags = section.value(attribute);
  for (const Entry& tag : tags.entries) {
    const Location where = place(section, attribute, tag.value);
    const std::size_t before = workload.reasons.size();
    mainstay::take_purpose(unit, tag.key, known_text(tag.value).value_or(""), where, workload);
    // A line of a plan is not quoted.
    for (std::size_t i = before; program.is_planned(where.source) && i < workload.reasons.size(); ++i)
      workload.reasons[i].place.text.clear();
  }
}

void Reading::use_setting(const Client& client, std::string_view key, const Value& value, Reasons reasons) {
  iac::use_setting(unit, client, key, value, reasons);
}

void Reading::use_settings(const Client& client, const Section& section, std::string_view attribute) {
  const hcl::Attribute* written = section.body().attribute(attribute);
  if (!section.has(attribute)) return;
  const Value written_value = section.value(attribute);
  const Value settings = iac::entries_settled(written_value);
  if (settings.is_unknown()) return program.count_unknown("a map of environment variables", section.where(attribute));
  for (const Entry& entry : settings.entries) {
    const hcl::Expression* key = written != nullptr ? entry_of(written->value, entry.key) : nullptr;
    use_setting(client, entry.key, entry.value, because(section, key != nullptr ? key->where : place(section, attribute, entry.value)));
  }
}

void limit_time(const Reading& reading, Client& client, const Section& section, std::string_view attribute, PlatformDefault otherwise) {
  iac::limit_time(client, section.value(attribute), reading.because(section, attribute), otherwise);
}

void read_resources(Program& program) {
  Reading reading(program);
  const std::span<const ResourceType> families[] = {aws_dns_types(),  aws_network_types(), aws_compute_types(), aws_inventory_types(),
                                                    azure_types(),    google_types(),      cloudflare_types(),  helm_types(),
                                                    identity_types(), dns_grant_types()};
  std::map<std::string_view, std::vector<ReadResource>> by_type;
  for (const std::span<const ResourceType> family : families) {
    for (const ResourceType& row : family) by_type[row.type].push_back(row.read);
  }
  for (Resource* resource : program.resources()) {
    const auto at = by_type.find(resource->type);
    if (at == by_type.end() || resource->is_data) continue;
    for (const ReadResource read : at->second) read(reading, *resource);
  }
  read_providers(reading);
  for (const Released& one : program.plan().released) {
    const Result<IpAddress> address = IpAddress::parse(one.address);
    if (address)
      program.unit().add(
          Inventory{.kind = "released-address", .address = *address, .owner = one.owner, .reasons = {reading.declared(one.where)}});
  }
}

}  // namespace mainstay::terraform
