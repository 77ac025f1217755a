// Reading: how an Azure resource becomes facts. One function a resource type; the tables of all families are joined in reading.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/azure/program.h"
#include "ingest/iac/client_settings.h"
#include "ingest/iac/open_records.h"

namespace mainstay::azure {

/// What the functions share: the unit that facts go to, the program behind them, and how things are named.
class Reading {
 public:
  explicit Reading(Program& reads) : program(reads), unit(reads.unit()) {}

  Program& program;
  Unit& unit;

  static std::string id(std::string_view kind, const Resource& resource) { return std::string(kind) + ":" + resource.path; }
  /// The id of what a value refers to; for something that is not in this tree, a name made of how the source writes it.
  std::string id_of(std::string_view kind, const Value& value) const;
  static const std::string& home(const Resource& resource) { return resource.deployment->home.id; }

  Value value(Resource& resource, std::string_view path) { return program.property(resource, path); }
  Text text(Resource& resource, std::string_view path);
  std::optional<std::string> known(Resource& resource, std::string_view path) { return known_text(value(resource, path)); }
  /// The items of a list, of a single value as a list of one.
  std::vector<Value> items(Resource& resource, std::string_view path);
  /// The last part of the name: what people call the resource.
  std::string label(Resource& resource);

  /// Why something of that resource is believed: assumed when a condition that is open decides whether the resource exists.
  Reasons because(const Resource& resource, Location where) const { return iac::taken_when({unit.declared(where)}, resource.when); }
  Reasons because(const Resource& resource, std::string_view path) const { return because(resource, program.where(resource, path)); }
  Reasons because(const Resource& resource) const { return because(resource, resource.where); }

  /// Every resource of that type.
  std::vector<Resource*> all_of(std::string_view type) const;
  /// The resource that this one stands in: by its parent, or by the first parts of its name.
  Resource* above(Resource& resource);

  void take_purpose(Workload& workload, Resource& resource);
};

/// A member of an object; the null value when there is none. Names are compared without case, as Azure does.
const Value& part(const Value& object, std::string_view name);

using ReadResource = void (*)(Reading& reading, Resource& resource);

struct ResourceType {
  std::string_view type;
  ReadResource read;
};

std::span<const ResourceType> dns_types();
std::span<const ResourceType> network_types();
std::span<const ResourceType> app_types();
std::span<const ResourceType> identity_types();
std::span<const ResourceType> edge_types();

/// Reads every resource of the program.
void read_resources(Program& program);

}  // namespace mainstay::azure
