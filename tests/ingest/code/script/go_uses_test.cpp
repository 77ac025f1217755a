// What each piece of Go asks, and what it does not.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/uses_told.h"

namespace mainstay {
extern const Ingester go_sources;

TEST_CASE("Go: what calls ask", "[ingest][code][go]") {
  const UsesRow rows[] = {
      {"http.Get", "func f() { http.Get(\"https://corp.okta.com/x\") }", "oidc-issuer corp.okta.com http.Get"},
      {"http.NewRequestWithContext",
       "func f() { r, err := http.NewRequestWithContext(ctx, \"GET\", \"https://corp.okta.com/x\", nil); _ = r }",
       "oidc-issuer corp.okta.com http.NewRequestWithContext"},
      {"a provider", "provider, err := oidc.NewProvider(ctx, \"https://id.corp.example\")", "oidc-issuer id.corp.example oidc.NewProvider"},
      {"a format with a constant",
       "const host = \"id.corp.example\"\nfunc f() { oidc.NewRemoteKeySet(ctx, fmt.Sprintf(\"https://%s/keys\", host)) }",
       "jwks id.corp.example oidc.NewRemoteKeySet"},
      {"a block of constants", "const (\n\tport = 1\n\tissuer = \"https://id.corp.example\"\n)\nfunc f() { oidc.NewProvider(ctx, issuer) }",
       "oidc-issuer id.corp.example oidc.NewProvider"},
      {"an environment variable", "func f() { http.Get(os.Getenv(\"VAULT_ADDR\") + \"/v1/x\") }", "secret-store ${VAULT_ADDR} http.Get"},
      {"a default by a function", "func f() { http.Get(getEnv(\"VAULT_ADDR\", \"https://vault.corp.example\")) }",
       "secret-store vault.corp.example http.Get"},
      {"a default behind a question",
       "func f() { u := os.Getenv(\"VAULT_ADDR\")\nif u == \"\" {\n u = \"https://vault.corp.example\"\n}\nhttp.Get(u) }",
       "secret-store vault.corp.example http.Get"},
      {"an endpoint in a composite literal",
       "var conf = &oauth2.Config{Endpoint: oauth2.Endpoint{TokenURL: \"https://id.corp.example/t\", AuthURL: "
       "\"https://id.corp.example/a\"}}",
       "oauth-authorization id.corp.example AuthURL\noauth-token id.corp.example TokenURL"},
      {"a member of a structure", "func f() { cfg := Config{Issuer: \"https://id.corp.example\"}\noidc.NewProvider(ctx, cfg.Issuer) }",
       "oidc-issuer id.corp.example oidc.NewProvider"},
      {"a parameter, for each caller",
       "func load(u string) { http.Get(u) }\nfunc f() { load(\"https://a.okta.com\"); load(\"https://b.okta.com\") }",
       "oidc-issuer a.okta.com http.Get\noidc-issuer b.okta.com http.Get"},
      {"a directory", "func f() { l, err := ldap.DialURL(\"ldaps://ldap.corp.example:636\"); _ = l }",
       "ldap ldap.corp.example:636 ldap.DialURL"},
      {"net.Dial", "func f() { net.Dial(\"tcp\", \"corp.okta.com:443\") }", "oidc-issuer corp.okta.com:443 net.Dial"},
      {"AWS, version 2", "func f() { cfg, _ := config.LoadDefaultConfig(ctx, config.WithRegion(\"eu-west-1\")); sts.NewFromConfig(cfg) }",
       "sts sts.eu-west-1.amazonaws.com:443 sts.NewFromConfig"},
      {"AWS, version 1", "func f() { sts.New(sess, &aws.Config{Region: aws.String(\"eu-west-1\")}) }",
       "sts sts.eu-west-1.amazonaws.com:443 sts.New"},
      {"AWS without a region", "func f() { kms.NewFromConfig(cfg) }", "kms kms.${AWS_REGION}.amazonaws.com:443 kms.NewFromConfig"},
      {"Azure", "func f() { azidentity.NewClientSecretCredential(t, c, s, nil) }",
       "sts login.microsoftonline.com:443 azidentity.NewClientSecretCredential"},
      {"a name that is looked up once", "var addrs, _ = net.LookupHost(\"corp.okta.com\")",
       "oidc-issuer corp.okta.com net.LookupHost once"},
      {"a name that is looked up in a function", "func f() { addrs, err := net.LookupHost(\"corp.okta.com\") }",
       "oidc-issuer corp.okta.com net.LookupHost"},
      {"a raw text", "func f() { http.Get(`https://corp.okta.com/x`) }", "oidc-issuer corp.okta.com http.Get"},
      {"statements of every kind",
       "type A[T any] struct { B map[string][]T `json:\"b\"` }\nfunc (a *A[T]) C(x ...int) (n int, err error) {\nfor i := range x "
       "{\nselect {\ncase v := "
       "<-ch:\n_ = v\ndefault:\n}\n_ = i\n}\nouter:\nfor i, j := 0, 1; i < j; i++ {\nswitch y := z.(type) {\ncase *A[int], nil:\ncontinue "
       "outer\n}\n}\ndefer func() { http.Get(\"https://corp.okta.com\") }()\nreturn\n}",
       "oidc-issuer corp.okta.com http.Get"},
      {"a URL of parts",
       "package p\nvar login = &url.URL{Scheme: \"https\", Host: \"id.corp.example\", Path: \"/a\"}\n"
       "func f(p *P) { p.setDefaults(defaults{loginURL: login, redeemURL: &url.URL{Scheme: \"https\", Host: \"id.corp.example\"}}) }\n",
       "oauth-authorization id.corp.example loginURL\noauth-token id.corp.example redeemURL"},
      {"an endpoint that a library knows", "package p\nfunc f() { c := oauth2.Config{Endpoint: google.Endpoint}; g(c) }\n",
       "oauth-token oauth2.googleapis.com:443 google.Endpoint"},
      {"one that it does not", "package p\nfunc f(own P) { c := oauth2.Config{Endpoint: own.Endpoint}; g(c) }\n", ""},
  };
  for (const UsesRow& row : rows) check_uses(row, go_sources, "cmd/main.go");
}

TEST_CASE("Go: nesting without end is bounded", "[ingest][code][go]") {
  for (const char* open : {"(", "[]T{", "func() {\n", "if a {\n", "switch {\ncase a:\n", "for {\n", "f(", "a.", "*", "map[", "func("})
    DYNAMIC_SECTION(open) {
      std::string text = "func f() { http.Get(\"https://corp.okta.com\") }\nfunc g() {\n";
      for (int depth = 0; depth < 10'000; ++depth) text += open + std::string("\n");
      CHECK(ingest(go_sources, {{"cmd/main.go", text}}).all<Use>().size() == 1);
    }
}

}  // namespace mainstay
