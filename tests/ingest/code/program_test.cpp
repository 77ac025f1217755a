#include "ingest/code/program.h"

#include <catch2/catch.hpp>

#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester c_and_cpp;

using code::CodePurpose;

TEST_CASE("C and C++: which program a source file belongs to", "[ingest][code]") {
  struct Row {
    const char* title;
    std::map<std::string, std::string, std::less<>> files;
    const char* workload;
  };
  const std::string kText = "void f() { ldap_initialize(&ld, \"ldap://dc1.corp.example\"); }";
  const Row kRows[] = {
      {"no build file", {{"src/a.c", kText}}, "process:."},
      {"a Makefile above", {{"app/Makefile", ""}, {"app/src/a.c", kText}}, "process:app"},
      {"the nearest of two", {{"Makefile", ""}, {"app/Dockerfile", ""}, {"app/a.c", kText}}, "process:app"},
      {"the program that lists it",
       {{"app/CMakeLists.txt", "add_executable(one a.c)\nadd_executable(two WIN32 b.c)"}, {"app/b.c", kText}},
       "process:app/two"},
      {"the only program", {{"CMakeLists.txt", "add_executable(portal ${SOURCES})"}, {"src/a.c", kText}}, "process:./portal"},
      {"programs of which none lists it",
       {{"CMakeLists.txt", "add_executable(one 1.c)\nadd_executable(two 2.c)"}, {"lib/a.c", kText}},
       "process:."},
      {"a library of the only program above",
       {{"CMakeLists.txt", "add_executable(portal main.c)"}, {"lib/CMakeLists.txt", "add_library(net a.c)"}, {"lib/a.c", kText}},
       "process:./portal"},
      {"a program in a comment is none", {{"CMakeLists.txt", "# add_executable(old a.c)"}, {"a.c", kText}}, "process:."},
      {"meson", {{"app/meson.build", "executable('portal', 'a.c', install: true)"}, {"app/a.c", kText}}, "process:app/portal"},
      {"a service of a compose file",
       {{"compose.yaml", "services:\n  web:\n    build: ./web\n  db:\n    image: postgres"},
        {"web/Dockerfile", ""},
        {"web/src/a.c", kText}},
       "container:./web"},
      {"the nearest build context",
       {{"deploy/compose.yaml", "services:\n  all:\n    build: ..\n  web:\n    build:\n      context: ../web"}, {"web/a.c", kText}},
       "container:deploy/web"},
      {"two services of one context",
       {{"compose.yaml", "services:\n  web:\n    build: web\n  job:\n    build: web"}, {"web/Dockerfile", ""}, {"web/a.c", kText}},
       "process:web"},
  };
  for (const Row& row : kRows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(c_and_cpp, row.files);
      REQUIRE(got.all<Workload>().size() == 1);
      CHECK(got.all<Workload>()[0].id == row.workload);
      CHECK_FALSE(got.all<Workload>()[0].reasons.empty());
      REQUIRE(got.all<Use>().size() == 1);
      CHECK(got.all<Use>()[0].workload == row.workload);
    }
}

TEST_CASE("C and C++: what a source file is for", "[ingest][code]") {
  struct Row {
    const char* name;
    CodePurpose purpose;
  };
  const Row kRows[] = {{"src/main.c", CodePurpose::product},
                       {"third_party/curl/lib/url.c", CodePurpose::vendored},
                       {"third_party/curl/tests/a.c", CodePurpose::vendored},
                       {"app/vendor/x.c", CodePurpose::vendored},
                       {"tests/a.c", CodePurpose::test},
                       {"src/Test/a.c", CodePurpose::test},
                       {"src/resolver_test.cc", CodePurpose::test},
                       {"src/test_resolver.c", CodePurpose::test},
                       {"src/attest.c", CodePurpose::product},
                       {"src/__tests__/a.ts", CodePurpose::test},
                       {"src/a.spec.ts", CodePurpose::test},
                       {"src/a.test.js", CodePurpose::test},
                       {"src/GateTest.java", CodePurpose::test},
                       {"src/Attest.java", CodePurpose::product},
                       {"public/a.min.js", CodePurpose::vendored},
                       {"src/latest/a.c", CodePurpose::product},
                       {"docs/examples/a.c", CodePurpose::example},
                       {"examples/a.c", CodePurpose::example}};
  for (const Row& row : kRows) DYNAMIC_SECTION(row.name) {
      CHECK(code::purpose_of(row.name) == row.purpose);
    }
}

TEST_CASE("C and C++: code of tests and of others is counted and makes no need", "[ingest][code]") {
  for (const char* name : {"tests/a.c", "vendor/a.c", "examples/a.c"}) DYNAMIC_SECTION(name) {
      const Ingested got = ingest(c_and_cpp, {{name, "void f() { ldap_initialize(&ld, \"ldap://dc1.corp.example\"); }"}});
      CHECK(got.facts.empty());
      REQUIRE(got.problems.size() == 1);
      CHECK(got.problems[0].severity == DiagnosticSeverity::note);
    }
}

}  // namespace mainstay
