#include "ingest/catalogue/identity.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "ingest/catalogue/load.h"

namespace mainstay {
namespace {

/// "role host[:port]" for each endpoint, "=" in front of a host that needs no DNS.
std::string named(std::string_view key, const Text& value) {
  static const Catalogue kCatalogue = shipped_catalogue();
  std::string out;
  for (const NamedEndpoint& one : identity_endpoints(kCatalogue, key, value)) {
    out += fmt::format("{}{} {}{}", out.empty() ? "" : ", ", word(one.role), one.is_address ? "=" : "", one.host.display());
    if (one.port) out += fmt::format(":{}", *one.port);
  }
  return out;
}

}  // namespace

TEST_CASE("identity endpoints: settings that name one", "[ingest][identity]") {
  struct Row {
    const char* title;
    const char* key;
    const char* value;
    const char* endpoints;
  };
  const Row rows[] = {
      {"good: a known key", "VAULT_ADDR", "https://vault.corp.example:8200", "secret-store vault.corp.example:8200"},
      {"good: a key is known without case", "vault_addr", "https://vault.corp.example", "secret-store vault.corp.example"},
      {"good: an issuer with a path", "OIDC_ISSUER", "https://sso.corp.example/realms/a?b#c", "oidc-issuer sso.corp.example"},
      {"good: user information is dropped", "OIDC_ISSUER_URL", "https://u:p@sso.corp.example", "oidc-issuer sso.corp.example"},
      {"good: a bare name", "AUTH0_DOMAIN", "corp.eu.auth0.com", "oidc-issuer corp.eu.auth0.com"},
      {"good: a service of one label with its port", "VAULT_ADDR", "vault:8200", "secret-store vault:8200"},
      {"good: a host of one label where hosts are written", "LDAP_HOST", "openldap", "ldap openldap"},
      {"good: a list with blanks", "LDAP_URI", "ldap://a.example ldaps://b.example:636", "ldap a.example, ldap b.example:636"},
      {"good: a list with commas", "KRB5_KDC", "kdc1.example:88, kdc2.example:88",
       "kerberos-kdc kdc1.example:88, kerberos-kdc kdc2.example:88"},
      {"good: an address", "VAULT_ADDR", "http://10.0.0.5:8200", "secret-store =10.0.0.5:8200"},
      {"good: an IPv6 address", "VAULT_ADDR", "http://[2001:db8::5]:8200", "secret-store =2001:db8::5:8200"},
      {"good: localhost needs no DNS", "VAULT_ADDR", "http://localhost:8200", "secret-store =localhost:8200"},
      {"good: an unknown key with a known host", "MY_THING", "https://login.microsoftonline.com/x/v2.0", "sts login.microsoftonline.com"},
      {"good: a known key decides before the host", "JWKS_URI", "https://dev-1.okta.com/keys", "jwks dev-1.okta.com"},
      {"good: with its final dot", "VAULT_ADDR", "https://vault.corp.example.:8200", "secret-store vault.corp.example.:8200"},
      {"bad: a path", "VAULT_ADDR", "/run/vault.sock", ""},
      {"bad: a socket", "VAULT_ADDR", "unix:///run/vault.sock", ""},
      {"bad: a file name", "JWKS_URI", "jwks.json", ""},
      {"bad: a bucket", "JWKS_URI", "s3://bucket.example/jwks", ""},
      {"bad: a class path", "JWKS_URI", "classpath:jwks.json", ""},
      {"bad: an ARN", "OIDC_ISSUER", "arn:aws:iam::123456789012:role/x", ""},
      {"bad: a word", "JWT_ISSUER", "my-app", ""},
      {"bad: a truth value", "LDAP_HOST", "true", ""},
      {"bad: a version", "JWT_ISSUER", "1.5", ""},
      {"bad: an e-mail address", "JWT_ISSUER", "a@corp.example", ""},
      {"bad: a sentence about a known host", "NOTE", "see https://dev-1.okta.com for help", ""},
      {"bad: a name that is none", "VAULT_ADDR", "https://a..b", ""},
      {"bad: empty", "VAULT_ADDR", "", ""},
      {"bad: only separators", "VAULT_ADDR", " ,; ", ""},
      {"bad: neither key nor host is known", "API_URL", "https://api.corp.example", ""},
      {"bad: the file of an address", "VAULT_ADDR_FILE", "https://vault.corp.example", ""},
      {"bad: the name of an issuer", "ISSUER_NAME", "corp.example", ""},
      {"bad: some host", "DATABASE_HOST", "db.corp.example", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(named(row.key, row.value) == row.endpoints);
    }
}

TEST_CASE("identity endpoints: values with unknown parts", "[ingest][identity]") {
  const auto text = [](const char* before, const char* hole, const char* after) {
    Text whole(before);
    whole.append(Hole{.name = hole});
    whole.append(after);
    return whole;
  };
  CHECK(named("VAULT_ADDR", text("https://vault.", "env", ".corp.example:8200")) == "secret-store vault.${env}.corp.example:8200");
  CHECK(named("VAULT_ADDR", text("", "vault", "")) == "secret-store ${vault}");
  CHECK(named("LDAP_URI", text("ldap://a.example ldap://", "b", "")) == "ldap a.example, ldap ${b}");
  CHECK(named("X", text("https://", "org", ".okta.com/oauth2")) == "oidc-issuer ${org}.okta.com");
  CHECK(named("X", text("https://sts.", "region", ".amazonaws.com")) == "sts sts.${region}.amazonaws.com");
  CHECK(named("X", text("https://kv-", "env", ".vault.azure.net")) == "secret-store kv-${env}.vault.azure.net");
  CHECK(named("X", text("https://", "service", ".eu-west-1.amazonaws.com")).empty());
  CHECK(named("X", text("", "url", "")).empty());
}

}  // namespace mainstay
