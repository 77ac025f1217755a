#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ingest/catalogue/purpose.h"
#include "ingest/iac/kubernetes.h"

namespace mainstay::kubernetes {
namespace {

constexpr std::string_view kEnvironmentLabels[] = {"app.kubernetes.io/environment", "environment", "env", "tags.datadoghq.com/env"};
constexpr std::string_view kEnvironments[] = {"prod",        "production", "live", "staging", "stage", "preprod", "preview",
                                              "development", "dev",        "test", "qa",      "uat",   "sandbox"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTopologyKeys{
    {{"topology.kubernetes.io/zone", "zone"},
     {"failure-domain.beta.kubernetes.io/zone", "zone"},
     {"topology.kubernetes.io/region", "region"},
     {"failure-domain.beta.kubernetes.io/region", "region"}}};

std::string environment_label(const YamlNode& metadata) {
  for (const std::string_view label : kEnvironmentLabels) {
    const std::string_view value = metadata["labels"][label].text_or("");
    if (!value.empty()) return std::string(value);
  }
  return {};
}

std::string environment_of(const Cluster& cluster, const PodOwner& owner) {
  const Object& object = *owner.object;
  std::string found = environment_label((*object.root)["metadata"]);
  if (found.empty()) found = environment_label(*owner.template_metadata);
  const Object* space = cluster.find("Namespace", "", object.space);
  if (found.empty() && space != nullptr) found = environment_label((*space)["metadata"]);
  const bool is_named_so = std::find(std::begin(kEnvironments), std::end(kEnvironments), object.space) != std::end(kEnvironments);
  return found.empty() && is_named_so ? object.space : found;
}

void add_domain(std::vector<FailureDomain>& domains, std::string_view key, std::string_view value) {
  for (const auto& [topology, kind] : kTopologyKeys) {
    if (key == topology && !value.empty()) domains.push_back({std::string(kind), std::string(value)});
  }
}

/// The zone or region that a pod is bound to: by its node selector, or by a required affinity that leaves one value.
std::vector<FailureDomain> failure_domains(const YamlNode& spec) {
  std::vector<FailureDomain> domains;
  for (const YamlEntry& entry : spec["nodeSelector"].entries) add_domain(domains, entry.key, entry.value->text_or(""));
  const YamlNode& terms = spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"];
  if (terms.children.size() == 1) {
    for (const YamlNode* expression : (*terms.children[0])["matchExpressions"].children) {
      const YamlNode& values = (*expression)["values"];
      if ((*expression)["operator"].text_or("") != "In" || values.children.size() != 1) continue;
      add_domain(domains, (*expression)["key"].text_or(""), values.children[0]->text_or(""));
    }
  }
  std::sort(domains.begin(), domains.end());
  domains.erase(std::unique(domains.begin(), domains.end()), domains.end());
  return domains;
}

void add_scopes(const Cluster& cluster) {
  Unit& unit = cluster.unit();
  const HomeScope home = unit.tree().cluster(unit.source().name());
  const Evidence reason = home.folder.empty()
                              ? Evidence::assumed("manifests outside of a clusters/ folder belong to one cluster")
                              : Evidence::assumed(fmt::format("the folder {} is the cluster of the manifests in it", home.folder));
  unit.add(Scope{.id = home.id, .kind = ScopeKind::cluster, .name = home.name, .parent = home.parent, .reasons = {reason}});
  std::map<std::string, Location> spaces;
  for (const Object& object : cluster.objects()) {
    const std::string& name = object.kind == "Namespace" ? object.name : object.space;
    if (name.empty()) continue;
    const YamlNode& written = (*object.root)["metadata"]["namespace"];
    spaces.try_emplace(name, object.kind != "Namespace" && written.present() ? written.where : object.where);
  }
  for (const auto& [name, where] : spaces) {
    unit.add(Scope{.id = cluster.namespace_id(name),
                   .kind = ScopeKind::name_space,
                   .name = name,
                   .parent = home.id,
                   .reasons = cluster.declared(where)});
  }
}

std::string account_of(const Cluster& cluster, const PodOwner& owner) {
  const YamlNode& spec = *owner.spec;
  const std::string_view name = spec["serviceAccountName"].text_or(spec["serviceAccount"].text_or(""));
  return name.empty() ? std::string() : cluster.account_id(owner.object->space, name);
}

/// What annotations and labels of the object, then of its pods, say that the workload is for.
void take_purpose_of(const Cluster& cluster, const PodOwner& owner, Workload& workload) {
  for (const YamlNode* metadata : {&(*owner.object->root)["metadata"], owner.template_metadata}) {
    for (const std::string_view part : {"labels", "annotations"}) {
      for (const YamlEntry& entry : (*metadata)[part].entries)
        take_purpose(cluster.unit(), entry.key, entry.value->text_or(""), entry.value->where, workload);
    }
    if (owner.template_metadata == &(*owner.object->root)["metadata"]) break;
  }
}

/// Pods of a DaemonSet or of several replicas still count as one workload: they fail together when a name does.
void add_workload(const Cluster& cluster, const PodOwner& owner) {
  const Object& object = *owner.object;
  Workload workload{.id = owner.id,
                    .kind = owner.kind,
                    .name = object.name,
                    .scope = cluster.namespace_id(object.space),
                    .runs_as = account_of(cluster, owner),
                    .environment = environment_of(cluster, owner),
                    .instances = owner.instances,
                    .failure_domains = failure_domains(*owner.spec),
                    .reasons = cluster.declared(object.where)};
  take_purpose_of(cluster, owner, workload);
  const std::string_view policy = (*owner.spec)["dnsPolicy"].text_or("ClusterFirst");
  const YamlNode& config = (*owner.spec)["dnsConfig"];
  const bool is_on_node = (*owner.spec)["hostNetwork"].is_true();
  const bool is_of_node = policy == "Default" || (is_on_node && policy == "ClusterFirst");
  if (config.is_map() || policy == "None") {
    workload.stub = owner.id;
  } else if (is_of_node) {
    workload.stub = cluster.nodes();
    const YamlNode& written = (*owner.spec)[policy == "Default" ? "dnsPolicy" : "hostNetwork"];
    workload.reasons.push_back(cluster.unit().declared(written.where));
  }
  cluster.unit().add(std::move(workload));
}

}  // namespace

void add_workloads(const Cluster& cluster) {
  add_scopes(cluster);
  for (const Object& object : cluster.objects()) {
    if (object.kind != "ServiceAccount" || object.name.empty()) continue;
    cluster.unit().add(Workload{.id = cluster.account_id(object.space, object.name),
                                .kind = WorkloadKind::service_account,
                                .name = object.name,
                                .scope = cluster.namespace_id(object.space),
                                .reasons = cluster.declared(object.where)});
  }
  for (const PodOwner& owner : cluster.owners()) add_workload(cluster, owner);
}

}  // namespace mainstay::kubernetes
