// Helm releases: the values that a chart is given, as far as they name identity endpoints.
// Source: documentation of the Terraform provider helm, helm_release.
#include <utility>

#include "ingest/catalogue/identity.h"
#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

constexpr int kMaxDepth = 32;

/// "auth.generic_oauth.issuerUrl" as a variable of an environment would be called: AUTH_GENERIC_OAUTH_ISSUER_URL.
std::string variable_name(std::string_view path) {
  std::string name;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const char c = path[at];
    const bool is_upper = c >= 'A' && c <= 'Z', is_lower = c >= 'a' && c <= 'z', is_digit = c >= '0' && c <= '9';
    if (is_upper && at > 0 && path[at - 1] >= 'a' && path[at - 1] <= 'z') name += '_';
    name += is_lower ? static_cast<char>(c - 32) : is_upper || is_digit ? c : '_';
  }
  return name;
}

/// Reads the values of one release. A path is the keys down to a value: "configs.oidc.issuer".
class ChartValues {
 public:
  ChartValues(Reading& reading, const Section& section, std::string workload)
      : reading_(reading),
        section_(section),
        workload_(std::move(workload)),
        runs_dex_(section.known("chart").value_or("").ends_with("dex")) {}

  void read() {
    for (const Value& document : section_.list("values")) {
      if (document.kind == ValueKind::string && !document.items.empty()) {
        walk("", document.items[0], 0);
      } else {
        reading_.program.count_unknown("a document of chart values", section_.where("values"));
      }
    }
    for (const Section& set : section_.blocks("set")) read_set(set.value("name"), set.value("value"), set.where("value"));
    for (const Value& set : section_.list("set")) {
      const Value *name = set.entry("name"), *value = set.entry("value");
      if (name != nullptr && value != nullptr) read_set(*name, *value, reading_.place(section_, "set", *value));
    }
  }

 private:
  void read_set(const Value& name, const Value& value, Location where) {
    if (const std::optional<std::string> path = known_text(name)) leaf(*path, value, where);
  }

  void walk(const std::string& path, const Value& value, int depth) {
    if (depth > kMaxDepth) return reading_.program.count_unknown("a chart value nested very deeply", section_.where("values"));
    if (value.kind == ValueKind::string && !value.items.empty()) return walk(path, value.items[0], depth + 1);
    if (value.kind == ValueKind::list) {
      for (const Value& item : value.items) walk(path, item, depth + 1);
      return;
    }
    if (value.kind != ValueKind::map) return leaf(path, value, reading_.place(section_, "values", value));
    const Value *name = value.entry("name"), *setting = value.entry("value");
    const std::optional<std::string> variable = name != nullptr ? known_text(*name) : std::nullopt;
    if (variable && setting != nullptr) {
      return reading_.use_setting({workload_}, *variable, *setting, reading_.because(section_, "values", *setting));
    }
    for (const Entry& entry : value.entries) walk(path.empty() ? entry.key : path + "." + entry.key, entry.value, depth + 1);
  }

  void leaf(const std::string& path, const Value& value, Location where) {
    if (value.kind != ValueKind::string && !value.is_unknown()) return;
    const Text text = as_text(value, path);
    const std::string_view key = std::string_view(path).substr(path.rfind('.') + 1);
    const std::optional<UrlParts> url = split_url(text);
    const bool is_web = url && (url->scheme == "https" || url->scheme == "http");
    if (runs_dex_ && path == "config.issuer") {
      if (url) {
        reading_.unit.add(
            Endpoint{.hosts = {url->host}, .role = Role::oidc_issuer, .workload = workload_, .reasons = reading_.because(section_, where)});
      }
    } else if (key == "issuer" && is_web) {
      add(path, {.role = Role::oidc_issuer, .host = url->host, .port = url->port}, where);
    } else if (is_web) {
      for (NamedEndpoint& named : identity_endpoints(reading_.unit.catalogue(), variable_name(path), text))
        add(path, std::move(named), where);
    }
  }

  void add(const std::string& path, NamedEndpoint named, Location where) {
    reading_.unit.add(Use{.workload = workload_,
                          .host = std::move(named.host),
                          .port = named.port,
                          .role = named.role,
                          .key = path,
                          .bypasses_dns = named.is_address,
                          .reasons = reading_.because(section_, where)});
  }

  Reading& reading_;
  const Section& section_;
  std::string workload_;
  bool runs_dex_;  // Dex is the issuer that its own settings name
};

void read_release(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const Text name = section.text("name");
  const std::string id = reading.id("deployment", resource);
  reading.unit.add(Workload{.id = id,
                            .kind = WorkloadKind::deployment,
                            .name = name.empty() ? resource.address : name.display(),
                            .scope = reading.unit.home().id,
                            .reasons = reading.because(section)});
  ChartValues(reading, section, id).read();
}

constexpr ResourceType kTypes[] = {
    {"helm_release", &read_release},
};

}  // namespace

std::span<const ResourceType> helm_types() { return kTypes; }

}  // namespace mainstay::terraform
