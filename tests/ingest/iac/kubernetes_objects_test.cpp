#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester kubernetes_manifests;

namespace {

/// A Deployment "api" in the namespace "shop" whose pod spec is `spec`, indented by six spaces.
std::string deployment(const std::string& spec) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec:\n  template:\n    spec:\n" + spec;
}

std::string uses(const Ingested& got) {
  std::string out;
  for (const Use& use : got.all<Use>())
    out += use.key + "=" + use.host.display() + (use.port ? ":" + std::to_string(*use.port) : "") + "\n";
  return out;
}

std::string workloads(const Ingested& got) {
  std::string out;
  for (const Workload& one : got.all<Workload>()) out += one.id + "\n";
  return out;
}

std::string messages(const Ingested& got) {
  std::string out;
  for (const Diagnostic& one : got.problems)
    out += std::to_string(one.where.line) + ":" + std::to_string(one.where.column) + " " + one.message + "\n";
  return out;
}

}  // namespace

TEST_CASE("kubernetes: kustomizations and Flux say which namespace manifests are in", "[ingest][kubernetes]") {
  using Files = std::map<std::string, std::string, std::less<>>;
  const std::string api = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {template: {spec: {containers: []}}}\n";
  const auto flux = [](const std::string& path, const std::string& space) {
    return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\nspec: {path: " + path +
           ", targetNamespace: " + space + "}\n";
  };
  struct Row {
    const char* title;
    Files files;
    const char* id;
  };
  const Row rows[] = {
      {"a file that is listed", {{"a/api.yaml", api}, {"a/kustomization.yaml", "namespace: shop\nresources: [api.yaml]\n"}}, "shop"},
      {"a folder that is listed; the outermost namespace wins",
       {{"base/api.yaml", api},
        {"base/kustomization.yaml", "namespace: base\nresources: [api.yaml]\n"},
        {"prod/kustomization.yml", "namespace: shop\nresources: [../base]\n"}},
       "shop"},
      {"Flux wins over the kustomization in its folder",
       {{"apps/api.yaml", api}, {"apps/kustomization.yaml", "resources: [api.yaml]\n"}, {"ks.yaml", flux("./apps", "shop")}},
       "shop"},
      {"Flux lists what lies below a folder without a kustomization",
       {{"apps/deep/api.yaml", api}, {"ks.yaml", flux("./apps", "shop")}},
       "shop"},
      {"two overlays with two namespaces leave it where it is",
       {{"base/api.yaml", api},
        {"base/kustomization.yaml", "resources: [api.yaml]\n"},
        {"dev/kustomization.yaml", "namespace: dev\nresources: [../base]\n"},
        {"prod/kustomization.yaml", "namespace: prod\nresources: [../base]\n"}},
       "default"},
      {"bad: kustomizations that list each other",
       {{"a/api.yaml", api},
        {"a/kustomization.yaml", "namespace: a\nresources: [api.yaml, ../b]\n"},
        {"b/kustomization.yaml", "namespace: b\nresources: [../a]\n"}},
       "default"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(kubernetes_manifests, row.files);
      CHECK(workloads(got) == std::string("deployment:default/") + row.id + "/api\n");
    }
  }
}

TEST_CASE("kubernetes: ConfigMaps that a kustomization generates are read where a pod reads them", "[ingest][kubernetes]") {
  const std::string pod = deployment(
      "      containers:\n      - envFrom:\n        - configMapRef: {name: settings}\n      volumes:\n      - configMap: {name: files}\n");
  const std::string kustomization =
      "namespace: shop\nresources: [api.yaml]\nconfigMapGenerator:\n- name: settings\n  literals:\n  - "
      "VAULT_ADDR=https://vault.corp.example\n"
      "  envs: [more.env]\n- name: files\n  files: [app.ini=conf/app.txt, missing.txt]\n- name: unread\n  files: [absent.txt]\n";
  const Ingested got = ingest(kubernetes_manifests, {{"api.yaml", pod},
                                                     {"kustomization.yaml", kustomization},
                                                     {"more.env", "API_ISSUER_URL=https://sso.corp.example\n"},
                                                     {"conf/app.txt", "# sign in\nurl = https://corp.okta.com/x\n"}});
  CHECK(uses(got) == "VAULT_ADDR=vault.corp.example\nAPI_ISSUER_URL=sso.corp.example\nurl=corp.okta.com\n");
  CHECK(messages(got) == "9:33 the file of this ConfigMap is not in the tree\n");
  for (const Use& use : got.all<Use>()) {
    if (use.key == "url") CHECK(use.reasons.at(0).place.file == "conf/app.txt");
    if (use.key == "url") CHECK(use.reasons.at(0).place.line == 2);
    if (use.key == "VAULT_ADDR") CHECK(use.reasons.at(0).place.line == 6);
  }
}

TEST_CASE("kubernetes: what operators ask for the objects they look after", "[ingest][kubernetes]") {
  const auto store = [](const char* provider) {
    return std::string("apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {name: x}\nspec: {provider: ") + provider +
           "}\n";
  };
  struct Row {
    const char* title;
    std::string manifest;
    const char* uses;
  };
  const Row rows[] = {
      {"a store in Vault", store("{vault: {server: 'https://vault.corp.example:8200'}}"),
       "spec.provider.vault.server=vault.corp.example:8200\n"},
      {"a 1Password Connect server", store("{onepassword: {connectHost: 'http://op.corp.example'}}"),
       "spec.provider.onepassword.connectHost=op.corp.example\n"},
      {"AWS Secrets Manager", store("{aws: {service: SecretsManager, region: eu-west-1}}"),
       "spec.provider.aws.region=secretsmanager.eu-west-1.amazonaws.com\n"},
      {"AWS Parameter Store", store("{aws: {service: ParameterStore, region: eu-west-1}}"),
       "spec.provider.aws.region=ssm.eu-west-1.amazonaws.com\n"},
      {"Google Secret Manager", store("{gcpsm: {projectID: x}}"), "spec.provider.gcpsm=secretmanager.googleapis.com\n"},
      {"an issuer of the first cert-manager",
       "apiVersion: certmanager.k8s.io/v1alpha1\nkind: ClusterIssuer\nmetadata: {name: x}\nspec: {acme: {server: "
       "'https://acme.corp.example/d'}}\n",
       "spec.acme.server=acme.corp.example\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(kubernetes_manifests, {{"x.yaml", row.manifest}});
      CHECK(uses(got) == row.uses);
      CHECK(got.all<Workload>().size() == 1);
    }
  }
}

TEST_CASE("kubernetes: a mounted configuration of SPIRE says where the agent's server is, and what the server calls itself",
          "[ingest][kubernetes]") {
  const std::string pod = deployment("      containers: []\n      volumes:\n      - configMap: {name: spire}\n");
  const std::string config =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: spire, namespace: shop}\ndata:\n  agent.conf: |\n    agent {\n"
      "      server_address = \"spire-server\"\n      trust_domain = \"corp.example\"\n    }\n  server.conf: |\n    server {\n"
      "      trust_domain = \"corp.example\"\n      jwt_issuer = \"https://oidc.corp.example\"\n    }\n"
      "  other.conf: |\n    server_address = \"10.9.1.1\"\n    colour = \"red\"\n";
  const Ingested got = ingest(kubernetes_manifests, {{"api.yaml", pod + config}});
  CHECK(uses(got) == "server_address=spire-server\n");
  REQUIRE(got.all<Trust>().size() == 1);
  CHECK(got.all<Trust>()[0].kind == "jwt_issuer");
  CHECK(got.all<Trust>()[0].value.display() == "https://oidc.corp.example");
}

TEST_CASE("kubernetes: Helm releases are counted once for a cluster", "[ingest][kubernetes]") {
  const std::string release = "---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: x}\n";
  const Ingested got = ingest(kubernetes_manifests, {{"a.yaml", release + release}, {"b.yaml", release}});
  CHECK(messages(got) == "4:18 3 Helm releases of this cluster are not rendered: the workloads of their charts are not known\n");
}

}  // namespace mainstay
