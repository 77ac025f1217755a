// What kustomize and Flux make of manifests: the namespaces they are put into, and the ConfigMaps that are generated.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ingest/iac/kubernetes.h"
#include "ingest/syntax/dotenv.h"

namespace mainstay::kubernetes {
namespace {

constexpr std::size_t kMaxSteps = 200'000;  // visits of (folder or file, namespace); a tree of real overlays needs a few thousand

bool is_kustomize(const Object& object) { return object.kind == "Kustomization" && object.api.starts_with("kustomize.config.k8s.io"); }
bool is_flux(const Object& object) { return object.kind == "Kustomization" && object.api.starts_with("kustomize.toolkit.fluxcd.io"); }

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return std::string(name.substr(0, slash == std::string_view::npos ? 0 : slash));
}

bool is_below(std::string_view name, std::string_view folder) {
  return folder.empty() || (name.starts_with(folder) && name.substr(folder.size()).starts_with('/'));
}

/// Follows kustomizations from those that no other one lists, as the outermost namespace wins.
class Placement {
 public:
  using Spaces = std::map<std::string, std::set<std::string>, std::less<>>;

  Placement(const Unit& unit, const std::vector<Object>& objects) : unit_(unit), objects_(objects) {
    for (const Object& object : objects) {
      const std::string& name = file_of(object);
      manifests_.insert(name);
      if (is_flux(object)) flux_folders_.insert(flux_folder(object));
      if (is_kustomize(object)) kustomizations_.try_emplace(folder_of(name), &object);
    }
  }

  void follow() {
    std::set<std::string, std::less<>> listed = flux_folders_;
    for (const Object& object : objects_) {
      if (!is_kustomize(object)) continue;
      for (std::string& path : listed_by(object)) listed.insert(std::move(path));
    }
    for (const Object& object : objects_) {
      if (is_flux(object)) {
        go(flux_folder(object), std::string(object["spec"]["targetNamespace"].text_or("")));
      } else if (is_kustomize(object) && !listed.contains(folder_of(file_of(object)))) {
        go(folder_of(file_of(object)), "");
      }
    }
  }

  /// By file: the namespaces that its manifests are put into. By folder: those of the kustomization in it.
  const Spaces& spaces() const { return spaces_; }

 private:
  const std::string& file_of(const Object& object) const { return unit_.source(object.root->where.source).name(); }

  std::vector<std::string> listed_by(const Object& kustomization) const {
    std::vector<std::string> paths;
    for (const std::string_view key : {"resources", "bases", "components"}) {
      for (const YamlNode* one : kustomization[key].children) {
        if (Result<std::string> path = resolve_path(file_of(kustomization), one->text_or(""))) paths.push_back(*std::move(path));
      }
    }
    return paths;
  }

  /// Flux takes a path from the root of its source, which is taken to be this tree.
  static std::string flux_folder(const Object& kustomization) {
    std::string_view path = kustomization["spec"]["path"].text_or("");
    while (path.starts_with('/')) path.remove_prefix(1);
    const Result<std::string> folder = resolve_path("", path);
    return folder ? *folder : std::string("..");
  }

  /// A stack of its own: overlays may be nested as deep as somebody likes.
  void go(std::string first, std::string first_space) {
    std::vector<std::pair<std::string, std::string>> open{{std::move(first), std::move(first_space)}};
    while (!open.empty() && seen_.size() < kMaxSteps) {
      const auto [name, space] = std::move(open.back());
      open.pop_back();
      if (!seen_.emplace(name, space).second) continue;
      if (manifests_.contains(name)) {
        if (!space.empty()) spaces_[name].insert(space);
      } else if (const auto found = kustomizations_.find(name); found != kustomizations_.end()) {
        const std::string inner = space.empty() ? std::string((*found->second)["namespace"].text_or("")) : space;
        if (!inner.empty()) spaces_[name].insert(inner);
        for (std::string& path : listed_by(*found->second)) open.emplace_back(std::move(path), inner);
      } else if (flux_folders_.contains(name)) {
        for (std::string& path : generated_for(name)) open.emplace_back(std::move(path), space);
      }
    }
  }

  /// Without a kustomization in its folder Flux lists all manifests below, and the topmost folders that have a kustomization.
  std::vector<std::string> generated_for(const std::string& folder) const {
    std::vector<std::string> paths;
    for (const std::string& name : manifests_) {
      if (!is_below(name, folder)) continue;
      std::string chosen = name;
      for (std::size_t at = name.find('/', folder.empty() ? 0 : folder.size() + 1); at != std::string::npos; at = name.find('/', at + 1)) {
        if (!kustomizations_.contains(name.substr(0, at))) continue;
        chosen = name.substr(0, at);
        break;
      }
      if (paths.empty() || paths.back() != chosen) paths.push_back(std::move(chosen));
    }
    return paths;
  }

  const Unit& unit_;
  const std::vector<Object>& objects_;
  std::set<std::string, std::less<>> manifests_;
  std::map<std::string, const Object*, std::less<>> kustomizations_;  // by folder
  std::set<std::string, std::less<>> flux_folders_;
  std::set<std::pair<std::string, std::string>> seen_;
  Spaces spaces_;
};

/// The names of the ConfigMaps that pods read.
std::set<std::string, std::less<>> wanted_configs(const std::vector<PodOwner>& owners) {
  std::set<std::string, std::less<>> names;
  const auto add = [&](const YamlNode& reference) {
    if (reference["name"].present()) names.emplace(reference["name"].text_or(""));
  };
  for (const PodOwner& owner : owners) {
    for (const YamlNode* volume : (*owner.spec)["volumes"].children) {
      add((*volume)["configMap"]);
      for (const YamlNode* source : (*volume)["projected"]["sources"].children) add((*source)["configMap"]);
    }
    for (const std::string_view list : {"initContainers", "containers"}) {
      for (const YamlNode* container : (*owner.spec)[list].children) {
        for (const YamlNode* from : (*container)["envFrom"].children) add((*from)["configMapRef"]);
        for (const YamlNode* entry : (*container)["env"].children) add((*entry)["valueFrom"]["configMapKeyRef"]);
      }
    }
  }
  return names;
}

}  // namespace

void Cluster::read_kustomizations() {
  Placement placement(unit_, objects_);
  placement.follow();
  std::size_t ambiguous = 0;
  Location first;
  for (Object& object : objects_) {
    const auto found = placement.spaces().find(unit_.source(object.root->where.source).name());
    if (found == placement.spaces().end() || object.space.empty()) continue;
    if (found->second.size() == 1) {
      object.space = *found->second.begin();
    } else if (ambiguous++ == 0) {
      first = object.where;
    }
  }
  if (ambiguous > 0) {
    unit_.note(first, fmt::format("{} objects of this cluster are put into several namespaces by kustomizations", ambiguous),
               "each is read once, in the namespace that it names; scan the output of `kustomize build` to have them all");
  }
  const std::set<std::string, std::less<>> wanted = wanted_configs(owners_);
  const std::size_t given = objects_.size();
  for (std::size_t at = 0; at < given; ++at) {
    if (!is_kustomize(objects_[at])) continue;
    const auto found = placement.spaces().find(folder_of(unit_.source(objects_[at].root->where.source).name()));
    const bool is_placed = found != placement.spaces().end() && found->second.size() == 1;
    const std::string space = is_placed ? *found->second.begin() : std::string(objects_[at]["namespace"].text_or("default"));
    for (const YamlNode* generator : objects_[at]["configMapGenerator"].children) {
      if (wanted.contains((*generator)["name"].text_or(""))) generate(*generator, space);
    }
  }
}

/// A ConfigMap as `kustomize build` makes it, without the hash behind its name, which is put into references too.
void Cluster::generate(const YamlNode& generator, const std::string& space) {
  YamlNode& data = made_.emplace_back();
  data.kind = YamlKind::map;
  data.where = generator.where;
  for (const YamlNode* literal : generator["literals"].children) {
    const std::string_view text = literal->text_or("");
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view value = text.substr(equals + 1);
    const bool is_quoted = value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
    if (is_quoted) value = value.substr(1, value.size() - 2);
    const std::size_t begin = static_cast<std::size_t>(value.data() - text.data());
    make_entry(data, text.substr(0, equals), value, literal->text_map().where(begin, begin + value.size()));
  }
  for (const YamlNode* file : generator["files"].children) {
    const std::string_view text = file->text_or("");
    const std::size_t equals = text.find('=');
    const std::string_view path = equals == std::string_view::npos ? text : text.substr(equals + 1);
    const std::string_view key = equals == std::string_view::npos ? path.substr(path.rfind('/') + 1) : text.substr(0, equals);
    if (const Source* source = generated_from(*file, path)) {
      make_entry(data, key, source->bytes(), {unit_.id_of(*source), 0, static_cast<std::uint32_t>(source->bytes().size())});
    }
  }
  std::vector<const YamlNode*> environments = generator["envs"].children;
  if (generator["env"].present()) environments.push_back(&generator["env"]);
  for (const YamlNode* file : environments) {
    const Source* source = generated_from(*file, file->text_or(""));
    if (source == nullptr) continue;
    const auto problem = [&](const DotenvProblem& one) { unit_.warning(one.where, one.message, one.hint); };
    for (const Assignment& one : read_dotenv(source->bytes(), unit_.id_of(*source), problem)) {
      make_entry(data, texts_.emplace_back(one.key), texts_.emplace_back(one.value.display()), one.where);
    }
  }
  YamlNode& root = made_.emplace_back();
  root.kind = YamlKind::map;
  root.where = generator.where;
  root.entries.push_back({.key = "data", .where = generator.where, .value = &data});
  const YamlNode& name = generator["name"];
  const std::string own_space(generator["namespace"].text_or(space));
  objects_.push_back(
      {.root = &root, .api = "v1", .kind = "ConfigMap", .name = std::string(name.text), .space = own_space, .where = name.where});
}

void Cluster::make_entry(YamlNode& map, std::string_view key, std::string_view text, Location where) {
  YamlNode& node = made_.emplace_back();
  node.kind = YamlKind::text;
  node.text = node.raw = text;
  node.where = where;
  map.entries.push_back({.key = key, .where = where, .value = &node});
}

const Source* Cluster::generated_from(const YamlNode& asked_from, std::string_view path) {
  const Result<std::string> name = resolve_path(unit_.source(asked_from.where.source).name(), path);
  if (name && unit_.tree().read(*name)) return unit_.include(*name, asked_from.where);
  unit_.note(asked_from.where, "the file of this ConfigMap is not in the tree", "what it sets is not part of this scan");
  return nullptr;
}

}  // namespace mainstay::kubernetes
