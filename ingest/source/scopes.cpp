#include "ingest/source/scopes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace mainstay {
namespace {

constexpr std::string_view kResolvConf = "etc/resolv.conf";
constexpr std::string_view kClusters = "clusters/";

// The names that the compose command looks for, in the order of its preference.
constexpr std::array<std::string_view, 4> kComposeFiles{"compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"};

std::string_view parent_folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// How a folder stands in an id; the root has no name of its own.
std::string shown(std::string_view folder) { return folder.empty() ? "." : std::string(folder); }

HomeScope repository() { return {.id = "repository:.", .kind = ScopeKind::repository, .name = "."}; }

/// The folder "…/clusters/<name>" that holds `name` most closely.
std::optional<std::string_view> cluster_folder(std::string_view name) {
  for (std::string_view folder = parent_folder(name); !folder.empty(); folder = parent_folder(folder)) {
    if (base_name(parent_folder(folder)) == kClusters.substr(0, kClusters.size() - 1)) return folder;
  }
  return std::nullopt;
}

}  // namespace

Scopes::Scopes(std::span<const std::string> names) {
  for (const std::string& name : names) consider(name);
  for (auto& [folder, scope] : homes_) scope.parent = around(folder);
}

void Scopes::consider(const std::string& name) {
  const auto add = [&](std::string_view folder, std::string_view prefix, ScopeKind kind) {
    const std::string path = shown(folder);
    homes_.insert_or_assign(
        std::string(folder),
        HomeScope{.id = std::string(prefix) + path, .kind = kind, .name = shown(base_name(folder)), .folder = std::string(folder)});
    marks_.insert_or_assign(std::string(folder), name);
  };
  if (name == kResolvConf || name.ends_with("/etc/resolv.conf")) {
    const std::string_view etc = parent_folder(name);
    add(parent_folder(etc), "host:", ScopeKind::host);
  } else if (std::find(kComposeFiles.begin(), kComposeFiles.end(), base_name(name)) != kComposeFiles.end()) {
    const std::string_view folder = parent_folder(name);
    // A folder that is a host as well stays a host; the first compose file of a folder is the one that is named.
    if (!homes_.contains(folder)) add(folder, "compose:", ScopeKind::compose_project);
  }
}

const HomeScope* Scopes::at(std::string_view folder) const {
  const auto found = homes_.find(folder);
  return found == homes_.end() ? nullptr : &found->second;
}

std::string Scopes::around(std::string_view folder) const {
  while (!folder.empty()) {
    // A cluster's folder is a border like a host's: whichever is nearer is the scope around.
    if (base_name(parent_folder(folder)) == "clusters") return "cluster:" + std::string(base_name(folder));
    folder = parent_folder(folder);
    if (const HomeScope* scope = at(folder)) return scope->id;
  }
  return repository().id;
}

HomeScope Scopes::home(std::string_view name) const {
  std::string_view folder = name;
  while (!folder.empty()) {
    folder = parent_folder(folder);
    if (const HomeScope* scope = at(folder)) return *scope;
  }
  return repository();
}

HomeScope Scopes::cluster(std::string_view name) const {
  const std::optional<std::string_view> folder = cluster_folder(name);
  if (!folder) {
    return {.id = "cluster:default", .kind = ScopeKind::cluster, .name = "default", .parent = repository().id};
  }
  const std::string title(base_name(*folder));
  return {.id = "cluster:" + title, .kind = ScopeKind::cluster, .name = title, .folder = std::string(*folder), .parent = repository().id};
}

std::string Scopes::made_by(const HomeScope& scope) const {
  if (scope.kind == ScopeKind::cluster) return scope.folder.empty() ? std::string() : scope.folder + "/";
  const auto found = marks_.find(scope.folder);
  return scope.kind == ScopeKind::repository || found == marks_.end() ? std::string() : found->second;
}

}  // namespace mainstay
