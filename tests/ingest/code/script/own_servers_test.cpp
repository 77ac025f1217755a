// Resolvers in code that ask DNS servers of their own: said once a file, at the place.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester python;
extern const Ingester javascript;
extern const Ingester go_sources;
extern const Ingester java;
extern const Ingester csharp;

TEST_CASE("scripts: DNS servers of their own", "[ingest][code]") {
  struct Row {
    const char* title;
    const Ingester& ingester;
    const char* name;
    const char* code;
    bool is_told;
  };
  const Row rows[] = {
      {"dnspython", python, "a.py",
       "import dns.resolver\ndef f():\n  r = dns.resolver.Resolver(configure=False)\n  r.nameservers = ['10.0.0.2']\n  "
       "r.resolve('a.corp.example', 'TXT')\n",
       true},
      {"good: dnspython that reads them", python, "a.py",
       "import dns.resolver\nprint(dns.resolver.default_resolver.nameservers)\ndns.resolver.resolve('a.corp.example', 'TXT')\n", false},
      {"Node.js", javascript, "a.js", "const r = new dns.Resolver(); r.setServers(['10.0.0.2']); r.resolveTxt('a.corp.example', f)", true},
      {"good: Node.js", javascript, "a.js", "dns.getServers(); dns.resolveTxt('a.corp.example', f)", false},
      {"Go", go_sources, "a.go",
       "package a\nfunc f() {\n\tr := &net.Resolver{PreferGo: true, Dial: func(c context.Context, n, a string) (net.Conn, error) { return "
       "d(c) }}\n"
       "\tr.LookupTXT(ctx, \"a.corp.example\")\n}\n",
       true},
      {"good: Go", go_sources, "a.go",
       "package a\nfunc f() {\n\tr := &net.Resolver{PreferGo: true}\n\tr.LookupTXT(ctx, \"a.corp.example\")\n}\n", false},
      {"Java", java, "A.java",
       "class A { void f() { env.put(Context.PROVIDER_URL, \"dns://10.0.0.2/\"); c.getAttributes(\"a.corp.example\", new "
       "String[]{\"TXT\"}); } }",
       true},
      {"good: Java", java, "A.java",
       "class A { void f() { env.put(Context.PROVIDER_URL, \"dns:\"); c.getAttributes(\"a.corp.example\", new String[]{\"TXT\"}); } }",
       false},
      {"C#", csharp, "A.cs",
       "class A { void F() { var c = new LookupClient(IPAddress.Parse(\"10.0.0.2\")); c.Query(\"a.corp.example\", QueryType.TXT); } }",
       true},
      {"good: C#", csharp, "A.cs", "class A { void F() { var c = new LookupClient(); c.Query(\"a.corp.example\", QueryType.TXT); } }",
       false},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(row.ingester, {{row.name, row.code}});
      const auto told = std::count_if(got.problems.begin(), got.problems.end(), [](const Diagnostic& one) {
        return one.message.find("asks DNS servers of its own") != std::string::npos;
      });
      CHECK(told == (row.is_told ? 1 : 0));
    }
}

}  // namespace mainstay
