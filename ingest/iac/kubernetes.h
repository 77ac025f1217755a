// The manifests of one cluster, read together: what its parts share.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::kubernetes {

/// True for a file that kustomize reads whatever stands in it: "kustomization.yaml", "kustomization.yml", "Kustomization".
bool is_kustomization_name(std::string_view name);

/// One object of a manifest.
struct Object {
  const YamlNode* root = nullptr;
  std::string_view api;  // "apps/v1"
  std::string_view kind;
  std::string name;
  std::string space;  // its namespace; "default" when none is written
  Location where;     // the name, or the whole object when it has none

  const YamlNode& operator[](std::string_view key) const { return (*root)[key]; }
  const YamlNode& annotation(std::string_view key) const { return (*root)["metadata"]["annotations"][key]; }
};

/// An object that runs pods.
struct PodOwner {
  const Object* object = nullptr;
  WorkloadKind kind = WorkloadKind::deployment;
  const YamlNode* template_metadata = nullptr;  // labels of its pods
  const YamlNode* spec = nullptr;               // spec of its pods
  std::string id;
  std::uint32_t instances = 1;
};

/// All objects of one cluster, and the unit that their facts go to.
class Cluster {
 public:
  explicit Cluster(Unit& unit);

  Unit& unit() const { return unit_; }
  /// "prod" and "cluster:prod".
  const std::string& name() const { return home_.name; }
  const std::string& id() const { return home_.id; }
  std::string namespace_id(std::string_view space) const { return "namespace:" + home_.name + "/" + std::string(space); }
  std::string account_id(std::string_view space, std::string_view name) const;
  std::string server_id(std::string_view name) const { return "server:" + home_.name + "/" + std::string(name); }
  std::string nodes() const { return "nodes:" + home_.name; }
  const std::string& domain() const { return domain_; }
  void set_domain(std::string domain) { domain_ = std::move(domain); }

  const std::vector<Object>& objects() const { return objects_; }
  const std::vector<PodOwner>& owners() const { return owners_; }
  const Object* find(std::string_view kind, std::string_view space, std::string_view name) const;
  /// The pod owners in that namespace whose pods carry all labels of a selector; none for an empty selector.
  std::vector<const PodOwner*> selected(std::string_view space, const YamlNode& selector) const;
  Reasons declared(Location where) const { return {unit_.declared(where)}; }

 private:
  void read_sources();
  void take(const YamlNode& document, int depth);
  void find_owners();
  /// Puts objects into the namespaces of the kustomizations that list them, and adds the ConfigMaps that pods read and these generate.
  void read_kustomizations();
  void generate(const YamlNode& generator, const std::string& space);
  void make_entry(YamlNode& map, std::string_view key, std::string_view text, Location where);
  const Source* generated_from(const YamlNode& asked_from, std::string_view path);

  Unit& unit_;
  HomeScope home_;
  std::string domain_ = "cluster.local";
  std::vector<YamlStream> streams_;
  std::deque<YamlNode> made_;  // nodes of generated objects, and the texts in them
  std::deque<std::string> texts_;
  std::vector<Object> objects_;
  std::vector<PodOwner> owners_;
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::size_t> index_;
};

/// One setting of a container with what is known of its value and where it is written.
struct Variable {
  std::string name;
  Text value;
  Location where;
  std::string secret;  // "name/key" when the value stands in a Secret
};

/// The environment of one container, with ConfigMaps and Secrets joined; later entries win.
std::vector<Variable> environment(const Cluster& cluster, const PodOwner& owner, const YamlNode& container);

/// Scopes of the cluster and its namespaces, workloads and service accounts.
void add_workloads(const Cluster& cluster);
/// The cluster's DNS server, stubs of namespaces and of pods with a policy of their own. Sets the cluster's domain.
void add_dns(Cluster& cluster);
/// What containers need: environment, arguments, mounted configuration.
void add_container_uses(const Cluster& cluster);
/// What service accounts, Ingresses and other objects need.
void add_identity(const Cluster& cluster);
/// Services, the identity endpoints behind them, and records that ExternalDNS writes.
void add_services(const Cluster& cluster);

/// A use with its host taken from `value`; nothing when there is no host in it.
std::optional<Use> use_of(const std::string& workload, const Text& value, Role role, std::string key);

}  // namespace mainstay::kubernetes
