// Waivers that the program writes itself.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

std::string content(const ScratchFolder& folder, std::string_view name) {
  std::ifstream file(folder.path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A host with one resolver, and the id of the finding that this is.
std::string begin(const ScratchFolder& folder) {
  folder.write("tree/etc/resolv.conf", "nameserver 10.0.1.53\n");
  folder.write("tree/opt/app/.env", "OIDC_ISSUER_URL=https://corp.okta.com/oauth2/default\n");
  const auto report = nlohmann::json::parse(mainstay({"scan", "tree", "--format", "json"}, folder.path()).out);
  REQUIRE(report["findings"].size() == 1);
  return report["findings"][0]["id"];
}

}  // namespace

TEST_CASE("waive: the finding is accepted from then on", "[e2e][policy][waive]") {
  const ScratchFolder folder;
  const std::string id = begin(folder);
  folder.write("tree/.mainstay.toml", "strict = true # ours\n");
  std::filesystem::permissions(folder.path("tree/.mainstay.toml"), std::filesystem::perms(0640));
  const Outcome outcome = mainstay({"waive", id.substr(0, 4), "tree", "--reason", "a \"lab\"", "--until", "2999-12-31"}, folder.path());
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("is accepted until 2999-12-31"));
  const std::string settings = content(folder, "tree/.mainstay.toml");
  CHECK_THAT(settings, Catch::StartsWith("strict = true # ours\n\n# spof-resolver: "));
  CHECK_THAT(settings, Catch::Contains("id = \"" + id + "\"\nuntil = 2999-12-31\nreason = \"a \\\"lab\\\"\"\n"));
  CHECK(std::filesystem::status(folder.path("tree/.mainstay.toml")).permissions() == std::filesystem::perms(0640));
  const Outcome after = mainstay({"scan", "tree", "--format", "json"}, folder.path());
  CHECK(nlohmann::json::parse(after.out)["suppressed"][0]["suppression"]["kind"] == "waiver");
  const Outcome again = mainstay({"waive", id, "tree", "--reason", "x"}, folder.path());
  CHECK(again.status == 2);
  CHECK_THAT(again.err, Catch::Contains("is suppressed already"));
  CHECK(content(folder, "tree/.mainstay.toml") == settings);
}

TEST_CASE("waive: without a day it holds for 90 days, and a link stays one", "[e2e][policy][waive]") {
  const ScratchFolder folder;
  const std::string id = begin(folder);
  folder.write("shared.toml", "");
  folder.link("../shared.toml", "tree/.mainstay.toml");
  const std::string now = "SOURCE_DATE_EPOCH=1796000000";  // 2026-11-30
  const Outcome outcome = run({"env", now, program_path(), "waive", id, "tree", "--reason", "x"}, folder.path());
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(content(folder, "shared.toml"), Catch::Contains("until = 2027-02-28\n"));
  CHECK(std::filesystem::is_symlink(folder.path("tree/.mainstay.toml")));
}

TEST_CASE("waive: bad: nothing is written", "[e2e][policy][waive]") {
  const ScratchFolder folder;
  const std::string id = begin(folder);
  struct Row {
    const char* title;
    std::vector<std::string> arguments;
    const char* said;
  };
  const Row rows[] = {{"no reason", {id, "tree"}, "--reason"},
                      {"an empty reason", {id, "tree", "--reason", " "}, "--reason is empty"},
                      {"no such finding", {"ffffffff", "tree", "--reason", "x"}, "no finding here"},
                      {"no such day", {id, "tree", "--reason", "x", "--until", "2027-02-30"}, "that is no day"},
                      {"a day that is over", {id, "tree", "--reason", "x", "--until", "2020-01-01"}, "that day is over"},
                      {"no such folder", {id, "nowhere", "--reason", "x"}, "no such file or folder"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<std::string> arguments = {"waive"};
      arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
      const Outcome outcome = mainstay(arguments, folder.path());
      CHECK(outcome.status == 2);
      CHECK_THAT(outcome.err, Catch::Contains(row.said));
      CHECK_FALSE(std::filesystem::exists(folder.path("tree/.mainstay.toml")));
    }
  SECTION("settings with an error") {
    folder.write("tree/.mainstay.toml", "[thresholds\n");
    CHECK(mainstay({"waive", id, "tree", "--reason", "x"}, folder.path()).status == 2);
    CHECK(content(folder, "tree/.mainstay.toml") == "[thresholds\n");
  }
}

}  // namespace mainstay
