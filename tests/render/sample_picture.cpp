#include "tests/render/sample_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

/// Collects nodes by id, so that edges can be written with names.
struct Sketch {
  Picture picture;

  PictureNode& node(Layer layer, std::string id, std::string label, std::string cluster = {}) {
    return picture.nodes.emplace_back(PictureNode{
        .id = std::move(id), .layer = layer, .kind = std::string(word(layer)), .label = std::move(label), .cluster = std::move(cluster)});
  }
  PictureNode& at(std::string_view id) { return picture.nodes[index(id)]; }
  std::uint32_t index(std::string_view id) const {
    const auto found = std::find_if(picture.nodes.begin(), picture.nodes.end(), [&](const PictureNode& node) { return node.id == id; });
    MAINSTAY_ASSERT(found != picture.nodes.end(), "the sample names its own nodes");
    return static_cast<std::uint32_t>(found - picture.nodes.begin());
  }
  void edge(std::string_view from, std::string_view to, std::string label = {}) {
    picture.edges.push_back({.from = index(from), .to = index(to), .label = std::move(label)});
  }
  void any(std::string_view from, std::initializer_list<std::string_view> members) {
    for (const std::string_view to : members) {
      picture.edges.push_back(
          {.from = index(from), .to = index(to), .label = fmt::format("any of {}", members.size()), .alternative = true});
    }
  }
};

void add_nodes(Sketch& sketch) {
  const char* const workloads[] = {"payments-api", "payments-worker", "ledger",  "checkout", "cart",
                                   "search",       "portal",          "reports", "mailer",   "audit"};
  for (const char* name : workloads) {
    sketch.node(Layer::workload, fmt::format("w:{}", name), name, "cluster prod")
        .tooltip.push_back(fmt::format("k8s/prod/{}.yaml:14  value: https://vault.corp.example:8200", name));
  }
  sketch.node(Layer::workload, "w:batch", "batch-payroll\nhosts/batch");
  sketch.node(Layer::workload, "w:vpn", "vpn-gateway\nhosts/edge");
  sketch.node(Layer::workload, "w:ci", "ci-runner").folded = 6;
  sketch.node(Layer::workload, "w:lambda", "invoice-import\nfunction, eu-central-1");
  sketch.node(Layer::endpoint, "e:okta", "acme.okta.com\noidc-issuer");
  sketch.node(Layer::endpoint, "e:sts", "sts.eu-central-1.amazonaws.com\nsts");
  sketch.node(Layer::endpoint, "e:vault", "vault.corp.example\nsecret-store");
  sketch.node(Layer::endpoint, "e:ldap", "ldap.corp.example\nldap");
  sketch.node(Layer::endpoint, "e:spire", "spire-server.spire.svc\nworkload-identity");
  sketch.node(Layer::endpoint, "e:crl", "crl.corp.example\ncrl");
  sketch.node(Layer::stub, "s:pods", "pods of cluster prod\nndots:5, 5 s × 2", "cluster prod");
  sketch.node(Layer::stub, "s:batch", "hosts/batch\n1 server, 5 s × 2");
  sketch.node(Layer::stub, "s:edge", "hosts/edge\n2 servers, 5 s × 2");
  sketch.node(Layer::stub, "s:vpc", "vpc-main\nAmazonProvidedDNS");
  sketch.node(Layer::resolver, "r:coredns", "kube-dns\nCoreDNS, 2 replicas", "cluster prod");
  sketch.node(Layer::resolver, "r:a", "10.9.1.53\nunbound on dns-a", "network mgmt");
  sketch.node(Layer::resolver, "r:b", "10.9.2.53\nunbound on dns-b", "network mgmt");
  sketch.node(Layer::resolver, "r:edge", "127.0.0.1\ndnsmasq on edge");
  sketch.node(Layer::resolver, "r:vpc", "10.20.0.2\nVPC resolver").inherent = true;
  sketch.node(Layer::upstream, "u:fwd", "10.9.9.1").described = false;
  sketch.node(Layer::upstream, "u:quad9", "9.9.9.9\nQuad9").inherent = true;
  sketch.node(Layer::zone, "z:corp", "corp.example");
  sketch.node(Layer::zone, "z:okta", "okta.com");
  sketch.node(Layer::zone, "z:aws", "amazonaws.com").inherent = true;
  sketch.node(Layer::zone, "z:cluster", "cluster.local", "cluster prod");
  for (int number = 1; number <= 2; ++number)
    sketch.node(Layer::name_server, fmt::format("n:corp{}", number), fmt::format("ns{}.corp.example\n192.0.2.{}", number, number),
                "192.0.2.0/24");
  for (int number = 1; number <= 4; ++number)
    sketch.node(Layer::name_server, fmt::format("n:aws{}", number), fmt::format("ns-{}.awsdns-0{}.example", number * 311, number));
  sketch.node(Layer::provider, "p:route53", "Amazon Route 53").inherent = true;
  sketch.node(Layer::provider, "p:self", "own name servers");
  sketch.node(Layer::provider, "p:registry", "registration of corp.example");
}

void add_edges(Sketch& sketch) {
  for (const char* name : {"payments-api", "payments-worker", "ledger", "checkout"}) sketch.edge(fmt::format("w:{}", name), "e:vault");
  for (const char* name : {"cart", "search", "portal", "reports"}) sketch.edge(fmt::format("w:{}", name), "e:okta");
  for (const char* name : {"mailer", "audit"}) sketch.edge(fmt::format("w:{}", name), "e:ldap");
  sketch.edge("w:payments-api", "e:spire");
  sketch.edge("w:audit", "e:spire");
  sketch.edge("w:batch", "e:ldap");
  sketch.edge("w:vpn", "e:ldap");
  sketch.edge("w:vpn", "e:crl");
  sketch.edge("w:ci", "e:vault", "×6");
  sketch.edge("w:lambda", "e:sts");
  for (const char* endpoint : {"e:okta", "e:vault", "e:ldap", "e:spire"}) sketch.edge(endpoint, "s:pods");
  sketch.edge("e:ldap", "s:batch");
  sketch.edge("e:ldap", "s:edge");
  sketch.edge("e:crl", "s:edge");
  sketch.edge("e:sts", "s:vpc");
  sketch.edge("s:pods", "r:coredns");
  sketch.edge("s:batch", "r:a");
  sketch.any("s:edge", {"r:edge", "r:b"});
  sketch.edge("s:vpc", "r:vpc");
  sketch.edge("r:coredns", "u:fwd");
  sketch.edge("r:coredns", "z:cluster");
  sketch.edge("r:coredns", "e:spire");
  sketch.edge("r:a", "u:fwd");
  sketch.edge("r:b", "u:fwd");
  sketch.any("r:edge", {"u:quad9", "u:fwd"});
  sketch.edge("r:vpc", "z:aws");
  for (const char* zone : {"z:corp", "z:okta"}) sketch.edge("u:fwd", zone);
  sketch.edge("u:quad9", "z:okta");
  sketch.any("z:corp", {"n:corp1", "n:corp2"});
  sketch.any("z:okta", {"n:aws1", "n:aws2", "n:aws3", "n:aws4"});
  for (const char* server : {"n:corp1", "n:corp2"}) sketch.edge(server, "p:self");
  for (const char* server : {"n:aws1", "n:aws2", "n:aws3", "n:aws4"}) sketch.edge(server, "p:route53");
  sketch.edge("z:corp", "p:registry");
}

void mark(PictureNode& node, Severity severity, std::initializer_list<const char*> rules, bool single) {
  node.severity = severity;
  node.rules.assign(rules.begin(), rules.end());
  node.single_fault = single;
}

}  // namespace

Picture sample_picture() {
  Sketch sketch;
  sketch.picture.title = "What signing in stands on";
  sketch.picture.note = "6 equal CI runners are drawn as one; 31 workloads that need nothing else were left out.";
  add_nodes(sketch);
  add_edges(sketch);
  mark(sketch.at("u:fwd"), Severity::critical, {"spof-upstream"}, true);
  mark(sketch.at("r:coredns"), Severity::critical, {"bootstrap-cycle", "resolver-shared-fate"}, true);
  mark(sketch.at("n:corp1"), Severity::high, {"spof-prefix"}, false);
  mark(sketch.at("s:edge"), Severity::medium, {"failover-over-budget"}, false);
  mark(sketch.at("z:okta"), Severity::low, {"record-never-queried"}, false);
  sketch.at("p:registry").single_fault = true;
  sketch.at("s:batch").single_fault = true;
  sketch.at("u:fwd").tooltip = {"hosts/dns-a/etc/unbound/unbound.conf:5  forward-addr: 10.9.9.1",
                                "hosts/dns-b/etc/unbound/unbound.conf:5  forward-addr: 10.9.9.1"};
  return std::move(sketch.picture);
}

}  // namespace mainstay
