#include "ingest/iac/azure/reading.h"

#include <algorithm>
#include <map>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/catalogue/purpose.h"

namespace mainstay::azure {

const Value& part(const Value& object, std::string_view name) {
  static const Value kNothing;
  if (object.kind != ValueKind::map) return kNothing;
  if (const Value* found = object.entry(name)) return *found;
  for (const Entry& entry : object.entries) {
    if (ascii_lower(entry.key) == ascii_lower(name)) return entry.value;
  }
  return kNothing;
}

std::string Reading::id_of(std::string_view kind, const Value& value) const {
  const Resource* resource = program.behind(value);
  const std::string name = resource != nullptr ? resource->path : value.is_unknown() ? value.hole.name : as_text(value).display();
  return std::string(kind) + ":" + name;
}

Text Reading::text(Resource& resource, std::string_view path) {
  const Value found = value(resource, path);
  return found.is_null() ? Text() : as_text(found, path);
}

std::vector<Value> Reading::items(Resource& resource, std::string_view path) {
  const Value found = iac::in_common(value(resource, path));
  if (found.is_null()) return {};
  if (found.kind == ValueKind::list) return found.items;
  return {found};
}

std::string Reading::label(Resource& resource) {
  const std::string whole = as_text(program.name(resource), "name").display();
  return whole.substr(whole.rfind('/') + 1);
}

std::vector<Resource*> Reading::all_of(std::string_view type) const {
  std::vector<Resource*> found;
  for (const std::unique_ptr<Resource>& one : program.resources()) {
    if (ascii_lower(one->type) == ascii_lower(type)) found.push_back(one.get());
  }
  return found;
}

Resource* Reading::above(Resource& resource) {
  if (resource.parent != nullptr) return resource.parent;
  const std::optional<std::string> name = known_text(program.name(resource));
  const std::size_t slash = name ? name->rfind('/') : std::string::npos;
  if (slash == std::string::npos) return nullptr;
  Resource* found = nullptr;
  for (Resource* one : all_of(resource.type.substr(0, resource.type.rfind('/')))) {
    if (known_text(program.name(*one)) != name->substr(0, slash)) continue;
    if (found == nullptr || one->deployment == resource.deployment) found = one;
  }
  return found;
}

void Reading::take_purpose(Workload& workload, Resource& resource) {
  const Value tags = value(resource, "tags");
  for (const Entry& tag : tags.entries)
    mainstay::take_purpose(unit, tag.key, known_text(tag.value).value_or(""), tag.value.origin, workload);
}

void read_resources(Program& program) {
  Reading reading(program);
  std::map<std::string, std::vector<ReadResource>, std::less<>> by_type;
  for (const std::span<const ResourceType> family : {dns_types(), network_types(), app_types(), identity_types(), edge_types()}) {
    for (const ResourceType& row : family) by_type[ascii_lower(row.type)].push_back(row.read);
  }
  // What only refers to something that exists is not declared here.
  for (const std::unique_ptr<Resource>& resource : program.resources()) {
    const auto at = resource->existing ? by_type.end() : by_type.find(ascii_lower(resource->type));
    if (at == by_type.end()) continue;
    for (const ReadResource read : at->second) read(reading, *resource);
  }
}

}  // namespace mainstay::azure
