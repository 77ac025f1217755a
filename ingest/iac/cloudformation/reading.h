// Reading: how a CloudFormation resource becomes facts. One function a resource type; the tables of all families are joined in reading.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/client_settings.h"
#include "ingest/iac/cloudformation/program.h"
#include "ingest/iac/records.h"

namespace mainstay::cloudformation {

/// What the functions share: the unit that facts go to, the program behind them, and how things are named.
class Reading {
 public:
  explicit Reading(Program& reads) : program(reads), unit(reads.unit()) {}

  Program& program;
  Unit& unit;

  static std::string id(std::string_view kind, const Resource& resource) { return std::string(kind) + ":" + resource.path; }
  /// The id of what a value refers to; for something that is not in this tree, a name made of how the template writes it.
  std::string id_of(std::string_view kind, const Value& value, const Resource& from) const;
  /// The home of the file that the resource stands in.
  static const std::string& home(const Resource& resource) { return resource.stack->home.id; }

  Value value(Resource& resource, std::string_view property) { return program.property(resource, property); }
  /// The property as text; empty when it is not set. Of alternatives what they have in common.
  Text text(Resource& resource, std::string_view property) const;
  std::optional<std::string> known(Resource& resource, std::string_view property) const;
  /// The items of a list, of a single value as a list of one.
  std::vector<Value> items(Resource& resource, std::string_view property) const;

  /// Why something of that resource is believed: assumed when a condition that is open decides whether the resource exists.
  Reasons because(const Resource& resource, Location where) const;
  Reasons because(const Resource& resource, std::string_view property) const { return because(resource, resource.where(property)); }
  Reasons because(const Resource& resource) const { return because(resource, resource.written->origin); }

  /// Every resource of that type, for what is said in other resources (associations, links).
  std::vector<Resource*> all_of(std::string_view type) const;

  /// Takes what the tags say that the workload is for: a map, or a list of keys with values.
  void take_purpose(Workload& workload, const Value& tags) const;
  /// Adds a use for every setting of a map that names an identity endpoint.
  void use_settings(const iac::Client& client, const Resource& resource, const Value& settings) const;
};

/// The parts of a value that are maps: itself, those of its alternatives, the items of a list.
std::vector<Value> maps_in(const Value& value);
std::vector<Value> list_items(const Value& value);

using ReadResource = void (*)(Reading& reading, Resource& resource);

struct ResourceType {
  std::string_view type;
  ReadResource read;
};

std::span<const ResourceType> dns_types();
std::span<const ResourceType> network_types();
std::span<const ResourceType> compute_types();
std::span<const ResourceType> inventory_types();
std::span<const ResourceType> identity_types();
std::span<const ResourceType> access_types();

/// The scope of the subnets that a value lists: the only one, or the network around several; empty when none is listed.
std::string subnet_scope(Reading& reading, const Resource& from, const std::vector<Value>& subnets);
/// The failure domain of a subnet's zone, when it is known.
std::vector<FailureDomain> zone_of_subnet(Reading& reading, const Value& subnet);

/// Reads every resource of the program.
void read_resources(Program& program);

}  // namespace mainstay::cloudformation
