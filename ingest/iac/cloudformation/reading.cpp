#include "ingest/iac/cloudformation/reading.h"

#include <map>
#include <utility>

#include "ingest/catalogue/purpose.h"
#include "ingest/iac/alternatives.h"

namespace mainstay::cloudformation {

std::string Reading::id_of(std::string_view kind, const Value& value, const Resource& from) const {
  const Value whole = iac::in_common(value);
  if (const Resource* resource = program.behind(whole)) return id(kind, *resource);
  const std::string name = whole.is_unknown() ? whole.hole.name : as_text(whole).display();
  return std::string(kind) + ":" + from.stack->path + "/" + name;
}

Text Reading::text(Resource& resource, std::string_view property) const {
  const Value found = program.property(resource, property);
  return found.is_null() ? Text() : as_text(found, resource.name + "." + std::string(property));
}

std::optional<std::string> Reading::known(Resource& resource, std::string_view property) const {
  return known_text(program.property(resource, property));
}

std::vector<Value> list_items(const Value& value) {
  if (value.is_null()) return {};
  if (value.kind == ValueKind::list) return value.items;
  if (value.kind != ValueKind::one_of) return {value};
  // The longest of the alternatives stands for them: items that are in some of them only may be there.
  std::vector<Value> longest;
  for (const Alternative& alternative : value.alternatives) {
    std::vector<Value> items = list_items(alternative.value);
    if (items.size() > longest.size()) longest = std::move(items);
  }
  return longest;
}

std::vector<Value> Reading::items(Resource& resource, std::string_view property) const {
  return list_items(program.property(resource, property));
}

std::vector<Value> maps_in(const Value& value) {
  std::vector<Value> found;
  if (value.kind == ValueKind::map) found.push_back(value);
  for (const Alternative& alternative : value.alternatives) {
    for (Value& inner : maps_in(alternative.value)) found.push_back(std::move(inner));
  }
  if (value.kind != ValueKind::list) return found;
  for (const Value& item : value.items) {
    for (Value& inner : maps_in(item)) found.push_back(std::move(inner));
  }
  return found;
}

Reasons Reading::because(const Resource& resource, Location where) const {
  Reasons reasons{unit.declared(where)};
  if (resource.condition.kind != ValueKind::one_of) return reasons;
  const std::string name = plain(part(*resource.written, "Condition"));
  return iac::taken_when(std::move(reasons), {{"condition " + (name.empty() ? "of the stack" : name), "true"}});
}

std::vector<Resource*> Reading::all_of(std::string_view type) const {
  std::vector<Resource*> found;
  for (Resource* resource : program.resources()) {
    if (resource->type == type) found.push_back(resource);
  }
  return found;
}

void Reading::take_purpose(Workload& workload, const Value& tags) const {
  for (const Entry& tag : tags.entries) {
    mainstay::take_purpose(unit, tag.key, known_text(tag.value).value_or(""), tag.value.origin, workload);
  }
  for (const Value& tag : tags.items) {
    const Value& value = part(tag, "Value");
    mainstay::take_purpose(unit, plain(part(tag, "Key")), known_text(value).value_or(""), value.origin, workload);
  }
}

void Reading::use_settings(const iac::Client& client, const Resource& resource, const Value& settings) const {
  if (settings.is_unknown()) return program.count_unknown("a map of environment variables", settings.origin);
  for (const Value& map : maps_in(settings)) {
    for (const Entry& entry : map.entries) iac::use_setting(unit, client, entry.key, entry.value, because(resource, entry.value.origin));
  }
}

void read_resources(Program& program) {
  Reading reading(program);
  const std::span<const ResourceType> families[] = {dns_types(),       network_types(),  compute_types(),
                                                    inventory_types(), identity_types(), access_types()};
  std::map<std::string_view, std::vector<ReadResource>> by_type;
  for (const std::span<const ResourceType> family : families) {
    for (const ResourceType& row : family) by_type[row.type].push_back(row.read);
  }
  for (Resource* resource : program.resources()) {
    const auto at = by_type.find(resource->type);
    if (at == by_type.end()) continue;
    for (const ReadResource read : at->second) read(reading, *resource);
  }
}

}  // namespace mainstay::cloudformation
