// How tall the tree of a file may grow, whatever its language.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/uses_told.h"

namespace mainstay {
extern const Ingester java;
extern const Ingester csharp;
extern const Ingester javascript;
extern const Ingester go_sources;
extern const Ingester python;

TEST_CASE("scripts: chains in brackets behind one another are bounded together", "[ingest][code][java][csharp]") {
  std::string chains = "x";
  for (int depth = 0; depth < 60; ++depth) {
    chains.insert(0, "(");
    chains += ")";
    for (int call = 0; call < 300; ++call) chains += "(\n)";
  }
  const std::string url = "(\"https://corp.okta.com\")";
  CHECK(ingest(java, {{"src/A.java", "class A { Object o = c.target" + url + "; Object p = " + chains + "; }"}}).all<Use>().size() == 1);
  CHECK(ingest(csharp, {{"src/A.cs", "class A { object o = c.GetAsync" + url + "; object p = " + chains + "; }"}}).all<Use>().size() == 1);
  CHECK(ingest(javascript, {{"src/a.js", "fetch" + url + "; let p = " + chains + ";"}}).all<Use>().size() == 1);
  CHECK(ingest(go_sources, {{"cmd/a.go", "package main\nfunc f() { http.Get" + url + "\np := " + chains + "\n}"}}).all<Use>().size() == 1);
  const std::string handler =
      "def handler(event, context):\n  return dns.resolver.resolve(\"a.auth.example.com\", \"TXT\")[0] == \"valid\"\n";
  CHECK(ingest(python, {{"src/a.py", "import dns.resolver\np = " + chains + "\n" + handler}}).all<IdentityRecord>().size() == 1);
}

TEST_CASE("scripts: what is copied at every level does not double", "[ingest][code][java][csharp][javascript]") {
  struct Row {
    const char* title;
    std::string open, inner, close;
  };
  const Row rows[] = {
      {"a table as the key of a table", "{\n", "a", "}"},
      {"an assignment to an assignment", "(", "a", " += 1\n)"},
      {"a pattern in a pattern", "([", "a", "] =\n b)"},
      {"cases that run on", "f(() => { switch (a) {\ncase 1: b();\ncase 2: c(\n", "d", ");\ncase 3: e(); } })"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::string text = row.inner;
      for (int depth = 0; depth < 60; ++depth) text = row.open + text + row.close;
      CHECK(ingest(javascript, {{"src/a.js", "fetch(\"https://corp.okta.com\");\nx = " + text + ";\n"}}).all<Use>().size() == 1);
      const std::string method =
          "class A { void f() { client.GetAsync(\"https://corp.okta.com\"); client.target(\"https://corp.okta.com\");\nx = ";
      CHECK(ingest(java, {{"src/A.java", method + text + "; } }\n"}}).all<Use>().size() == 1);
      CHECK(ingest(csharp, {{"src/A.cs", method + text + "; } }\n"}}).all<Use>().size() == 1);
      const std::string go = "package main\nfunc f() { http.Get(\"https://corp.okta.com\")\nx = ";
      CHECK(ingest(go_sources, {{"cmd/a.go", go + text + "\n}\n"}}).all<Use>().size() == 1);
    }
}

}  // namespace mainstay
