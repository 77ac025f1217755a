// A gate in the forms of a scan.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/e2e/history.h"
#include "tests/places.h"

namespace mainstay {
namespace {

constexpr const char* kResolv = "infra/hosts/app/etc/resolv.conf";
constexpr const char* kTwo = "nameserver 10.0.1.53\nnameserver 10.0.2.53\n";

std::string content(const ScratchFolder& folder, std::string_view name) {
  std::ifstream file(folder.path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A host with two resolvers, and an old finding elsewhere that no change touches.
void begin(const History& history) {
  history.write(kResolv, kTwo);
  history.write("infra/hosts/app/opt/app/.env", "OIDC_ISSUER_URL=https://login.corp.example/\n");
  history.write("infra/hosts/old/etc/resolv.conf", "nameserver 10.0.7.53\n");
  history.write("infra/hosts/old/opt/app/.env", "OIDC_ISSUER_URL=https://login.corp.example/\n");
  history.write("infra/zones/corp.example.zone",
                "$ORIGIN corp.example.\n@ 3600 IN SOA ns1 root 1 7200 900 1209600 300\n@ IN NS ns1\n@ IN NS ns1.dns-two.example.\n"
                "ns1 300 IN A 192.0.2.1\nlogin 300 IN A 192.0.2.10\n");
  history.commit();
}

}  // namespace

TEST_CASE("gate outputs: the forms have what is new, and nothing of what was there", "[e2e][gate][outputs]") {
  const History history;
  begin(history);
  history.write(kResolv, "# a line of its own\nnameserver 10.0.1.53\n");
  history.commit();
  const Outcome outcome = history.gate({"infra", "-o", "sarif=a.sarif", "-o", "comment=c.md", "-o", "gitlab-quality=q.json", "-o",
                                        "junit=j.xml", "-o", "json=g.json", "--format", "github"});
  INFO(outcome.out << outcome.err);
  REQUIRE(outcome.status == 1);
  CHECK_THAT(outcome.out, Catch::StartsWith("::"));
  CHECK_THAT(outcome.out, Catch::Contains("file=infra/hosts/app/etc/resolv.conf,line=2"));

  const auto run = nlohmann::json::parse(content(history.folder(), "a.sarif")).at("runs").at(0);
  CHECK(run.at("automationDetails").at("id") == "mainstay-gate/infra/");
  REQUIRE(run.at("results").size() == 1);
  CHECK(run.at("results")[0].at("ruleId") == "spof-resolver");
  const auto place = run.at("results")[0].at("locations")[0].at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == kResolv);
  CHECK(place.at("region").at("startLine") == 2);
  CHECK(run.at("results")[0].at("partialFingerprints").contains("primaryLocationLineHash"));

  CHECK(nlohmann::json::parse(content(history.folder(), "q.json")).size() == 1);
  CHECK(nlohmann::json::parse(content(history.folder(), "g.json")).at("verdict") == "fail");
  CHECK_THAT(content(history.folder(), "j.xml"), Catch::Contains("failures=\"1\" errors=\"0\""));
  const std::string comment = content(history.folder(), "c.md");
  CHECK_THAT(comment, Catch::StartsWith("<!-- mainstay-gate -->\n## Mainstay gate: FAIL"));
  CHECK_THAT(comment, Catch::Contains("### What the change does to sign-in"));
}

TEST_CASE("gate outputs: who is locked out, what is accepted and what nobody can judge is in them", "[e2e][gate][outputs]") {
  const History history;
  begin(history);
  SECTION("locked out") {
    history.write("infra/zones/corp.example.zone",
                  "$ORIGIN corp.example.\n@ 3600 IN SOA ns1 root 1 7200 900 1209600 300\n@ IN NS ns1\n@ IN NS ns1.dns-two.example.\n"
                  "ns1 300 IN A 192.0.2.1\n");
    history.commit();
    const Outcome outcome = history.gate({"-o", "sarif=-"});
    REQUIRE(outcome.status == 1);
    const auto results = nlohmann::json::parse(outcome.out).at("runs").at(0).at("results");
    REQUIRE(results.size() >= 2);
    CHECK(results[0].at("ruleId") == "locked-out");
    CHECK(results[0].at("level") == "error");
    CHECK_THAT(history.gate({"--format", "comment"}).out, Catch::Contains("### Safe order\n\n1. "));
  }
  SECTION("accepted") {
    history.write(kResolv, "nameserver 10.0.1.53 # mainstay: allow spof-resolver -- a lab\n");
    history.commit();
    const Outcome outcome = history.gate({"--format", "sarif"});
    CHECK(outcome.status == 0);
    const auto results = nlohmann::json::parse(outcome.out).at("runs").at(0).at("results");
    REQUIRE(results.size() == 1);
    CHECK(results[0].at("suppressions").size() == 1);
  }
  SECTION("not evaluated") {
    history.write(kResolv, std::string(kTwo) + "nameserver nonsense\n");
    history.commit();
    const Outcome outcome = history.gate({"--format", "junit"});
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out, Catch::Contains("errors=\"1\""));
    CHECK_THAT(history.gate({"--format", "comment"}).out, Catch::Contains("could not be evaluated"));
  }
}

TEST_CASE("gate: nothing is written anywhere but what is asked for", "[e2e][gate]") {
  const History history;
  begin(history);
  history.write(kResolv, "nameserver 10.0.1.53\n");
  history.commit();
  // Without any place for temporary files it works as well, so there is nothing that a killed gate could leave behind.
  const Outcome outcome = run({"env", "TMPDIR=/nonexistent", program_path(), "gate", "--base", "HEAD~1"}, history.folder().path());
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status == 1);
}

}  // namespace mainstay
