// What each piece of JavaScript or TypeScript asks, and what it does not.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/uses_told.h"

namespace mainstay {
extern const Ingester javascript;

TEST_CASE("JavaScript: what calls ask", "[ingest][code][javascript]") {
  const UsesRow rows[] = {
      {"fetch", "fetch('https://corp.okta.com/x')", "oidc-issuer corp.okta.com fetch"},
      {"fetch of a path that says what it is", "await fetch(`https://id.corp.example/oauth2/token`, {method: 'POST'})",
       "oauth-token id.corp.example fetch"},
      {"a part is unknown", "fetch(`https://${org}.okta.com/x`)", "oidc-issuer ${org}.okta.com fetch"},
      {"a sum", "const base = 'https://corp'; fetch(base + '.okta.com' + '/x')", "oidc-issuer corp.okta.com fetch"},
      {"axios with settings", "axios({ method: 'get', url: 'https://corp.okta.com/x' })", "oidc-issuer corp.okta.com axios"},
      {"an instance of axios", "const api = axios.create({ baseURL: 'https://corp.okta.com' }); api.get('/x')",
       "oidc-issuer corp.okta.com axios.create"},
      {"a member call with a whole URL", "client.post('https://corp.okta.com/x', body)", "oidc-issuer corp.okta.com post"},
      {"a route is no URL", "app.get('/login', handler); app.post('https', x)", ""},
      {"https.request", "https.request({ hostname: 'corp.okta.com', port: 443, path: '/x' }, cb)",
       "oidc-issuer corp.okta.com:443 https.request"},
      {"an environment variable", "fetch(process.env.VAULT_ADDR)", "secret-store ${VAULT_ADDR} fetch"},
      {"an environment variable that is taken apart", "const { VAULT_ADDR } = process.env; fetch(`${VAULT_ADDR}/v1/x`)",
       "secret-store ${VAULT_ADDR} fetch"},
      {"a default behind the environment", "const url = process.env.VAULT_ADDR || 'https://vault.corp.example'; fetch(url)",
       "secret-store vault.corp.example fetch"},
      {"a default of a parameter", "function load(url = 'https://corp.okta.com') { return fetch(url); }",
       "oidc-issuer corp.okta.com fetch"},
      {"a parameter, for each caller", "const load = (host) => fetch(`https://${host}/x`); load('a.okta.com'); load('b.okta.com');",
       "oidc-issuer a.okta.com fetch\noidc-issuer b.okta.com fetch"},
      {"a member of a constant", "const config = { idp: { url: 'https://corp.okta.com' } }; fetch(config.idp.url)",
       "oidc-issuer corp.okta.com fetch"},
      {"an enumeration", "enum Host { Idp = 'https://corp.okta.com' } fetch(Host.Idp)", "oidc-issuer corp.okta.com fetch"},
      {"a member of the class", "class A { url = 'https://corp.okta.com'; load() { return fetch(this.url); } }",
       "oidc-issuer corp.okta.com fetch"},
      {"what a function gives back", "const url = () => 'https://corp.okta.com'; fetch(url())", "oidc-issuer corp.okta.com fetch"},
      {"what differs is unknown", "let url = 'https://a.okta.com'; if (x) url = 'https://b.okta.com'; fetch(url)", ""},
      {"discovery", "const issuer = await Issuer.discover('https://id.corp.example')", "oidc-issuer id.corp.example Issuer.discover"},
      {"discovery of openid-client 6", "await client.discovery(new URL('https://id.corp.example'), id)",
       "oidc-issuer id.corp.example discovery"},
      {"jose", "createRemoteJWKSet(new URL('/keys', 'https://id.corp.example'))", "jwks id.corp.example createRemoteJWKSet"},
      {"a key set in settings", "jwksClient({ cache: true, jwksUri: 'https://id.corp.example/keys' })", "jwks id.corp.example jwksUri"},
      {"a strategy of passport",
       "new OAuth2Strategy({ authorizationURL: 'https://id.corp.example/a', tokenURL: 'https://id.corp.example/t' }, f)",
       "oauth-authorization id.corp.example authorizationURL\noauth-token id.corp.example tokenURL"},
      {"the issuer of a token is not looked up", "jwt.verify(token, key, { issuer: 'https://id.corp.example' })", ""},
      {"msal with an authority", "new msal.ConfidentialClientApplication({ auth: { clientId, authority: 'https://id.corp.example/t' } })",
       "oidc-issuer id.corp.example authority"},
      {"msal without one", "new ConfidentialClientApplication({ auth: { clientId } })",
       "sts login.microsoftonline.com:443 ConfidentialClientApplication"},
      {"AWS, version 3", "new STSClient({ region: 'eu-west-1' })", "sts sts.eu-west-1.amazonaws.com:443 STSClient"},
      {"AWS, version 2", "const sts = new AWS.STS({ region: process.env.AWS_REGION })", "sts sts.${AWS_REGION}.amazonaws.com:443 STS"},
      {"AWS, one region for all", "AWS.config.update({ region: 'eu-west-1' }); new AWS.SecretsManager()",
       "secret-store secretsmanager.eu-west-1.amazonaws.com:443 SecretsManager"},
      {"AWS with an endpoint", "new STSClient({ region: 'x', endpoint: 'https://sts.corp.example' })", "sts sts.corp.example STSClient"},
      {"a directory", "ldap.createClient({ url: 'ldaps://ldap.corp.example:636' })", "ldap ldap.corp.example:636 ldap.createClient"},
      {"a literal address", "ldap.createClient({ url: 'ldap://192.0.2.7' })", "ldap 192.0.2.7 ldap.createClient address"},
      {"dns.lookup", "dns.lookup('corp.okta.com', cb)", "oidc-issuer corp.okta.com dns.lookup once"},
      {"dns.lookup in a function", "function f() { dns.lookup('corp.okta.com', cb) }", "oidc-issuer corp.okta.com dns.lookup"},
      {"an element", "const Page = () => <a href=\"https://a.okta.com\">{load(() => fetch('https://b.okta.com'))}</a>",
       "oidc-issuer b.okta.com fetch"},
      {"types are left out",
       "const load = async <T,>(url: Map<string, Array<T>>): Promise<T | null> => (await fetch('https://b.okta.com')) as T;",
       "oidc-issuer b.okta.com fetch"},
      {"comments are not read", "// fetch('https://a.okta.com')\n/* fetch('https://b.okta.com') */", ""},
  };
  for (const UsesRow& row : rows) check_uses(row, javascript, "src/main.tsx");
}

TEST_CASE("JavaScript: what is not read is said", "[ingest][code][javascript]") {
  const char* const kCode = "fetch('https://corp.okta.com');";
  const std::string large = std::string(kCode) + std::string(3'000'000, ' ');
  struct Row {
    std::string name;
    std::string text;
    const char* problem;
  };
  const Row rows[] = {
      {"src/app.test.ts", kCode, "test code: what it asks is not counted"},
      {"__tests__/app.js", kCode, "test code: what it asks is not counted"},
      {"node_modules/a/index.js", kCode, "code of others: what it asks is not counted"},
      {"public/app.min.js", kCode, "code of others: what it asks is not counted"},
      {"src/large.js", large, "the source is not read: it has more than 2 MiB"},
      {"src/small.js", kCode + std::string(20'000, ';'), "code that a tool has made small: what it asks is not counted"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.name) {
      const Ingested got = ingest(javascript, {{row.name, row.text}});
      CHECK(got.facts.empty());
      REQUIRE(got.problems.size() == 1);
      CHECK(got.problems[0].message == row.problem);
    }
}

TEST_CASE("JavaScript: nesting without end is bounded", "[ingest][code][javascript]") {
  const auto nested = [](const std::string& open, const std::string& close) {
    std::string text = "fetch('https://corp.okta.com');";
    for (int depth = 0; depth < 10'000; ++depth) text += open;
    for (int depth = 0; depth < 10'000; ++depth) text += close + (depth % 20 == 0 ? "\n" : "");
    return text;
  };
  struct Row {
    const char* open;
    const char* close;
  };
  const Row rows[] = {{"(", ")"},      {"[", "]"},        {"{", "}"},    {"f(() => {", "})"},  {"a => ", ""},
                      {"<a>", "</a>"}, {"if (a) {", "}"}, {"`${", "}`"}, {"x ? (y) : (", ")"}, {"new ", ""}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.open) {
      const Ingested got = ingest(javascript, {{"src/main.jsx", nested(row.open + std::string("\n"), row.close)}});
      CHECK(got.all<Use>().size() == 1);
    }
}

}  // namespace mainstay
