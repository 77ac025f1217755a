#include <algorithm>
#include <utility>

#include "ingest/iac/kubernetes.h"
#include "ingest/syntax/placeholders.h"

namespace mainstay::kubernetes {
namespace {

constexpr PlaceholderStyle kStyle{.dollar_brace = true, .dollar_paren = true};

class Environment {
 public:
  Environment(const Cluster& cluster, const PodOwner& owner) : cluster_(cluster), owner_(owner) {}

  std::vector<Variable> read(const YamlNode& container) {
    for (const YamlNode* from : container["envFrom"].children) read_all_of(*from);
    for (const YamlNode* entry : container["env"].children) read_entry(*entry);
    return std::move(variables_);
  }

 private:
  /// `$(NAME)` means a variable set before; what is not known stays a hole.
  Text filled(std::string_view value) const {
    return filled_in(value, kStyle, [&](std::string_view name) -> std::optional<Text> {
      const auto found = index_.find(name);
      return found == index_.end() ? std::nullopt : std::optional(variables_[found->second].value);
    });
  }

  void set(Variable variable) {
    const auto [at, is_new] = index_.try_emplace(variable.name, variables_.size());
    if (is_new) {
      variables_.push_back(std::move(variable));
    } else {
      variables_[at->second] = std::move(variable);
    }
  }

  void set_secret(std::string name, std::string_view secret, std::string_view key, Location where) {
    const std::string what = std::string(secret) + "/" + std::string(key);
    set({.name = std::move(name), .value = Text(Hole{.name = "secret " + what}), .where = where, .secret = what});
  }

  void read_all_of(const YamlNode& from) {
    const std::string prefix(from["prefix"].text_or(""));
    if (const Object* config = object("ConfigMap", from["configMapRef"])) {
      for (const YamlEntry& entry : (*config)["data"].entries) {
        set({.name = prefix + std::string(entry.key), .value = filled(entry.value->text), .where = entry.value->where});
      }
    }
    const Object* secret = object("Secret", from["secretRef"]);
    if (secret == nullptr) return;
    for (const std::string_view part : {"data", "stringData"}) {
      for (const YamlEntry& entry : (*secret)[part].entries)
        set_secret(prefix + std::string(entry.key), secret->name, entry.key, entry.where);
    }
  }

  void read_entry(const YamlNode& entry) {
    std::string name(entry["name"].text_or(""));
    if (name.empty()) return;
    const YamlNode& value = entry["value"];
    if (value.present()) {
      set({.name = std::move(name), .value = filled(value.text), .where = value.where});
      return;
    }
    const YamlNode& from = entry["valueFrom"];
    const YamlNode& secret = from["secretKeyRef"];
    const YamlNode& config = from["configMapKeyRef"];
    if (secret.is_map()) {
      set_secret(std::move(name), secret["name"].text_or(""), secret["key"].text_or(""), secret.where);
    } else if (config.is_map()) {
      const std::string_view key = config["key"].text_or("");
      const Object* found = object("ConfigMap", config);
      const YamlNode* text = found == nullptr ? nullptr : &(*found)["data"][key];
      const bool is_known = text != nullptr && text->present();
      Text unknown(Hole{.name = "config map " + std::string(config["name"].text_or("")) + "/" + std::string(key)});
      set({.name = std::move(name),
           .value = is_known ? filled(text->text) : std::move(unknown),
           .where = is_known ? text->where : config.where});
    }
  }

  const Object* object(std::string_view kind, const YamlNode& reference) const {
    const std::string_view name = reference["name"].text_or("");
    return name.empty() ? nullptr : cluster_.find(kind, owner_.object->space, name);
  }

  const Cluster& cluster_;
  const PodOwner& owner_;
  std::vector<Variable> variables_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

}  // namespace

std::vector<Variable> environment(const Cluster& cluster, const PodOwner& owner, const YamlNode& container) {
  return Environment(cluster, owner).read(container);
}

}  // namespace mainstay::kubernetes
