// Reading: how a Terraform resource becomes facts. One function a resource type; the tables of all families are joined in reading.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/client_settings.h"
#include "ingest/iac/records.h"
#include "ingest/iac/terraform/program.h"
#include "ingest/source/unit.h"

namespace mainstay::terraform {

using iac::address_of;
using iac::Client;
using iac::completed;
using iac::name_of;
using iac::PlatformDefault;
using iac::without_dot;
using iac::ZoneName;

/// What the functions share: the unit that facts go to, the program behind them, and how things are named.
class Reading {
 public:
  explicit Reading(Program& reads) : program(reads), unit(reads.unit()) {}

  Program& program;
  Unit& unit;

  /// "infra/module.edge.aws_vpc.main": the folder of the root and the address.
  std::string path(std::string_view address) const;
  std::string path(const Resource& resource) const { return path(resource.address); }
  std::string id(std::string_view kind, const Resource& resource) const { return std::string(kind) + ":" + path(resource); }
  /// The id of what a value refers to; for something that is not in this tree, a name made of how the source writes it.
  std::string id_of(std::string_view kind, const Value& value) const;

  /// Evidence at that place; of a plan or a state without the line, which may hold what is sensitive beside it.
  Evidence declared(Location where) const;
  /// Why something of that section is believed: assumed when a condition that is open decides whether it is there.
  Reasons because(const Section& section, std::string_view attribute) const { return because(section, section.where(attribute)); }
  Reasons because(const Section& section) const { return because(section, section.header()); }
  Reasons because(const Section& section, Location where) const { return iac::taken_when({declared(where)}, section.when()); }
  /// For one item or entry of an argument: where it is written, and the argument when that stands elsewhere.
  Reasons because(const Section& section, std::string_view attribute, const Value& inside) const;
  /// The place of one item or entry of an argument when it is written there, else of the argument.
  Location place(const Section& section, std::string_view attribute, const Value& inside) const;

  /// Every instance of that type, for what is said in other resources (associations, links).
  std::vector<Resource*> all_of(std::string_view type);

  /// Adds a use for every setting that names an identity endpoint.
  void use_settings(const Client& client, const Section& section, std::string_view attribute);
  /// Takes what the tags or labels say that the workload is for.
  void take_purpose(Workload& workload, const Section& section, std::string_view attribute);
  void use_setting(const Client& client, std::string_view key, const Value& value, Reasons reasons);
};

/// The limit that an argument sets, or what the platform documents when it is not set.
void limit_time(const Reading& reading, Client& client, const Section& section, std::string_view attribute, PlatformDefault otherwise);

/// One record set: the parts that its values share.
/// Shape: `name` as it is written, to be completed by the zone's; both may have alternatives, `apex` is null where it has none.
struct RecordSet {
  const Resource& resource;
  ZoneName zone;
  Value name;
  Value apex = {};
  std::string type;
  std::optional<Ttl> ttl;
  std::string routing;
};

std::optional<Ttl> ttl_of(const Section& section, std::string_view attribute);
/// Adds one Record a value, and a Delegation for NS and DS records below the apex; for each alternative of names and values its own.
void add_records(Reading& reading, const RecordSet& set, std::string_view attribute);
void add_record(Reading& reading, const RecordSet& set, const Value& data, Location where);

/// Adds the zone under each name that the argument may be, counting it as unknown where none is. `zone` has all but name and its reasons.
void add_zones(Reading& reading, const Section& section, std::string_view attribute, Zone zone);

using ReadResource = void (*)(Reading& reading, Resource& resource);

struct ResourceType {
  std::string_view type;
  ReadResource read;
};

std::span<const ResourceType> aws_dns_types();
std::span<const ResourceType> aws_network_types();
std::span<const ResourceType> aws_compute_types();
std::span<const ResourceType> aws_inventory_types();
std::span<const ResourceType> azure_types();
std::span<const ResourceType> google_types();
std::span<const ResourceType> cloudflare_types();
std::span<const ResourceType> helm_types();
std::span<const ResourceType> identity_types();
std::span<const ResourceType> dns_grant_types();

/// The apex and view of a Route 53 zone that a record or association names.
ZoneName route53_zone(Reading& reading, const Value& zone_id);
/// The scopes of the subnets that an argument lists: the only one, or the network around several; empty when none is listed.
std::string subnet_scope(Reading& reading, const Section& section, std::string_view attribute);
/// The failure domain of a subnet's zone, when it is known.
std::vector<FailureDomain> zone_of_subnet(Reading& reading, const Value& subnet);

/// Reads every resource and the provider blocks of the program.
void read_resources(Program& program);
/// The endpoints that provider blocks name: a run of Terraform itself needs them.
void read_providers(Reading& reading);

}  // namespace mainstay::terraform
