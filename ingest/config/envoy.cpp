// Envoy: what the static configuration of a proxy makes it ask to let a request through.
// Source: envoyproxy.io, API v3: http.jwt_authn.v3, http.ext_authz.v3, http.oauth2.v3, config.cluster.v3.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "ingest/ingester.h"
#include "ingest/syntax/duration.h"
#include "ingest/syntax/placeholders.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {
extern const Ingester envoy;

namespace {

constexpr int kMaxDepth = 64;

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

Claim claims(std::string_view name, std::string_view head) {
  const bool is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  if (!is_yaml && !name.ends_with(".json")) return Claim::no;
  if (!is_yaml) return head.find("\"static_resources\"") != std::string_view::npos ? Claim::by_content : Claim::no;
  return head.starts_with("static_resources:") || head.find("\nstatic_resources:") != std::string_view::npos ? Claim::by_content
                                                                                                             : Claim::no;
}

/// Durations are those of protocol buffers: "1s", "0.25s", or a map of seconds and nanos.
std::optional<std::uint32_t> time_of(const YamlNode& node) {
  if (!node.is_map()) return node.present() ? milliseconds_of(node.text_or("")) : std::nullopt;
  const std::uint64_t total = std::uint64_t{node["seconds"].count().value_or(0)} * 1000 + node["nanos"].count().value_or(0) / 1'000'000;
  return total > 0xffff'ffff ? std::nullopt : std::optional(static_cast<std::uint32_t>(total));
}

class EnvoyReader {
 public:
  EnvoyReader(Unit& unit, const YamlNode& bootstrap) : unit_(unit), workload_(id_of(unit)) {
    for (const YamlNode* cluster : bootstrap["static_resources"]["clusters"].children) {
      clusters_.emplace(std::string((*cluster)["name"].text_or("")), cluster);
    }
  }

  void read(const YamlNode& bootstrap) {
    const std::size_t before = unit_.facts().size();
    walk(bootstrap["static_resources"]["listeners"], 0);
    if (unit_.facts().size() == before) return;
    unit_.add(Workload{.id = workload_,
                       .kind = WorkloadKind::process,
                       .name = std::string(base_name(std::string_view(workload_).substr(workload_.find(':') + 1))),
                       .scope = unit_.home().id,
                       .reasons = {unit_.declared({})}});
  }

 private:
  /// "process:edge/envoy": the folder of the file, and the file's own name.
  static std::string id_of(const Unit& unit) {
    const std::string& name = unit.source().name();
    const bool is_host = unit.home().kind == ScopeKind::host;
    const std::string folder = is_host ? unit.home().folder : name.find('/') == std::string::npos ? "" : name.substr(0, name.rfind('/'));
    std::string stem(base_name(name));
    stem.resize(stem.find('.'));
    return "process:" + (folder.empty() ? "" : folder + "/") + stem;
  }

  /// Filters stand in listeners at several depths; each is known by what its configuration holds.
  void walk(const YamlNode& node, int depth) {
    if (depth > kMaxDepth) return;
    for (const YamlNode* child : node.children) walk(*child, depth + 1);
    for (const YamlEntry& entry : node.entries) {
      if (entry.key == "remote_jwks") {
        add_keys(*entry.value);
      } else if (entry.key == "token_endpoint") {
        add(target_of(*entry.value), {.role = Role::oauth_token, .key = "token_endpoint", .on_failure = OnFailure::deny});
      } else if (entry.key == "typed_config" && (*entry.value)["@type"].text_or("").find(".ext_authz.") != std::string_view::npos) {
        add_authoriser(*entry.value);
      }
      walk(*entry.value, depth + 1);
    }
  }

  void add_keys(const YamlNode& keys) {
    const YamlNode& uri = keys["http_uri"];
    Use use{.role = Role::jwks, .key = "remote_jwks.http_uri.uri"};
    use.answer_within = time_of(uri["timeout"]);
    if (use.answer_within) use.answer_reasons = {unit_.declared(uri["timeout"].where)};
    if (keys["async_fetch"].present()) {
      use.on_failure = OnFailure::keep_last;
      use.hold_reasons = {unit_.declared(keys.entry("async_fetch")->where),
                          Evidence::by_default("Envoy, jwt_authn: keys that async_fetch has are used until it has newer ones")};
    } else {
      const std::optional<std::uint32_t> cache = time_of(keys["cache_duration"]);
      if (cache || !keys["cache_duration"].present()) use.hold = cache ? *cache / 1000 : 600;
      use.on_failure = OnFailure::deny;
      use.hold_reasons = {keys["cache_duration"].present()
                              ? unit_.declared(keys["cache_duration"].where)
                              : Evidence::by_default("Envoy, jwt_authn: keys are kept for 10 minutes when cache_duration is not set")};
    }
    add(target_of(uri), use);
  }

  void add_authoriser(const YamlNode& filter) {
    const YamlNode& http = filter["http_service"]["server_uri"];
    const YamlNode& grpc = filter["grpc_service"];
    const YamlNode& timeout = http.present() ? http["timeout"] : grpc["timeout"];
    Use use{.role = Role::api_gateway_authoriser, .key = http.present() ? "http_service.server_uri" : "grpc_service"};
    use.answer_within = time_of(timeout);
    if (use.answer_within) {
      use.answer_reasons = {unit_.declared(timeout.where)};
    } else if (!timeout.present()) {
      use.answer_within = 200;
      use.answer_reasons = {Evidence::by_default("Envoy, ext_authz: an authoriser has 200 ms when no timeout is set")};
    }
    use.on_failure = filter["failure_mode_allow"].is_true() ? OnFailure::allow : OnFailure::deny;
    const YamlNode& google = grpc["google_grpc"]["target_uri"];
    const YamlNode& cluster = grpc["envoy_grpc"]["cluster_name"];
    if (http.present()) return add(target_of(http), use);
    add(google.present() ? Target{&google, {}} : target_of_cluster(cluster), use);
  }

  /// Where something is sent: by a cluster's addresses, or by a URL.
  struct Target {
    const YamlNode* url = nullptr;
    std::vector<const YamlNode*> addresses;  // socket_address
  };

  /// The cluster says whom Envoy connects to; the URL is only what it asks there.
  Target target_of(const YamlNode& uri) const {
    Target target = target_of_cluster(uri["cluster"]);
    if (target.addresses.empty() && !clusters_.contains(uri["cluster"].text_or(""))) target.url = &uri["uri"];
    return target;
  }

  Target target_of_cluster(const YamlNode& name) const {
    Target target;
    const auto at = clusters_.find(name.text_or(""));
    if (at == clusters_.end()) return target;
    for (const YamlNode* locality : (*at->second)["load_assignment"]["endpoints"].children) {
      for (const YamlNode* endpoint : (*locality)["lb_endpoints"].children) {
        const YamlNode& address = (*endpoint)["endpoint"]["address"]["socket_address"];
        if (address.present()) target.addresses.push_back(&address);
      }
    }
    return target;
  }

  static Text text_of(const YamlNode& node) {
    return filled_in(node.text_or(""), {}, [](std::string_view) { return std::optional<Text>(); });
  }

  void add(const Target& target, const Use& use) {
    if (target.url != nullptr) add_one(text_of(*target.url), target.url->where, std::nullopt, use);
    for (const YamlNode* address : target.addresses) {
      const std::optional<std::uint32_t> port = (*address)["port_value"].count();
      Use one = use;
      if (target.addresses.size() > 1) one.alternative = use.key;
      const bool has_port = port && *port > 0 && *port < 65536;
      add_one(text_of((*address)["address"]), (*address)["address"].where,
              has_port ? std::optional(static_cast<std::uint16_t>(*port)) : std::nullopt, one);
    }
  }

  void add_one(const Text& written, Location where, std::optional<std::uint16_t> port, Use use) {
    const std::optional<UrlParts> parts = split_url(written);
    if (!parts) return;
    const std::optional<std::string> known = parts->host.known();
    const Result<IpAddress> address = known ? IpAddress::parse(*known) : Result<IpAddress>(Error{"not known"});
    if (known == "localhost" || (address && address->is_loopback())) return;  // another process of the same machine
    use.workload = workload_;
    use.host = parts->host;
    use.port = port ? port : parts->port;
    use.bypasses_dns = static_cast<bool>(address);
    use.reasons = {unit_.declared(where)};
    unit_.add(std::move(use));
  }

  Unit& unit_;
  std::string workload_;
  std::map<std::string, const YamlNode*, std::less<>> clusters_;
};

void read(Unit& unit) {
  const Source& source = unit.source();
  const bool is_json = source.name().ends_with(".json");
  const YamlStream stream = is_json ? read_json(source, SourceId{}, unit.problems()) : read_yaml(source, SourceId{}, unit.problems());
  for (const YamlNode* bootstrap : stream.documents()) EnvoyReader(unit, *bootstrap).read(*bootstrap);
}

}  // namespace

constinit const Ingester envoy{.name = "envoy",
                               .title = "Envoy static configuration",
                               .reference = "envoyproxy.io, API v3, Bootstrap",
                               .claims = &claims,
                               .read = &read};

}  // namespace mainstay
