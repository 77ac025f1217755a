// URLs of identity endpoints that a source keeps under names, where a library of its own may ask them.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include <algorithm>

#include "ingest/code/kept_names.h"
#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester c_and_cpp;
extern const Ingester python;
extern const Ingester javascript;
extern const Ingester go_sources;
extern const Ingester java;
extern const Ingester csharp;

namespace {

std::string_view weakest_of(const Use& use) {
  const bool is_assumed =
      std::any_of(use.reasons.begin(), use.reasons.end(), [](const Evidence& one) { return one.confidence == Confidence::assumed; });
  return is_assumed ? "assumed" : "declared";
}

/// "oidc-issuer corp.okta.com AUTH_URL assumed", one line each use, sorted.
std::string shown(const Ingested& got) {
  std::vector<std::string> lines;
  for (const Use& use : got.all<Use>())
    lines.push_back(fmt::format("{} {} {} {}", word(use.role), use.host.display(), use.key, weakest_of(use)));
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace

TEST_CASE("kept URLs: what a project's own library may ask is assumed", "[ingest][code]") {
  struct Row {
    const char* title;
    const Ingester& ingester;
    const char* name;
    const char* code;
    const char* uses;
  };
  const Row rows[] = {
      {"C: a macro of a header", c_and_cpp, "src/x.h", "#define AUTH_URL \"https://corp.okta.com\" \"/x\"\n",
       "oidc-issuer corp.okta.com AUTH_URL assumed"},
      {"good: C: a format whose host is filled in elsewhere", c_and_cpp, "src/x.h", "#define TOKEN_URL \"https://%s.okta.com/%s/token\"\n",
       ""},
      {"C: a constant", c_and_cpp, "src/x.c", "static const char *const kIssuer = \"https://corp.okta.com\";\n",
       "oidc-issuer corp.okta.com kIssuer assumed"},
      {"C: a member", c_and_cpp, "src/x.c", "void f(struct ctx *c) { c->auth_url = \"https://corp.okta.com/token\"; }\n",
       "oidc-issuer corp.okta.com c.auth_url assumed"},
      {"C: the path alone says it", c_and_cpp, "src/x.c", "const char *token_url = \"https://id.corp.internal/oauth2/token\";\n",
       "oauth-token id.corp.internal token_url assumed"},
      {"C: a known call asks it", c_and_cpp, "src/x.c",
       "#define AUTH_URL \"https://corp.okta.com\"\nvoid f(void) { curl_easy_setopt(c, CURLOPT_URL, AUTH_URL); }\n",
       "oidc-issuer corp.okta.com CURLOPT_URL declared"},
      {"good: a name that holds something else", c_and_cpp, "src/x.h", "#define SCOPE \"https://corp.okta.com/scope\"\n", ""},
      {"good: a name of documentation", c_and_cpp, "src/x.h", "#define TOKEN_URL \"https://example.com/oauth2/token\"\n", ""},
      {"good: a sentence", c_and_cpp, "src/x.h", "#define URL_HELP \"see https://corp.okta.com for more\"\n", ""},
      {"good: a comment", c_and_cpp, "src/x.h", "/* AUTH_URL = \"https://corp.okta.com\" */\n", ""},
      {"good: test code", c_and_cpp, "tests/x.c", "static const char *url = \"https://corp.okta.com\";\n", ""},
      {"Python: a default of a method", python, "a.py", "class A:\n  def _graph_url_default(self):\n    return 'https://corp.okta.com'\n",
       "oidc-issuer corp.okta.com _graph_url_default assumed"},
      {"Python: a described setting", python, "a.py", "class A:\n  base_url = Unicode('https://corp.okta.com', config=True)\n",
       "oidc-issuer corp.okta.com base_url assumed"},
      {"Python: a choice", python, "a.py", "base_url = given if given else 'https://corp.okta.com/x'\n",
       "oidc-issuer corp.okta.com base_url assumed"},
      {"Python: a class of a library, by the name alone", python, "a.py",
       "class A(Base):\n  ACCESS_TOKEN_URL = 'https://www.corp.internal/connect'\n  REVOKE_TOKEN_URL = "
       "'https://www.corp.internal/revoke'\n",
       "oauth-token www.corp.internal ACCESS_TOKEN_URL assumed"},
      {"good: Python: a variable that is set to several", python, "a.py",
       "def f(x):\n  if x:\n    url = 'https://a.okta.com'\n  else:\n    url = 'https://b.okta.com'\n  ask(url)\n", ""},
      {"good: C: a variable that is set to several", c_and_cpp, "src/x.c",
       "void f(int x) { const char *url; if (x) url = \"https://a.okta.com\"; else url = \"https://b.okta.com\"; ask(url); }\n", ""},
      {"Python: another host of the domain that the file signs in at", python, "a.py",
       "TOKEN_URL = 'https://login.corp.internal/oauth2/token'\ndef f(s):\n  return s.ask('https://api.corp.internal/v1/me')\n",
       "identity-host api.corp.internal url assumed\noauth-token login.corp.internal TOKEN_URL assumed"},
      {"good: Python: other hosts, a page of documentation and a scope beside it", python, "a.py",
       "TOKEN_URL = 'https://login.corp.internal/oauth2/token'\ndef f(s):\n  s.ask('https://api.else.internal/me')\n"
       "  s.see('https://docs.corp.internal/x')\n  s.want('https://www.corp.internal/auth/email')\n",
       "oauth-token login.corp.internal TOKEN_URL assumed"},
      {"good: Python: a page of a site", python, "a.py", "class A:\n  HOME_URL = 'https://www.corp.internal/'\n", ""},
      {"good: Python: a pattern", python, "a.py", "import re\nURL = re.compile('https://corp.okta.com')\n", ""},
      {"JavaScript: a table", javascript, "a.js", "module.exports = { hosts: { idpUrl: 'https://corp.okta.com/a' } };",
       "oidc-issuer corp.okta.com idpUrl assumed"},
      {"Go: a member in a branch", go_sources, "a.go",
       "package a\nfunc f(m *T) {\n\tif m.apiURL == \"\" {\n\t\tm.apiURL = \"https://corp.okta.com\"\n\t}\n}\n",
       "oidc-issuer corp.okta.com apiURL assumed"},
      {"Go: two names for one host", go_sources, "a.go",
       "package a\nconst (\n\tauthURL = \"https://corp.okta.com/a\"\n\tbaseURL = \"https://corp.okta.com/b\"\n)\n",
       "oidc-issuer corp.okta.com authURL assumed"},
      {"Java: a field", java, "A.java", "class A { static final String ISSUER_URL = \"https://corp.okta.com\"; }",
       "oidc-issuer corp.okta.com ISSUER_URL assumed"},
      {"C#: a member", csharp, "A.cs", "class A { void F(O o) { o.BaseUrl = \"https://corp.okta.com\"; } }",
       "oidc-issuer corp.okta.com BaseUrl assumed"},
      {"good: C#: a comparison", csharp, "A.cs", "class A { bool F(string url) { return url == \"https://corp.okta.com\"; } }", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(shown(ingest(row.ingester, {{row.name, row.code}})) == row.uses);
    }
}

TEST_CASE("kept URLs: a text is asked once whether it has any", "[ingest][code]") {
  Catalogue catalogue;
  catalogue.add(KnownHost{.pattern = "**.okta.com", .role = Role::oidc_issuer, .provider = "okta", .source = "test"});
  CHECK(code::has_kept_url(catalogue, "x = \"https://corp.okta.com\""));
  CHECK(code::has_kept_url(catalogue, "x = `https://${org}.okta.com/x`"));
  CHECK(code::has_kept_url(catalogue, "x = f'https://{org}.okta.com/x'"));
  CHECK(code::has_kept_url(catalogue, "\"https://id.corp.internal/oauth2/token?x=1\""));
  CHECK_FALSE(code::has_kept_url(catalogue, "// https://corp.okta.com"));
  CHECK_FALSE(code::has_kept_url(catalogue, "\"https://www.corp.internal/\""));
  CHECK_FALSE(code::has_kept_url(catalogue, "\"https://"));
  CHECK_FALSE(code::has_kept_url(catalogue, "://://://\"://"));
}

}  // namespace mainstay
