#include <algorithm>
#include <array>
#include <utility>

#include "ingest/iac/kubernetes.h"

namespace mainstay::kubernetes {
namespace {

constexpr int kMaxListDepth = 4;

bool is_clusterwide(std::string_view kind) {
  constexpr std::string_view kKinds[] = {"Namespace",
                                         "Node",
                                         "AuthenticationConfiguration",
                                         "Kustomization",
                                         "KubeletConfiguration",
                                         "InitConfiguration",
                                         "Config",
                                         "CustomResourceDefinition",
                                         "Component",
                                         "PersistentVolume",
                                         "StorageClass",
                                         "IngressClass",
                                         "GatewayClass",
                                         "PriorityClass"};
  // ClusterSecretStore, ClusterExternalSecret, ...; not the kind Cluster itself, which databases have in a namespace.
  const bool says_so = kind.size() > 7 && kind.starts_with("Cluster") && kind[7] >= 'A' && kind[7] <= 'Z';
  return says_so || std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

struct OwnerKind {
  std::string_view kind;
  WorkloadKind workload;
};

constexpr std::array<OwnerKind, 10> kOwnerKinds{{{"Deployment", WorkloadKind::deployment},
                                                 {"StatefulSet", WorkloadKind::stateful_set},
                                                 {"DaemonSet", WorkloadKind::daemon_set},
                                                 {"ReplicaSet", WorkloadKind::deployment},
                                                 {"ReplicationController", WorkloadKind::deployment},
                                                 {"DeploymentConfig", WorkloadKind::deployment},
                                                 {"Rollout", WorkloadKind::deployment},
                                                 {"Job", WorkloadKind::job},
                                                 {"CronJob", WorkloadKind::cron_job},
                                                 {"Pod", WorkloadKind::pod}}};

std::string_view id_word(WorkloadKind kind) {
  switch (kind) {
    case WorkloadKind::stateful_set: return "stateful-set:";
    case WorkloadKind::daemon_set: return "daemon-set:";
    case WorkloadKind::job: return "job:";
    case WorkloadKind::cron_job: return "cron-job:";
    case WorkloadKind::pod: return "pod:";
    default: return "deployment:";
  }
}

}  // namespace

bool is_kustomization_name(std::string_view name) {
  const std::string_view base = name.substr(name.rfind('/') + 1);
  return base == "kustomization.yaml" || base == "kustomization.yml" || base == "Kustomization";
}

Cluster::Cluster(Unit& unit) : unit_(unit), home_(unit.tree().cluster(unit.source().name())) {
  read_sources();
  find_owners();
  read_kustomizations();
  for (std::size_t i = 0; i < objects_.size(); ++i) index_.try_emplace({objects_[i].kind, objects_[i].space, objects_[i].name}, i);
  find_owners();
}

std::string Cluster::account_id(std::string_view space, std::string_view name) const {
  return "service-account:" + home_.name + "/" + std::string(space) + "/" + std::string(name);
}

void Cluster::read_sources() {
  for (const std::unique_ptr<Source>& source : unit_.sources()) {
    const SourceId id = unit_.id_of(*source);
    const bool is_json = source->name().ends_with(".json");
    streams_.push_back(is_json ? read_json(*source, id, unit_.problems()) : read_yaml(*source, id, unit_.problems()));
    for (const YamlNode* document : streams_.back().documents()) take(*document, 0);
  }
}

void Cluster::take(const YamlNode& document, int depth) {
  const std::string_view kind = document["kind"].text_or("");
  if (document.is_list() || (kind.ends_with("List") && document["items"].is_list())) {
    if (depth >= kMaxListDepth) return;
    for (const YamlNode* item : (document.is_list() ? document : document["items"]).children) take(*item, depth + 1);
    return;
  }
  const std::string_view api = document["apiVersion"].text_or("");
  if (kind.empty() || api.empty()) {
    // kustomize fills in both for the file that it looks for by name.
    const bool is_kustomization = kind.empty() && document.is_map() && is_kustomization_name(unit_.source(document.where.source).name());
    if (is_kustomization) {
      objects_.push_back({.root = &document, .api = "kustomize.config.k8s.io/v1beta1", .kind = "Kustomization", .where = document.where});
    }
    return;
  }
  const YamlNode& metadata = document["metadata"];
  const YamlNode& name = metadata["name"];
  Object object{.root = &document, .api = api, .kind = kind};
  object.name = name.text_or(metadata["generateName"].text_or(""));
  object.space = is_clusterwide(kind) ? std::string() : std::string(metadata["namespace"].text_or("default"));
  object.where = name.present() ? name.where : document["kind"].where;
  objects_.push_back(std::move(object));
}

void Cluster::find_owners() {
  owners_.clear();
  for (const Object& object : objects_) {
    const auto found = std::find_if(kOwnerKinds.begin(), kOwnerKinds.end(), [&](const OwnerKind& one) { return one.kind == object.kind; });
    if (found == kOwnerKinds.end()) continue;
    const YamlNode* pod = &object["spec"]["template"];
    if (found->workload == WorkloadKind::pod) pod = object.root;
    if (found->workload == WorkloadKind::cron_job) pod = &object["spec"]["jobTemplate"]["spec"]["template"];
    PodOwner owner{.object = &object, .kind = found->workload, .template_metadata = &(*pod)["metadata"], .spec = &(*pod)["spec"]};
    if (!owner.spec->is_map()) continue;
    owner.id = std::string(id_word(found->workload)) + home_.name + "/" + object.space + "/" + object.name;
    owner.instances = object["spec"]["replicas"].count().value_or(1);
    owners_.push_back(std::move(owner));
  }
}

const Object* Cluster::find(std::string_view kind, std::string_view space, std::string_view name) const {
  const auto found = index_.find({kind, space, name});
  return found == index_.end() ? nullptr : &objects_[found->second];
}

std::vector<const PodOwner*> Cluster::selected(std::string_view space, const YamlNode& selector) const {
  std::vector<const PodOwner*> found;
  if (selector.entries.empty()) return found;
  for (const PodOwner& owner : owners_) {
    if (owner.object->space != space) continue;
    const YamlNode& labels = (*owner.template_metadata)["labels"];
    const bool fits = std::all_of(selector.entries.begin(), selector.entries.end(), [&](const YamlEntry& wanted) {
      const YamlNode& label = labels[wanted.key];
      return label.present() && label.is_scalar() && label.text == wanted.value->text;
    });
    if (fits) found.push_back(&owner);
  }
  return found;
}

}  // namespace mainstay::kubernetes
