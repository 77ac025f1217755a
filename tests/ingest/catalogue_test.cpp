#include <catch2/catch.hpp>
#include <set>

#include "ingest/catalogue/load.h"

namespace mainstay {

TEST_CASE("shipped catalogue: hosts that everyone knows", "[ingest][catalogue]") {
  const Catalogue catalogue = shipped_catalogue();
  const std::pair<const char*, Role> rows[] = {{"sts.amazonaws.com", Role::sts},
                                               {"sts.eu-west-1.amazonaws.com", Role::sts},
                                               {"sts.eu-west-1.api.aws", Role::sts},
                                               {"kms.eu-west-1.amazonaws.com", Role::kms},
                                               {"secretsmanager.us-east-1.amazonaws.com", Role::secret_store},
                                               {"cognito-idp.eu-west-1.amazonaws.com", Role::oidc_issuer},
                                               {"oidc.eks.eu-west-1.amazonaws.com", Role::workload_identity},
                                               {"login.microsoftonline.com", Role::sts},
                                               {"corp.vault.azure.net", Role::secret_store},
                                               {"accounts.google.com", Role::oidc_issuer},
                                               {"oauth2.googleapis.com", Role::oauth_token},
                                               {"dev-1.okta.com", Role::oidc_issuer},
                                               {"corp.eu.auth0.com", Role::oidc_issuer},
                                               {"token.actions.githubusercontent.com", Role::oidc_issuer},
                                               {"169.254.169.254", Role::imds},
                                               {"metadata.google.internal", Role::imds}};
  for (const auto& [host, role] : rows) {
    CAPTURE(host);
    REQUIRE(catalogue.host(host));
    CHECK(catalogue.host(host)->role == role);
  }
  for (const char* host : {"ec2.eu-west-1.amazonaws.com", "storage.googleapis.com", "corp.example", "github.com", "okta.com",
                           "bucket.s3.amazonaws.com", "www.microsoft.com", "localhost", "10.9.1.53", "amazonaws.com"}) {
    CAPTURE(host);
    CHECK_FALSE(catalogue.host(host));
  }
}

TEST_CASE("shipped catalogue: keys that hold endpoints, and keys that only look so", "[ingest][catalogue]") {
  const Catalogue catalogue = shipped_catalogue();
  const std::pair<const char*, Role> rows[] = {{"VAULT_ADDR", Role::secret_store},
                                               {"APP_OIDC_ISSUER_URL", Role::oidc_issuer},
                                               {"JWKS_URI", Role::jwks},
                                               {"AUTH_JWKS_URI", Role::jwks},
                                               {"LDAP_URL", Role::ldap},
                                               {"AZURE_AUTHORITY_HOST", Role::sts},
                                               {"KEYCLOAK_URL", Role::oidc_issuer},
                                               {"OAUTH2_TOKEN_URL", Role::oauth_token},
                                               {"KRB5_KDC", Role::kerberos_kdc},
                                               {"CONSUL_HTTP_ADDR", Role::service_discovery}};
  for (const auto& [key, role] : rows) {
    CAPTURE(key);
    REQUIRE(catalogue.key(key));
    CHECK(catalogue.key(key)->role == role);
  }
  for (const char* key : {"VAULT_ADDR_FILE", "VAULT_TOKEN",       "VAULT_CACERT", "ISSUER_NAME", "ISSUER",
                          "API_URL",         "BASE_URL",          "DATABASE_URL", "URL",         "HOST",
                          "DB_HOST",         "SMTP_HOST",         "REDIS_URL",    "SERVER",      "SPIFFE_ENDPOINT_SOCKET",
                          "OIDC_CLIENT_ID",  "OIDC_REDIRECT_URL", "LDAP_BIND_DN", "LDAP_PORT",   "JWT_SECRET",
                          "LOGIN_URL",       "CALLBACK_URL",      "TOKEN",        "AUTH_URL",    "KRB5_CONFIG"}) {
    CAPTURE(key);
    CHECK_FALSE(catalogue.key(key));
  }
}

TEST_CASE("shipped catalogue: providers, resolvers and claimable names", "[ingest][catalogue]") {
  const Catalogue catalogue = shipped_catalogue();
  const std::pair<const char*, const char*> servers[] = {{"ns-40.awsdns-05.com", "route53"},
                                                         {"ns-1.awsdns-1.co.uk", "route53"},
                                                         {"ns1-01.azure-dns.com", "azure-dns"},
                                                         {"ada.ns.cloudflare.com", "cloudflare"},
                                                         {"ns-cloud-b1.googledomains.com", "google-cloud-dns"},
                                                         {"dns1.p05.nsone.net", "ns1"},
                                                         {"a1-64.akam.net", "akamai"},
                                                         {"pdns1.ultradns.net", "ultradns"}};
  for (const auto& [server, provider] : servers) {
    CAPTURE(server);
    REQUIRE(catalogue.provider_of_name_server(*DomainName::parse(server)));
    CHECK(catalogue.provider_of_name_server(*DomainName::parse(server))->name == provider);
  }
  CHECK_FALSE(catalogue.provider_of_name_server(*DomainName::parse("ns1.corp.example")));
  for (const auto& [one, other] :
       {std::pair("1.1.1.1", "1.0.0.1"), std::pair("8.8.8.8", "8.8.4.4"), std::pair("9.9.9.9", "149.112.112.112"),
        std::pair("2606:4700:4700::1111", "1.1.1.1"), std::pair("2620:fe::fe", "9.9.9.9")}) {
    CAPTURE(one);
    REQUIRE(catalogue.operator_of_resolver(*IpAddress::parse(one)));
    CHECK(catalogue.operator_of_resolver(*IpAddress::parse(one)) == catalogue.operator_of_resolver(*IpAddress::parse(other)));
  }
  CHECK(catalogue.claimable(*DomainName::parse("corp.github.io"))->service == "GitHub Pages");
  CHECK(catalogue.claimable(*DomainName::parse("app.azurewebsites.net"))->service == "Microsoft Azure");
  CHECK_FALSE(catalogue.claimable(*DomainName::parse("github.io")));
  CHECK_FALSE(catalogue.claimable(*DomainName::parse("corp.example")));
}

TEST_CASE("shipped catalogue: every row has a source and stands once", "[ingest][catalogue]") {
  const Catalogue catalogue = shipped_catalogue();
  std::set<std::string> seen;
  const auto check = [&](const std::string& kind, const std::string& name, const std::string& source) {
    CAPTURE(kind, name);
    CHECK_FALSE(source.empty());
    CHECK(seen.insert(kind + name).second);
  };
  for (const KnownHost& row : catalogue.hosts()) check("host ", row.pattern, row.source);
  for (const KnownKey& row : catalogue.keys()) check("key ", row.pattern, row.source);
  for (const KnownProvider& row : catalogue.providers()) check("provider ", row.name, row.source);
  for (const Claimable& row : catalogue.claimables()) check("claimable ", row.pattern, row.source);
  CHECK(seen.size() > 400);
}

TEST_CASE("user catalogue: bad rows are reported where they stand and good ones used", "[ingest][catalogue]") {
  struct Row {
    const char* title;
    const char* bytes;
    std::uint32_t line;  // of the only problem; 0: none
    std::size_t hosts;
  };
  const Row rows[] = {
      {"good", "{\"hosts\": [\n {\"pattern\": \"login.corp.example\", \"role\": \"sts\", \"source\": \"us\"}]}", 0, 1},
      {"bad: unknown role; the next row is used",
       "{\"hosts\": [\n{\"pattern\": \"a.example\", \"role\": \"idp\", \"source\": \"us\"},\n{\"pattern\": \"b.example\", \"role\": "
       "\"sts\", "
       "\"source\": \"us\"}]}",
       2, 1},
      {"bad: no source", "{\"hosts\": [\n\n{\"pattern\": \"a.example\", \"role\": \"sts\"}]}", 3, 0},
      {"bad: unknown member", "{\"hosts\": [{\"pattern\": \"a.example\", \"role\": \"sts\",\n\"colour\": \"x\", \"source\": \"us\"}]}", 2,
       0},
      {"bad: every host", "{\"hosts\": [\n{\"pattern\": \"*\", \"role\": \"sts\", \"source\": \"us\"}]}", 2, 0},
      {"bad: a URL", "{\"hosts\": [\n{\"pattern\": \"https://a.example\", \"role\": \"sts\", \"source\": \"us\"}]}", 2, 0},
      {"bad: a number", "{\"hosts\": [\n{\"pattern\": 1, \"role\": \"sts\", \"source\": \"us\"}]}", 2, 0},
      {"bad: every key", "{\"keys\": [\n{\"pattern\": \"*_\", \"role\": \"sts\", \"source\": \"us\"}]}", 2, 0},
      {"bad: unknown list", "{\n\"host\": []}", 2, 0},
      {"bad: no list", "{\"hosts\":\n1}", 2, 0},
      {"bad: no object", "\n[]", 2, 0},
      {"bad: no prefix", "{\"providers\": [{\"name\": \"a\", \"title\": \"A\",\n\"resolvers\": [\"1.1.1.1/33\"], \"source\": \"us\"}]}", 2,
       0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Catalogue catalogue;
      std::vector<Diagnostic> problems;
      load_catalogue("our.json", row.bytes, catalogue, problems);
      CHECK(catalogue.hosts().size() == row.hosts);
      CHECK(catalogue.keys().empty());
      CHECK(catalogue.providers().empty());
      REQUIRE(problems.size() == (row.line == 0 ? 0u : 1u));
      if (row.line == 0) continue;
      CHECK(problems[0].where.file == "our.json");
      CHECK(problems[0].where.line == row.line);
    }
}

TEST_CASE("user catalogue: what is loaded first wins", "[ingest][catalogue]") {
  Catalogue catalogue;
  std::vector<Diagnostic> problems;
  load_catalogue("a.json", R"({"hosts": [{"pattern": "x.okta.com", "role": "saml-idp", "source": "us"}]})", catalogue, problems);
  load_catalogue("b.json", R"({"hosts": [{"pattern": "**.okta.com", "role": "oidc-issuer", "source": "us"}]})", catalogue, problems);
  CHECK(problems.empty());
  CHECK(catalogue.host("x.okta.com")->role == Role::saml_idp);
  CHECK(catalogue.host("y.okta.com")->role == Role::oidc_issuer);
}

}  // namespace mainstay
