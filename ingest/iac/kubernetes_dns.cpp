#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "ingest/config/coredns.h"
#include "ingest/config/stub_options.h"
#include "ingest/iac/kubernetes.h"

namespace mainstay::kubernetes {
namespace {

constexpr std::uint32_t kNdots = 5;            // kubelet, pkg/kubelet/network/dns: defaultDNSOptions
constexpr std::size_t kMaxServers = 3;         // MAXNS of glibc and musl, and the limit that the API server checks
constexpr std::uint32_t kDefaultReplicas = 2;  // kubeadm's CoreDNS Deployment and the managed add-ons
constexpr std::string_view kSystem = "kube-system";

bool is_node_cache(const Object& config) {
  return config.name.find("node-local-dns") != std::string::npos || config.name.find("nodelocaldns") != std::string::npos;
}

bool is_cluster_dns(const Object& config) {
  return config.space == kSystem && !is_node_cache(config) && config.name.find("coredns") != std::string::npos &&
         config.name.find("custom") == std::string::npos && config["data"]["Corefile"].present();
}

/// The pod owner that mounts a ConfigMap.
const PodOwner* mounted_by(const Cluster& cluster, const Object& config) {
  for (const PodOwner& owner : cluster.owners()) {
    if (owner.object->space != config.space) continue;
    for (const YamlNode* volume : (*owner.spec)["volumes"].children) {
      if ((*volume)["configMap"]["name"].text_or("") == config.name) return &owner;
    }
  }
  return nullptr;
}

const PodOwner* server_pods(const Cluster& cluster, const Object& config) {
  if (const PodOwner* owner = mounted_by(cluster, config)) return owner;
  const auto found = std::find_if(cluster.owners().begin(), cluster.owners().end(), [&](const PodOwner& owner) {
    return owner.object->space == config.space && owner.object->name == config.name;
  });
  return found == cluster.owners().end() ? nullptr : &*found;
}

void add_addresses(const YamlNode& service_spec, std::vector<IpAddress>& addresses) {
  const auto add = [&](std::string_view text) {
    const Result<IpAddress> address = IpAddress::parse(text);
    if (address && std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) addresses.push_back(*address);
  };
  add(service_spec["clusterIP"].text_or(""));
  for (const YamlNode* one : service_spec["clusterIPs"].children) add(one->text_or(""));
  add(service_spec["loadBalancerIP"].text_or(""));
}

/// The addresses of Services with port 53 in front of those pods; for the cluster's own server also of the Service "kube-dns".
std::vector<IpAddress> addresses_of(const Cluster& cluster, const PodOwner* owner, bool is_cluster_server) {
  std::vector<IpAddress> addresses;
  for (const Object& service : cluster.objects()) {
    if (service.kind != "Service") continue;
    const std::vector<const PodOwner*> behind = cluster.selected(service.space, service["spec"]["selector"]);
    const bool fronts = owner != nullptr && std::find(behind.begin(), behind.end(), owner) != behind.end();
    const bool is_kube_dns = is_cluster_server && service.space == kSystem && (service.name == "kube-dns" || service.name == "coredns");
    const std::vector<const YamlNode*>& ports = service["spec"]["ports"].children;
    const bool is_dns = std::any_of(ports.begin(), ports.end(), [](const YamlNode* port) { return (*port)["port"].count() == 53; });
    if (is_kube_dns || (fronts && is_dns)) add_addresses(service["spec"], addresses);
  }
  return addresses;
}

/// What /etc/resolv.conf is inside those pods: the node's only with the policy "Default" or in the node's network.
std::string resolv_conf_of(const Cluster& cluster, const PodOwner* owner) {
  if (owner == nullptr) return cluster.nodes();
  const std::string_view policy = (*owner->spec)["dnsPolicy"].text_or("ClusterFirst");
  if (policy == "None" || (*owner->spec)["dnsConfig"].is_map()) return owner->id;
  if (policy == "Default" || (policy == "ClusterFirst" && (*owner->spec)["hostNetwork"].is_true())) return cluster.nodes();
  return cluster.namespace_id(owner->object->space);
}

/// The texts of a ConfigMap named `<server's>-custom` that an import of a mounted folder brings in: "custom/*.override".
std::vector<BraceInput> imported(const Cluster& cluster, const Object& config, std::string_view pattern, Location where) {
  std::vector<BraceInput> found;
  const std::size_t star = pattern.rfind('*');
  const std::string_view suffix = star == std::string_view::npos ? pattern.substr(pattern.rfind('/') + 1) : pattern.substr(star + 1);
  const Object* custom = cluster.find("ConfigMap", config.space, config.name + "-custom");
  for (const Object* from : {&config, custom}) {
    if (from == nullptr) continue;
    for (const YamlEntry& entry : (*from)["data"].entries) {
      if (entry.key == "Corefile" || !entry.key.ends_with(suffix)) continue;
      found.push_back(
          {.text = entry.value->text, .map = entry.value->text_map(), .source = cluster.unit().source(entry.value->where.source)});
    }
  }
  if (found.empty() && custom == nullptr && star == std::string_view::npos) {
    cluster.unit().note(where, "the imported file is not in the tree", "what it declares is not part of this scan");
  }
  return found;
}

std::vector<Server> servers_of(Cluster& cluster, const Object& config, const std::string& id) {
  const PodOwner* owner = server_pods(cluster, config);
  const YamlNode& corefile = config["data"]["Corefile"];
  CorefileContext context;
  context.server = id;
  context.scope = cluster.namespace_id(config.space);
  context.workload = owner == nullptr ? std::string() : owner->id;
  context.resolv_conf = resolv_conf_of(cluster, owner);
  context.cluster_dns = cluster.server_id("kube-dns");
  context.import = [&](std::string_view pattern, Location where) { return imported(cluster, config, pattern, where); };
  const BraceInput input{.text = corefile.text, .map = corefile.text_map(), .source = cluster.unit().source(corefile.where.source)};
  std::vector<Server> servers = read_corefile(cluster.unit(), input, context);
  const bool is_cluster_server = id == context.cluster_dns;
  for (Server& server : servers) {
    for (const IpAddress& address : addresses_of(cluster, owner, is_cluster_server)) server.addresses.push_back(address);
    server.replicas = owner != nullptr ? std::max(1u, owner->instances) : is_cluster_server ? kDefaultReplicas : 1;
    if (owner != nullptr) {
      server.reasons.push_back(cluster.unit().declared(owner->object->where));
    } else if (is_cluster_server) {
      server.reasons.push_back(Evidence::by_default("Kubernetes: kubeadm runs CoreDNS with 2 replicas and dnsPolicy Default"));
    }
  }
  return servers;
}

Server default_server(const Cluster& cluster) {
  const Evidence reason =
      Evidence::by_default("Kubernetes: the cluster DNS add-on answers cluster.local and forwards the rest to the nodes' resolvers");
  Server server{.id = cluster.server_id("kube-dns"), .software = "coredns", .scope = cluster.namespace_id(kSystem), .iterates = false};
  server.roles = {ServerRole::forwarder};
  server.replicas = kDefaultReplicas;
  server.addresses = addresses_of(cluster, nullptr, true);
  server.forwards.push_back({.zone = DomainName::root(),
                             .upstreams = {{.stub = cluster.nodes(), .reasons = {reason}}},
                             .choice = Choice::random,
                             .reasons = {reason}});
  if (const Result<DomainName> zone = DomainName::parse(cluster.domain())) {
    server.local_zones.push_back({.zone = *zone, .source = "kubernetes", .reasons = {reason}});
  }
  server.reasons = {reason};
  return server;
}

/// The settings of kube-dns, the add-on before CoreDNS: stub domains and upstreams as JSON texts.
void add_stub_domains(const Cluster& cluster, Server& server) {
  const Object* config = cluster.find("ConfigMap", kSystem, "kube-dns");
  if (config == nullptr) return;
  const auto forward = [&](const DomainName& zone, const YamlNode& list) {
    Forward found{.zone = zone, .choice = Choice::random, .reasons = cluster.declared(list.where)};
    for (const YamlNode* one : list.children) {
      const Result<IpAddress> address = IpAddress::parse(one->text_or(""));
      if (address) found.upstreams.push_back({.address = *address, .reasons = cluster.declared(one->where)});
    }
    if (found.upstreams.empty()) return;
    std::erase_if(server.forwards, [&](const Forward& old) { return old.zone == zone; });
    server.forwards.push_back(std::move(found));
  };
  for (const std::string_view key : {"stubDomains", "upstreamNameservers"}) {
    const YamlNode& text = (*config)["data"][key];
    if (!text.present()) continue;
    const Source& source = cluster.unit().source(text.where.source);
    const YamlStream stream = read_json({.bytes = text.text, .map = text.text_map(), .source = source}, cluster.unit().problems());
    if (stream.documents().empty()) continue;
    const YamlNode& root = *stream.documents()[0];
    if (root.is_list()) forward(DomainName::root(), root);
    for (const YamlEntry& entry : root.entries) {
      if (const Result<DomainName> zone = DomainName::parse(entry.key)) forward(*zone, *entry.value);
    }
  }
}

/// The domain that the kubernetes plugin answers: its first zone that is no reverse zone.
void learn_domain(Cluster& cluster, const std::vector<Server>& servers) {
  for (const Server& server : servers) {
    for (const LocalZone& zone : server.local_zones) {
      if (zone.source != "kubernetes" || zone.zone.text().ends_with(".arpa.")) continue;
      cluster.set_domain(std::string(zone.zone.host()));
      return;
    }
  }
}

std::vector<Text> searches(const Cluster& cluster, std::string_view space) {
  std::vector<Text> list;
  if (!space.empty()) list.emplace_back(std::string(space) + ".svc." + cluster.domain());
  list.emplace_back("svc." + cluster.domain());
  list.emplace_back(cluster.domain());
  return list;
}

/// The server that pods ask: the cache on their node where there is one, else the cluster's.
struct Asked {
  std::string server;
  Reasons reasons;
};

Stub cluster_first(const Cluster& cluster, const Asked& asked, std::string scope, std::string_view space) {
  Stub stub{.scope = std::move(scope), .search = searches(cluster, space), .ndots = kNdots};
  stub.servers.push_back({.server = asked.server, .reasons = asked.reasons});
  stub.reasons = asked.reasons;
  return stub;
}

void read_options(const YamlNode& options, Stub& stub) {
  for (const YamlNode* option : options.children) {
    const std::string_view name = (*option)["name"].text_or("");
    const std::optional<std::uint32_t> value = (*option)["value"].count();
    if (name == "ndots" && value) stub.ndots = *value;
    if (name == "timeout" && value) stub.timeout = *value;
    if (name == "attempts" && value) stub.attempts = *value;
    set_stub_flag(name, stub);
  }
}

/// The stub of pods that say more than a policy: dnsConfig is put behind what the policy gives.
void add_pod_stub(const Cluster& cluster, const PodOwner& owner, const Asked& asked) {
  const YamlNode& config = (*owner.spec)["dnsConfig"];
  const YamlNode& policy_node = (*owner.spec)["dnsPolicy"];
  const std::string_view policy = policy_node.text_or("ClusterFirst");
  if (policy != "None" && !config.is_map()) return;
  Unit& unit = cluster.unit();
  const bool is_of_node = policy == "Default" || (policy == "ClusterFirst" && (*owner.spec)["hostNetwork"].is_true());
  Stub stub{.scope = owner.id};
  const Location where = config.is_map() ? config.where : policy_node.where;
  if (policy != "None" && is_of_node) {
    stub.servers.push_back({.stub = cluster.nodes(), .reasons = cluster.declared(policy_node.present() ? policy_node.where : where)});
  } else if (policy != "None") {
    stub = cluster_first(cluster, asked, owner.id, owner.object->space);
  }
  for (const YamlNode* server : config["nameservers"].children) {
    const Result<IpAddress> address = IpAddress::parse(server->text_or(""));
    if (!address) {
      unit.error(server->where, "a nameserver of dnsConfig is an address", "it is left out");
      continue;
    }
    const bool is_asked = stub.servers.size() < kMaxServers;
    stub.servers.push_back({.address = *address, .asked = is_asked, .reasons = cluster.declared(server->where)});
  }
  for (const YamlNode* search : config["searches"].children) stub.search.emplace_back(search->text_or(""));
  read_options(config["options"], stub);
  if (stub.servers.empty()) unit.error(where, "dnsPolicy None needs nameservers in dnsConfig", "the pod has no resolver");
  stub.reasons = cluster.declared(where);
  unit.add(std::move(stub));
}

void read_kubelet(Cluster& cluster, std::optional<std::vector<Upstream>>& cluster_dns) {
  for (const Object& object : cluster.objects()) {
    if (object.kind != "KubeletConfiguration") continue;
    const std::string_view domain = object["clusterDomain"].text_or("");
    if (!domain.empty()) cluster.set_domain(std::string(domain));
    for (const YamlNode* one : object["clusterDNS"].children) {
      const Result<IpAddress> address = IpAddress::parse(one->text_or(""));
      if (!address) continue;
      if (!cluster_dns) cluster_dns.emplace();
      cluster_dns->push_back({.address = *address, .reasons = cluster.declared(one->where)});
    }
  }
}

/// One stub for the cluster and one for each namespace that runs something.
void add_stubs(const Cluster& cluster, const Asked& asked, const std::optional<std::vector<Upstream>>& cluster_dns) {
  std::set<std::string> spaces{std::string(kSystem)};
  for (const PodOwner& owner : cluster.owners()) spaces.insert(owner.object->space);
  Stub whole = cluster_first(cluster, asked, cluster.id(), "");
  if (cluster_dns) whole.servers = *cluster_dns;
  cluster.unit().add(whole);
  for (const std::string& space : spaces) {
    Stub stub = whole;
    stub.scope = cluster.namespace_id(space);
    stub.search = searches(cluster, space);
    cluster.unit().add(std::move(stub));
  }
}

/// A cluster of which nothing that runs is in the tree needs no resolver.
bool runs_something(const Cluster& cluster) {
  constexpr std::string_view kControlled[] = {
      "Issuer", "ClusterIssuer", "SecretStore", "ClusterSecretStore", "RequestAuthentication", "AuthenticationConfiguration"};
  return !cluster.owners().empty() || std::any_of(cluster.objects().begin(), cluster.objects().end(), [&](const Object& object) {
    return std::find(std::begin(kControlled), std::end(kControlled), object.kind) != std::end(kControlled);
  });
}

}  // namespace

void add_dns(Cluster& cluster) {
  const std::string main_id = cluster.server_id("kube-dns");
  Asked asked{main_id, {Evidence::by_default("Kubernetes: a pod without dnsPolicy uses ClusterFirst, the cluster's DNS server")}};
  std::vector<Server> servers;
  bool has_main = false;
  for (const Object& config : cluster.objects()) {
    if (config.kind != "ConfigMap" || !config["data"]["Corefile"].present()) continue;
    const bool is_main = !has_main && is_cluster_dns(config);
    std::string id = is_main ? main_id : cluster.server_id(config.space + "/" + config.name);
    if (config.space == kSystem && is_node_cache(config)) {
      id = cluster.server_id("node-local-dns");
      asked = {id, cluster.declared(config.where)};
    }
    has_main = has_main || is_main;
    for (Server& server : servers_of(cluster, config, id)) servers.push_back(std::move(server));
  }
  learn_domain(cluster, servers);
  std::optional<std::vector<Upstream>> cluster_dns;
  read_kubelet(cluster, cluster_dns);
  if (servers.empty() && !runs_something(cluster)) return;
  if (!has_main) {
    servers.push_back(default_server(cluster));
    add_stub_domains(cluster, servers.back());
  }
  for (Server& server : servers) cluster.unit().add(std::move(server));
  add_stubs(cluster, asked, cluster_dns);
  for (const PodOwner& owner : cluster.owners()) add_pod_stub(cluster, owner, asked);
}

}  // namespace mainstay::kubernetes
