#include <algorithm>
#include <utility>

#include "graph/values/redaction.h"
#include "ingest/catalogue/documented.h"
#include "ingest/catalogue/identity.h"
#include "ingest/config/nginx.h"
#include "ingest/iac/known_flags.h"
#include "ingest/iac/kubernetes.h"
#include "ingest/syntax/placeholders.h"

namespace mainstay::kubernetes {
namespace {

constexpr std::size_t kMaxScannedText = 1'048'576;  // a ConfigMap holds at most 1 MiB

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\"'");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\"',;") + 1 - begin);
}

/// Collects the uses of one pod owner, each place once.
class Uses {
 public:
  Uses(const Cluster& cluster, const PodOwner& owner) : cluster_(cluster), owner_(owner) {
    for (const YamlNode* alias : (*owner.spec)["hostAliases"].children) {
      for (const YamlNode* name : (*alias)["hostnames"].children) pinned_.insert(std::string(name->text_or("")));
    }
  }

  void read() {
    for (const YamlNode* container : (*owner_.spec)["initContainers"].children) {
      const bool is_sidecar = (*container)["restartPolicy"].text_or("") == "Always";
      read_container(*container, is_sidecar ? Phase::run_time : Phase::start_up);
    }
    for (const YamlNode* container : (*owner_.spec)["containers"].children) read_container(*container, Phase::run_time);
    for (const YamlNode* volume : (*owner_.spec)["volumes"].children) read_volume(*volume);
  }

 private:
  void read_container(const YamlNode& container, Phase phase) {
    phase_ = phase;
    variables_ = environment(cluster_, owner_, container);
    // A flag means what the program says that it is given to.
    product_ = container["image"].text_or("").find("oauth2-proxy") != std::string_view::npos ? "oauth2-proxy" : "";
    java_keeps_ = forever_in_java(container);
    for (const Variable& variable : variables_) read_variable(variable);
    read_arguments(container["command"]);
    read_arguments(container["args"]);
    product_.clear();
    java_keeps_.reset();
    variables_.clear();
  }

  void read_variable(const Variable& variable) {
    // A Secret may hold an address, which is then an unknown host; what is named like a secret is one.
    if (!variable.secret.empty() && names_a_secret(variable.name)) return;
    add_setting(variable.name, variable.value, variable.where);
  }

  void add_setting(const std::string& key, const Text& value, Location where) {
    for (NamedEndpoint& named : identity_endpoints(cluster_.unit().catalogue(), key, value)) {
      add({.host = std::move(named.host), .port = named.port, .role = named.role, .key = key, .bypasses_dns = named.is_address}, where);
    }
  }

  /// Where a Java program is told to keep addresses for as long as it runs; nothing when it is not.
  /// Source: java.net.InetAddress: sun.net.inetaddr.ttl is the property of the command line, -1 keeps forever.
  std::optional<Location> forever_in_java(const YamlNode& container) const {
    constexpr std::string_view kForever = "-Dsun.net.inetaddr.ttl=-1";
    for (const Variable& variable : variables_) {
      if (variable.value.display().find(kForever) != std::string::npos) return variable.where;
    }
    for (const std::string_view part : {"command", "args"}) {
      for (const YamlNode* word : container[part].children) {
        if (word->text_or("").find(kForever) != std::string_view::npos) return word->where;
      }
    }
    return std::nullopt;
  }

  void read_arguments(const YamlNode& arguments) {
    const PlaceholderLookup lookup = [&](std::string_view name) -> std::optional<Text> {
      const auto found = std::find_if(variables_.begin(), variables_.end(), [&](const Variable& one) { return one.name == name; });
      return found == variables_.end() ? std::nullopt : std::optional(found->value);
    };
    for (const FlaggedValue& flag : flagged_values(arguments)) {
      const Text filled = filled_in(flag.value, {.dollar_paren = true}, lookup);
      if (flag.is_own) {
        cluster_.unit().add(Trust{.by = owner_.id, .kind = flag.name, .value = filled, .reasons = cluster_.declared(flag.where)});
      } else if (std::optional<Use> use = use_of(owner_.id, filled, flag.role, "--" + flag.name)) {
        add(*std::move(use), flag.where);
      }
    }
  }

  void read_volume(const YamlNode& volume) {
    phase_ = Phase::run_time;
    read_config(volume["configMap"]["name"].text_or(""));
    for (const YamlNode* source : volume["projected"]["sources"].children) read_config((*source)["configMap"]["name"].text_or(""));
  }

  void read_config(std::string_view name) {
    const Object* config = name.empty() ? nullptr : cluster_.find("ConfigMap", owner_.object->space, name);
    if (config == nullptr || !read_configs_.insert(config).second) return;
    std::vector<BraceInput> of_nginx;
    for (const YamlEntry& entry : (*config)["data"].entries) {
      if (entry.key == "Corefile" || !entry.value->is_scalar()) continue;
      const std::string_view text = entry.value->text.substr(0, kMaxScannedText);
      if (is_nginx(text)) {
        const Source& source = cluster_.unit().source(entry.value->where.source);
        of_nginx.push_back({.text = text, .map = entry.value->text_map(), .source = source, .dialect = BraceDialect::nginx});
      } else {
        read_file(std::string(entry.key), *entry.value);
      }
    }
    // The parts of one ConfigMap are one configuration, so what they include is there already, or comes with the image.
    const auto nothing = [](std::string_view, Location) { return std::vector<BraceInput>(); };
    if (!of_nginx.empty()) read_nginx(cluster_.unit(), owner_.id, of_nginx, nothing);
  }

  /// A mounted file of any notation: its lines are taken as settings where they look like one, and as a place for URLs otherwise.
  void read_file(const std::string& file, const YamlNode& node) {
    const std::string_view text = node.text.substr(0, kMaxScannedText);
    const TextMap map = node.text_map();
    is_spire_ = text.find("trust_domain") != std::string_view::npos;
    if (text.find('\n') == std::string_view::npos) {
      // A value of one line may be used as an environment variable or as a file of that name.
      const std::size_t before = uses_;
      add_setting(file, text_of(text), node.where);
      if (uses_ != before) return;
    }
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      read_line(file, text.substr(at, end - at), at, map);
      at = end + 1;
    }
  }

  void read_line(const std::string& file, std::string_view line, std::size_t offset, const TextMap& map) {
    const std::size_t first = line.find_first_not_of(" \t-");
    if (first == std::string_view::npos || line[first] == '#' || line[first] == ';' || line.substr(first).starts_with("//")) return;
    const std::size_t before = uses_;
    const std::size_t mark = line.find_first_of("=:", first);
    if (mark != std::string_view::npos && !line.substr(mark).starts_with("://")) {
      const std::string_view value = trimmed(line.substr(mark + 1));
      const std::size_t begin = offset + static_cast<std::size_t>(value.data() - line.data());
      const std::string key(trimmed(line.substr(first, mark - first)));
      if (add_of_spire(key, value, map.where(begin, begin + value.size()))) return;
      if (!value.empty() && !names_a_secret(key)) add_setting(key, text_of(value), map.where(begin, begin + value.size()));
    }
    if (uses_ == before) read_urls(file, line, offset, map);
  }

  /// In a file of SPIRE the names of keys are general words: the agent's server, and the issuer that a server says it is.
  bool add_of_spire(std::string_view key, std::string_view value, Location where) {
    if (!is_spire_ || value.empty()) return false;
    if (key == "jwt_issuer") {
      cluster_.unit().add(Trust{.by = owner_.id, .kind = "jwt_issuer", .value = text_of(value), .reasons = cluster_.declared(where)});
      return true;
    }
    if (key != "server_address") return false;
    std::optional<Use> use = use_of(owner_.id, text_of(value), Role::workload_identity, "server_address");
    if (!use) return false;
    add(*std::move(use), where);
    return true;
  }

  void read_urls(const std::string& file, std::string_view line, std::size_t offset, const TextMap& map) {
    constexpr std::string_view kEnds = " \t\"'`<>|,;)]\\";
    for (std::size_t at = line.find("://"); at != std::string_view::npos; at = line.find("://", at + 3)) {
      const std::size_t before = line.find_last_not_of("abcdefghijklmnopqrstuvwxyz+", at == 0 ? 0 : at - 1);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      const std::size_t end = std::min(line.find_first_of(kEnds, at), line.size());
      if (begin >= at) continue;
      const std::optional<UrlParts> parts = split_url(text_of(line.substr(begin, end - begin)));
      const KnownHost* row = parts ? cluster_.unit().catalogue().host(parts->host) : nullptr;
      if (row == nullptr || fit(row->pattern, parts->host) != Fit::certain) continue;
      add({.host = parts->host, .port = parts->port, .role = row->role, .key = file}, map.where(offset + begin, offset + end));
    }
  }

  static Text text_of(std::string_view value) {
    return filled_in(value, {}, [](std::string_view) { return std::optional<Text>(); });
  }

  void add(Use use, Location where) {
    ++uses_;
    use.workload = owner_.id;
    use.phase = phase_;
    use.reasons = cluster_.declared(where);
    const std::optional<std::string> host = use.host.known();
    use.bypasses_dns = use.bypasses_dns || (host && pinned_.contains(*host));
    add_documented(use, product_ + use.key, [&](std::string_view name) {
      const auto at = std::find_if(variables_.begin(), variables_.end(), [&](const Variable& one) { return one.name == name; });
      return at == variables_.end() ? std::nullopt : at->value.known();
    });
    if (java_keeps_ && use.resolves == Resolves::each_time) {
      use.resolves = Resolves::once;
      use.start_reasons = cluster_.declared(*java_keeps_);
    }
    if (said_.insert({use.key, use.host.display()}).second) cluster_.unit().add(std::move(use));
  }

  const Cluster& cluster_;
  const PodOwner& owner_;
  Phase phase_ = Phase::run_time;
  std::size_t uses_ = 0;
  std::string product_;                 // what the container that is read runs, where its flags are known; empty otherwise
  std::vector<Variable> variables_;     // of the container that is read
  std::optional<Location> java_keeps_;  // where that container is told to keep addresses
  bool is_spire_ = false;               // the file that is read is a configuration of SPIRE
  std::set<std::string> pinned_;        // hosts that hostAliases give an address, so that no resolver is asked
  std::set<const Object*> read_configs_;
  std::set<std::pair<std::string, std::string>> said_;
};

}  // namespace

std::optional<Use> use_of(const std::string& workload, const Text& value, Role role, std::string key) {
  std::optional<UrlParts> parts = split_url(value);
  if (!parts) return std::nullopt;
  Use use{.workload = workload, .host = std::move(parts->host), .port = parts->port, .role = role, .key = std::move(key)};
  if (const std::optional<std::string> host = use.host.known()) use.bypasses_dns = static_cast<bool>(IpAddress::parse(*host));
  return use;
}

void add_container_uses(const Cluster& cluster) {
  for (const PodOwner& owner : cluster.owners()) Uses(cluster, owner).read();
}

}  // namespace mainstay::kubernetes
