#include "ingest/iac/kubernetes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ingest/ingester.h"

namespace mainstay {
namespace kubernetes {
namespace {

Claim claims(std::string_view name, std::string_view head) {
  if (is_kustomization_name(name)) return Claim::by_name;
  const bool is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  if (!is_yaml && !name.ends_with(".json")) return Claim::no;
  const auto has_key = [&](std::string_view key) {
    if (!is_yaml) return head.find("\"" + std::string(key) + "\"") != std::string_view::npos;
    for (std::size_t at = head.find(key); at != std::string_view::npos; at = head.find(key, at + 1)) {
      const char before = at == 0 ? '\n' : head[at - 1];
      const std::string_view after = head.substr(at + key.size(), 2);
      if (std::string_view("\n -{,\"'").find(before) != std::string_view::npos && after.find(':') != std::string_view::npos) return true;
    }
    return false;
  };
  return has_key("apiVersion") && has_key("kind") ? Claim::by_content : Claim::no;
}

/// A cluster is one unit, however large: its objects refer to each other across folders.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  std::map<std::string, std::vector<std::string>> clusters;
  for (std::string& name : names) clusters[tree.cluster(name).id].push_back(std::move(name));
  std::vector<std::vector<std::string>> units;
  for (auto& [id, files] : clusters) {
    std::sort(files.begin(), files.end());
    units.push_back(std::move(files));
  }
  return units;
}

/// Says once for a cluster that charts are not rendered: what they run is not known.
void note_charts(const Cluster& cluster) {
  std::size_t releases = 0;
  Location first;
  for (const Object& object : cluster.objects()) {
    const bool is_release = object.kind == "HelmRelease" || (object.kind == "HelmChart" && object.api.starts_with("helm.cattle.io/"));
    if (is_release && releases++ == 0) first = object.where;
  }
  if (releases == 0) return;
  cluster.unit().note(
      first, fmt::format("{} Helm releases of this cluster are not rendered: the workloads of their charts are not known", releases),
      "scan what the charts render to, as `helm template` prints it");
}

void read(Unit& unit) {
  Cluster cluster(unit);
  if (cluster.objects().empty()) return;
  add_dns(cluster);
  add_workloads(cluster);
  add_container_uses(cluster);
  add_identity(cluster);
  add_services(cluster);
  note_charts(cluster);
}

}  // namespace

constexpr auto kClaims = &claims;
constexpr auto kRead = &read;
constexpr auto kGather = &gather;

}  // namespace kubernetes

extern const Ingester kubernetes_manifests;
constinit const Ingester kubernetes_manifests{.name = "kubernetes",
                                              .title = "Kubernetes manifests",
                                              .reference = "Kubernetes API reference",
                                              .claims = kubernetes::kClaims,
                                              .read = kubernetes::kRead,
                                              .gather = kubernetes::kGather};

}  // namespace mainstay
