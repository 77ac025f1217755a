// What is written and sent, held to published schemas: our own of a plan, GitHub's of its interface, Atlassian's of documents.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/places.h"
#include "tests/tickets/tracker.h"

namespace mainstay {
namespace {

const std::string kJudges = std::filesystem::path(program_path()).parent_path().string() + "/judges";

bool has_judge(const char* package) {
  if (std::filesystem::exists(kJudges + "/node_modules/" + package)) return true;
  WARN("skipped: " << package << " is not installed (./dev judges)");
  return false;
}

/// Every kind of request: filed, updated, closed, reopened.
void live_through(const TicketRuns& runs, const ScratchFolder& folder) {
  for (int host = 0; host < 3; ++host) write_host(folder, host);
  const auto file = [&] {
    REQUIRE(runs.plan().status == 0);
    REQUIRE(runs.apply().status == 0);
  };
  file();
  write_host(folder, 1, true);
  folder.write("tree/hosts/h2/opt/app/.env", "VAULT_ADDR=https://vault2.other.example:8200\n");
  file();
  write_host(folder, 1);
  file();
}

}  // namespace

TEST_CASE("tickets: requests conform to the schemas of their systems (needs ./dev judges)", "[tickets][judges]") {
  struct Row {
    const char* system;
    const char* package;
    std::vector<std::string> environment;
    std::vector<std::string> options;
  };
  const Row rows[] = {{"github", "@octokit/openapi", {"GITHUB_TOKEN=tok-0123456789abcdef"}, {"--project", "o/r"}},
                      {"jira",
                       "@atlaskit/adf-schema",
                       {"JIRA_API_TOKEN=tok-0123456789abcdef", "JIRA_EMAIL=me@example.com"},
                       {"--project", "IAM", "--api", "3"}}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.system) {
      if (!has_judge(row.package)) return;
      Tracker tracker("python3", "stub.py");
      REQUIRE(tracker.start(20));
      const ScratchFolder folder;
      TicketRuns runs{.environment = row.environment,
                      .to = {"--to", row.system},
                      .url = "http://127.0.0.1:" + tracker.ready(),
                      .folder = folder.path()};
      runs.to.insert(runs.to.end(), row.options.begin(), row.options.end());
      runs.to.insert(runs.to.end(), {"--url", runs.url});
      live_through(runs, folder);
      // Without the flag node reserves more address space than a test may have.
      const Outcome judged = run({"node", "--disable-wasm-trap-handler", source_dir() + "/tests/oracle/outputs/tickets.mjs", kJudges,
                                  row.system, tracker.folder().path("requests.jsonl")},
                                 folder.path());
      INFO(judged.out << judged.err);
      CHECK(judged.status == 0);
    }
}

TEST_CASE("tickets: a plan conforms to its schema (needs python3-jsonschema)", "[tickets][schema]") {
  constexpr const char* kValidate = R"(import json
from jsonschema import Draft202012Validator
schema = json.load(open("schema.json"))
Draft202012Validator.check_schema(schema)
wrong = [error.message for error in Draft202012Validator(schema).iter_errors(json.load(open("tickets.json")))]
print(*wrong[:5], sep="\n")
exit(1 if wrong else 0)
)";
  const ScratchFolder folder;
  if (run({"python3", "-c", "import jsonschema; jsonschema.Draft202012Validator"}, folder.path()).status != 0) {
    WARN("skipped: python3 has no jsonschema");
    return;
  }
  for (int host = 0; host < 3; ++host) write_host(folder, host);
  const TicketRuns runs{
      .environment = {}, .to = {"--to", "jira", "--project", "IAM", "--url", "https://jira.example"}, .url = "", .folder = folder.path()};
  REQUIRE(runs.plan({"--offline"}).status == 0);
  CHECK(runs.planned("create") >= 3);
  folder.write("schema.json", mainstay({"tickets", "plan", "--schema"}).out);
  folder.write("validate.py", kValidate);
  const Outcome judged = run({"python3", "validate.py"}, folder.path());
  INFO(judged.out << judged.err);
  CHECK(judged.status == 0);
}

}  // namespace mainstay
