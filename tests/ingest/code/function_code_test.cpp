// Where the code of a function lies, and whose what it asks is.
#include "ingest/code/function_code.h"

#include <catch2/catch.hpp>

#include "graph/model/estate.h"
#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester cloudformation_templates;
extern const Ingester python;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

}  // namespace

TEST_CASE("functions: the handler names a file", "[ingest][code][functions]") {
  struct Row {
    const char* title;
    code::FunctionCode code;
    const char* present;
    bool is_found;
  };
  const Row rows[] = {
      {"Python", {"src", "app.lambda_handler"}, "src/app.py", true},
      {"Python, a module in a package", {"", "pkg.app.handler"}, "pkg/app.py", true},
      {"JavaScript, in a folder", {"api", "src/app.handler"}, "api/src/app.js", true},
      {"TypeScript that is built", {"", "./src/app.handler"}, "src/app.ts", true},
      {"Java", {"fn", "corp.app.App::handleRequest"}, "fn/src/main/java/corp/app/App.java", true},
      {"C#", {"fn", "Corp::Corp.App.Function::Handle"}, "fn/src/Corp/Function.cs", true},
      {"Go, whose handler is a binary", {"hello", "bootstrap"}, "hello/main.go", true},
      {"a file", {"lambda/index.py", "index.handler"}, "lambda/index.py", true},
      {"another folder", {"src", "app.handler"}, "other/app.py", false},
      {"a binary without a source", {"bin", "bootstrap"}, "bin/bootstrap", false},
      {"no handler", {"src", ""}, "src/app.py", false},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const MemoryTree tree(Files{{row.present, ""}});
      CHECK(code::source_of(tree, row.code) == (row.is_found ? std::optional<std::string>(row.present) : std::nullopt));
    }
  const MemoryTree two(Files{{"fn/a/App.java", ""}, {"fn/b/App.java", ""}});
  CHECK(code::source_of(two, {"fn", "corp.App::handle"}) == std::nullopt);
}

TEST_CASE("functions: what the code asks is the function's, within its time limit", "[ingest][code][functions]") {
  const char* const kTemplate =
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  Pay:\n    Type: AWS::Serverless::Function\n"
      "    Properties: {CodeUri: pay, Handler: app.handler, Timeout: 7}\n";
  const char* const kCode = "import requests\ndef handler(event, context):\n  requests.get('https://corp.okta.com/x')\n";
  const char* const kOther = "import requests\nrequests.get('https://hr.okta.com/x')\n";
  const auto build = [&](const Files& files) {
    std::vector<Fact> facts = ingest(cloudformation_templates, files).facts;
    for (Fact& fact : ingest(python, files).facts) facts.push_back(std::move(fact));
    return Estate::build(std::move(facts));
  };
  SECTION("the function alone has it") {
    const Estate estate = build({{"template.yaml", kTemplate}, {"pay/app.py", kCode}});
    REQUIRE(estate.uses().size() == 1);
    CHECK(estate.uses()[0].workload == "function:template.yaml/Pay");
    CHECK(estate.uses()[0].deadline == 7'000U);
    REQUIRE(estate.workloads().size() == 1);
    CHECK(estate.workloads()[0].reasons.size() == 2);  // the template and the handler
  }
  SECTION("modules that it takes in are its own, other files are not") {
    const Estate estate = build({{"template.yaml", kTemplate},
                                 {"pay/app.py", "from idp import ask\ndef handler(event, context):\n  return ask()\n"},
                                 {"pay/idp.py", kCode},
                                 {"tools/hr.py", kOther}});
    REQUIRE(estate.uses().size() == 2);
    CHECK(estate.uses()[0].workload == "function:template.yaml/Pay");
    CHECK(estate.uses()[0].host.known() == "corp.okta.com");
    CHECK(estate.uses()[1].workload == "process:.");
    CHECK(estate.workloads().size() == 2);
  }
  SECTION("without the file nothing is made up") {
    const Estate estate = build({{"template.yaml", kTemplate}, {"other/app.py", kCode}});
    REQUIRE(estate.uses().size() == 1);
    CHECK(estate.uses()[0].workload == "process:.");
  }
}

}  // namespace mainstay
