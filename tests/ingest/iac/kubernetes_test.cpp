#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester kubernetes_manifests;

namespace {

/// A Deployment "api" in the namespace "shop" whose pod spec is `spec`, indented by six spaces.
std::string deployment(const std::string& spec) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  namespace: shop\nspec:\n  replicas: 3\n  template:\n    "
         "metadata:\n"
         "      labels: {app: api}\n    spec:\n" +
         spec;
}

std::string uses(const Ingested& got) {
  std::string out;
  for (const Use& use : got.all<Use>()) {
    out += use.key + "=" + use.host.display() + (use.port ? ":" + std::to_string(*use.port) : "") +
           (use.phase == Phase::start_up ? " first" : "") + (use.bypasses_dns ? " no-dns" : "") + "\n";
  }
  return out;
}

Workload workload(const Ingested& got, std::string_view id) {
  for (const Workload& one : got.all<Workload>()) {
    if (one.id == id) return one;
  }
  return {};
}

Stub stub(const Ingested& got, std::string_view scope) {
  for (const Stub& one : got.all<Stub>()) {
    if (one.scope == scope) return one;
  }
  return {};
}

std::string servers(const Stub& stub) {
  std::string out;
  for (const Upstream& one : stub.servers)
    out += (out.empty() ? "" : " ") + (one.address ? one.address->text() : one.server + one.stub) + (one.asked ? "" : "!");
  return out;
}

std::string messages(const Ingested& got) {
  std::string out;
  for (const Diagnostic& one : got.problems)
    out += std::to_string(one.where.line) + ":" + std::to_string(one.where.column) + " " + one.message + "\n";
  return out;
}

}  // namespace

TEST_CASE("kubernetes: what the environment, the arguments and mounted files of a container need", "[ingest][kubernetes]") {
  const std::string config =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata:\n  VAULT_ADDR: "
      "https://vault.corp.example:8200\n"
      "  app.yaml: |\n    # https://old.okta.com\n    sso:\n      url: \"https://corp.okta.com/oauth2\"\n";
  struct Row {
    const char* title;
    std::string spec;
    const char* uses;
  };
  const Row rows[] = {
      {"a literal", "      containers:\n      - env:\n        - {name: VAULT_ADDR, value: 'https://vault.corp.example:8200'}\n",
       "VAULT_ADDR=vault.corp.example:8200\n"},
      {"a variable in a value",
       "      containers:\n      - env:\n        - {name: HOST, value: vault.corp.example}\n        - {name: VAULT_ADDR, value: "
       "'https://$(HOST):8200'}\n",
       "VAULT_ADDR=vault.corp.example:8200\n"},
      {"a variable that nobody sets",
       "      containers:\n      - env:\n        - {name: VAULT_ADDR, value: 'https://vault.${ENV}.example'}\n",
       "VAULT_ADDR=vault.${ENV}.example\n"},
      {"one key of a ConfigMap",
       "      containers:\n      - env:\n        - name: VAULT_ADDR\n          valueFrom: {configMapKeyRef: {name: settings, key: "
       "VAULT_ADDR}}\n",
       "VAULT_ADDR=vault.corp.example:8200\n"},
      {"all keys of a ConfigMap", "      containers:\n      - envFrom:\n        - configMapRef: {name: settings}\n",
       "VAULT_ADDR=vault.corp.example:8200\n"},
      {"a Secret that holds an address",
       "      containers:\n      - env:\n        - name: VAULT_ADDR\n          valueFrom: {secretKeyRef: {name: vault, key: address}}\n",
       "VAULT_ADDR=${secret vault/address}\n"},
      {"an argument", "      containers:\n      - args: [\"--oidc-issuer-url=https://corp.okta.com\"]\n",
       "--oidc-issuer-url=corp.okta.com\n"},
      {"an argument in two words", "      containers:\n      - command: [proxy, --oidc-issuer-url, 'https://corp.okta.com']\n",
       "--oidc-issuer-url=corp.okta.com\n"},
      {"a mounted file", "      containers: []\n      volumes:\n      - configMap: {name: settings}\n",
       "VAULT_ADDR=vault.corp.example:8200\nurl=corp.okta.com\n"},
      {"an init container is needed at the start",
       "      initContainers:\n      - env:\n        - {name: VAULT_ADDR, value: 'https://vault.corp.example'}\n",
       "VAULT_ADDR=vault.corp.example first\n"},
      {"a literal address asks no resolver",
       "      containers:\n      - env:\n        - {name: VAULT_ADDR, value: 'https://10.9.30.40:8200'}\n",
       "VAULT_ADDR=10.9.30.40:8200 no-dns\n"},
      {"a host alias asks no resolver",
       "      hostAliases: [{ip: 10.9.30.40, hostnames: [vault.corp.example]}]\n      containers:\n      - env:\n        - {name: "
       "VAULT_ADDR, value: 'https://vault.corp.example'}\n",
       "VAULT_ADDR=vault.corp.example no-dns\n"},
      {"what is no endpoint is none",
       "      containers:\n      - env:\n        - {name: LOG_LEVEL, value: info}\n        - {name: VAULT_ADDR, value: 'true'}\n", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(kubernetes_manifests, {{"clusters/prod/api.yaml", deployment(row.spec) + config}});
      CHECK(uses(got) == row.uses);
      CHECK(messages(got).empty());
    }
  }
}

TEST_CASE("kubernetes: which resolver a pod asks", "[ingest][kubernetes]") {
  struct Row {
    const char* title;
    std::string spec;
    const char* stub;     // Workload::stub
    const char* servers;  // of that stub, when it is the pod's own
  };
  const char* own = "deployment:prod/shop/api";
  const Row rows[] = {
      {"unset is ClusterFirst", "      containers: []\n", "", ""},
      {"Default is the node's", "      dnsPolicy: Default\n", "nodes:prod", ""},
      {"the node's network has the node's resolvers", "      hostNetwork: true\n", "nodes:prod", ""},
      {"unless it says otherwise", "      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n", "", ""},
      {"None has its own", "      dnsPolicy: None\n      dnsConfig: {nameservers: [10.9.1.53, 10.9.2.53, 10.9.3.53, 10.9.4.53]}\n", own,
       "10.9.1.53 10.9.2.53 10.9.3.53 10.9.4.53!"},
      {"ClusterFirst with more", "      dnsConfig: {nameservers: [10.9.1.53], options: [{name: ndots, value: '1'}]}\n", own,
       "server:prod/kube-dns 10.9.1.53"},
      {"Default with more", "      dnsPolicy: Default\n      dnsConfig: {searches: [corp.example]}\n", own, "nodes:prod"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(kubernetes_manifests, {{"clusters/prod/api.yaml", deployment(row.spec)}});
      CHECK(workload(got, own).stub == row.stub);
      CHECK(servers(stub(got, own)) == row.servers);
      CHECK(servers(stub(got, "namespace:prod/shop")) == "server:prod/kube-dns");
      CHECK(stub(got, "namespace:prod/shop").search.at(0).display() == "shop.svc.cluster.local");
    }
  }
}

TEST_CASE("kubernetes: the cluster's server comes from its Corefile, and points into it", "[ingest][kubernetes]") {
  const char* config =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns, namespace: kube-system}\ndata:\n  Corefile: |\n    .:53 {\n"
      "        kubernetes corp.local in-addr.arpa\n        forward . 10.9.1.53 /etc/resolv.conf\n    }\n";
  const char* service =
      "apiVersion: v1\nkind: Service\nmetadata: {name: kube-dns, namespace: kube-system}\nspec: {clusterIP: 10.96.0.10}\n";
  const Ingested got = ingest(kubernetes_manifests, {{"clusters/prod/dns.yaml", config}, {"clusters/prod/service.yaml", service}});
  REQUIRE(got.all<Server>().size() == 1);
  const Server server = got.all<Server>().front();
  CHECK(server.id == "server:prod/kube-dns");
  CHECK(server.addresses.at(0).text() == "10.96.0.10");
  CHECK(server.replicas == 2);
  const Forward& forward = server.forwards.at(0);
  CHECK(forward.upstreams.at(0).address->text() == "10.9.1.53");
  CHECK(forward.upstreams.at(1).stub == "nodes:prod");
  const Place place = forward.upstreams.at(0).reasons.at(0).place;
  CHECK(place.line == 8);
  CHECK(place.column == 19);
  CHECK(place.length == 9);
  CHECK(stub(got, "namespace:prod/kube-system").search.at(1).display() == "svc.corp.local");
}

TEST_CASE("kubernetes: without a Corefile the add-on's defaults are used and said to be defaults", "[ingest][kubernetes]") {
  const Ingested got = ingest(kubernetes_manifests, {{"clusters/prod/api.yaml", deployment("      containers: []\n")}});
  REQUIRE(got.all<Server>().size() == 1);
  const Server server = got.all<Server>().front();
  CHECK(server.forwards.at(0).upstreams.at(0).stub == "nodes:prod");
  CHECK(strongest(server.reasons) == Confidence::product_default);
}

TEST_CASE("kubernetes: the cache on the nodes is asked first, and its placeholders are no host names", "[ingest][kubernetes]") {
  const Ingested got =
      ingest(kubernetes_manifests,
             {{"clusters/prod/a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n"},
              {"clusters/prod/n.yaml",
               "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: node-local-dns, namespace: kube-system}\ndata:\n  Corefile: |\n    "
               "cluster.local:53 {\n        bind 169.254.20.10\n"
               "        forward . __PILLAR__CLUSTER__DNS__\n    }\n    .:53 {\n        forward . __PILLAR__UPSTREAM__SERVERS__\n    }\n"}});
  CHECK(servers(stub(got, "namespace:prod/default")) == "server:prod/node-local-dns");
  const std::vector<Server> all = got.all<Server>();
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == "server:prod/node-local-dns");
  CHECK(all[0].forwards.at(0).upstreams.at(0).server == "server:prod/kube-dns");
  CHECK(all[0].forwards.at(1).upstreams.at(0).stub == "nodes:prod");
  CHECK(messages(got).empty());
}

TEST_CASE("kubernetes: annotations of a service account are needs of every workload that runs as it", "[ingest][kubernetes]") {
  struct Row {
    const char* title;
    const char* annotations;
    const char* region;
    const char* uses;
  };
  const Row rows[] = {
      {"EKS, region known", "eks.amazonaws.com/role-arn: a", "eu-west-1", "eks.amazonaws.com/role-arn=sts.eu-west-1.amazonaws.com\n"},
      {"EKS, region not known", "eks.amazonaws.com/role-arn: a", "", "eks.amazonaws.com/role-arn=sts.${region}.amazonaws.com\n"},
      {"EKS, the global endpoint", "eks.amazonaws.com/role-arn: a, eks.amazonaws.com/sts-regional-endpoints: 'false'", "eu-west-1",
       "eks.amazonaws.com/role-arn=sts.amazonaws.com\n"},
      {"GKE", "iam.gke.io/gcp-service-account: a", "",
       "iam.gke.io/gcp-service-account=metadata.google.internal\niam.gke.io/gcp-service-account=sts.googleapis.com\niam.gke.io/"
       "gcp-service-account=iamcredentials.googleapis.com\n"},
      {"AKS", "azure.workload.identity/client-id: a", "", "azure.workload.identity/client-id=login.microsoftonline.com\n"},
      {"none", "", "", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const std::string account =
          std::string("apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n  namespace: shop\n  annotations: {") +
          row.annotations + "}\n";
      const std::string env = *row.region == '\0' ? "[]" : std::string("[{name: AWS_REGION, value: ") + row.region + "}]";
      const Ingested got =
          ingest(kubernetes_manifests,
                 {{"clusters/prod/a.yaml", account},
                  {"clusters/prod/b.yaml", deployment("      serviceAccountName: api\n      containers:\n      - env: " + env + "\n")}});
      CHECK(uses(got) == row.uses);
      CHECK(workload(got, "deployment:prod/shop/api").runs_as == "service-account:prod/shop/api");
    }
  }
}

TEST_CASE("kubernetes: other objects that name identity endpoints", "[ingest][kubernetes]") {
  struct Row {
    const char* title;
    const char* text;
    const char* workload;
    const char* uses;
  };
  const Row rows[] = {
      {"cert-manager",
       "apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: le}\nspec: {acme: {server: "
       "'https://acme.example.com/directory'}}\n",
       "deployment:default/cert-manager/cert-manager", "spec.acme.server=acme.example.com\n"},
      {"Istio, keys by URL",
       "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: a}\nspec: {jwtRules: [{issuer: "
       "'https://a.example.com', jwksUri: 'https://keys.example.com/jwks'}]}\n",
       "deployment:default/istio-system/istiod", "spec.jwtRules[].jwksUri=keys.example.com\n"},
      {"Istio, keys by discovery",
       "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: a}\nspec: {jwtRules: [{issuer: "
       "'https://a.example.com'}]}\n",
       "deployment:default/istio-system/istiod", "spec.jwtRules[].issuer=a.example.com\n"},
      {"the API server",
       "apiVersion: apiserver.config.k8s.io/v1beta1\nkind: AuthenticationConfiguration\njwt: [{issuer: {url: 'https://a.example.com', "
       "discoveryURL: 'https://b.example.com/x'}}]\n",
       "deployment:default/kube-system/kube-apiserver", "jwt[].issuer.discoveryURL=b.example.com\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(kubernetes_manifests, {{"a.yaml", row.text}});
      CHECK(uses(got) == row.uses);
      CHECK(got.all<Use>().at(0).workload == row.workload);
    }
  }
}

TEST_CASE("kubernetes: Services in front of identity servers are endpoints, Ingresses ask authorisers", "[ingest][kubernetes]") {
  const std::string objects =
      deployment("      containers: [{image: 'registry.example/hashicorp/vault:1.15@sha256:0'}]\n") +
      "---\napiVersion: v1\nkind: Service\nmetadata: {name: vault, namespace: shop}\nspec: {selector: {app: api}, clusterIP: 10.96.1.2}\n"
      "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: in\n  namespace: shop\n  annotations:\n"
      "    nginx.ingress.kubernetes.io/auth-url: https://auth.example.com/auth\n    external-dns.kubernetes.io/hostname: a.example.com, "
      "b.example.com\n"
      "spec: {rules: [{http: {paths: [{backend: {service: {name: vault}}}]}}]}\n";
  const Ingested got = ingest(kubernetes_manifests, {{"clusters/prod/a.yaml", objects}});
  REQUIRE(got.all<Endpoint>().size() == 1);
  CHECK(got.all<Endpoint>()[0].hosts.at(0).display() == "vault.shop.svc.cluster.local");
  CHECK(got.all<Endpoint>()[0].role == Role::secret_store);
  CHECK(got.all<Endpoint>()[0].workload == "deployment:prod/shop/api");
  CHECK(uses(got) == "nginx.ingress.kubernetes.io/auth-url=auth.example.com\n");
  CHECK(got.all<Record>().size() == 2);
}

TEST_CASE("kubernetes: what a workload is", "[ingest][kubernetes]") {
  const std::string spec = "      nodeSelector: {topology.kubernetes.io/zone: eu-west-1a}\n      containers: []\n";
  const Ingested got = ingest(
      kubernetes_manifests, {{"clusters/prod/ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {env: staging}}\n"},
                             {"clusters/prod/api.yaml", deployment(spec)}});
  const Workload api = workload(got, "deployment:prod/shop/api");
  CHECK(api.scope == "namespace:prod/shop");
  CHECK(api.environment == "staging");
  CHECK(api.instances == 3);
  REQUIRE(api.failure_domains.size() == 1);
  CHECK(api.failure_domains[0].name == "eu-west-1a");
  CHECK(got.all<Scope>().at(0).id == "cluster:prod");
}

TEST_CASE("kubernetes: a kustomization names the namespace of its resources", "[ingest][kubernetes]") {
  const Ingested got = ingest(
      kubernetes_manifests, {{"clusters/prod/a/kustomization.yaml",
                              "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources: [pod.yaml]\n"},
                             {"clusters/prod/a/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n"}});
  CHECK(workload(got, "pod:prod/shop/p").scope == "namespace:prod/shop");
}

TEST_CASE("kubernetes: bad manifests are reported and the others used", "[ingest][kubernetes]") {
  struct Row {
    const char* title;
    std::string text;
    std::size_t workloads;
    const char* messages;
  };
  const std::string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n";
  const Row rows[] = {
      {"a list of objects",
       "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: p}\n  spec: {containers: []}\n", 1, ""},
      {"bad: a document with a tab", "apiVersion: v1\nkind: Pod\n\tx: y\n---\n" + pod, 1,
       "3:1 this is not YAML: a tab is used for indentation\n"},
      {"bad: a Helm template", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n", 0,
       "4:9 a template with {{ }}, not rendered\n"},
      {"bad: no map where one is needed", "apiVersion: v1\nkind: Pod\nmetadata: []\nspec: text\n", 0, ""},
      {"bad: dnsPolicy None without servers", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {dnsPolicy: None}\n", 1,
       "4:19 dnsPolicy None needs nameservers in dnsConfig\n"},
      {"bad: a nameserver that is no address",
       "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {dnsConfig: {nameservers: [dns.example]}}\n", 1,
       "4:34 a nameserver of dnsConfig is an address\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(kubernetes_manifests, {{"a.yaml", row.text}});
      CHECK(got.all<Workload>().size() == row.workloads);
      CHECK(messages(got) == row.messages);
    }
  }
}

TEST_CASE("kubernetes: values of Secrets never become facts", "[ingest][kubernetes]") {
  const std::string secret =
      "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {VAULT_ADDR: 'https://hidden.example.com'}\n";
  const Ingested got =
      ingest(kubernetes_manifests, {{"a.yaml", deployment("      containers:\n      - envFrom: [{secretRef: {name: s}}]\n") + secret}});
  REQUIRE(got.all<Use>().size() == 1);
  CHECK(got.all<Use>()[0].host.display() == "${secret s/VAULT_ADDR}");
}

}  // namespace mainstay
