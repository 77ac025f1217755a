// What the history of a repository says of identity records: how long they have been left alone.
#include <catch2/catch.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/history.h"
#include "tests/e2e/program.h"

namespace mainstay {
namespace {

std::string zone(const std::string& records) {
  return "$ORIGIN corp.example.\n$TTL 60\n@ IN SOA ns1 admin 1 3600 600 86400 60\n@ IN NS ns1\nns1 IN A 192.0.2.1\n" + records;
}

const std::string kBilling = "billing.prod.auth IN TXT \"id=billing; env=prod\"\n";
const std::string kLedger = "ledger.prod.auth IN TXT \"id=ledger; env=prod\"\n";

void commit_at(const History& history, const std::string& day) {
  history.git({"add", "-A"});
  const Outcome made = run({"env", "GIT_COMMITTER_DATE=" + day + "T12:00:00Z", "git", "-c", "user.name=x", "-c", "user.email=x@example.com",
                            "commit", "-q", "-m", "records"},
                           history.folder().path());
  INFO(made.err);
  REQUIRE(made.status == 0);
}

/// "high: nothing in the record says ..." of the one finding.
std::string scanned(const History& history, const std::string& folder = ".") {
  const auto scan = nlohmann::json::parse(mainstay({"scan", folder, "--format", "json"}, history.folder().path()).out);
  std::string said;
  for (const auto& one : scan.at("findings")) {
    if (one.at("rule") == "txtid-no-rotation") said += one.at("severity").get<std::string>() + ": " + one.at("message").get<std::string>();
  }
  return said;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("identity records: the history says since when they have been left alone", "[e2e][txtid]") {
  const History history;
  history.write("dns/corp.zone", zone(kBilling + kLedger));
  commit_at(history, "2020-01-02");
  history.write("dns/corp.zone", zone(kBilling + "ledger.prod.auth IN TXT \"id=ledger-2; env=prod\"\n"));
  commit_at(history, "2021-03-04");
  const std::string commit = history.git({"rev-parse", "HEAD~1"}).substr(0, 10);

  const std::string both = scanned(history);
  CHECK(says(both, "have not been changed for 90 days, billing.prod.auth.corp.example since 2020-01-02 (commit " + commit));
  CHECK(both.starts_with("high: nothing in the record says until when it holds"));

  SECTION("a path below the root of the repository") { CHECK(says(scanned(history, "dns"), "since 2020-01-02")); }
  SECTION("a file by its name") { CHECK_FALSE(says(scanned(history, "dns/corp.zone"), "since 2020")); }
  SECTION("a file that differs from the last commit has no history") {
    history.write("dns/corp.zone", zone(kBilling + kLedger + "; more\n"));
    CHECK_FALSE(says(scanned(history), "since 20"));
  }
  SECTION("a renewed record has a new date") {
    history.write("dns/corp.zone", zone("billing.prod.auth IN TXT \"id=b2; env=prod\"\nledger.prod.auth IN TXT \"id=l2; env=prod\"\n"));
    history.commit();
    const std::string renewed = scanned(history);
    CHECK(renewed.starts_with("medium: nothing in the record says until when it holds"));
    CHECK_FALSE(says(renewed, "not been changed"));
  }
  SECTION("an end within a period of the last change") {
    history.write(
        "dns/corp.zone",
        zone("billing.prod.auth IN TXT \"id=b; env=prod; exp=2021-05-01\"\nledger.prod.auth IN TXT \"id=l; env=prod; exp=2099-01-01\"\n"));
    commit_at(history, "2021-04-01");
    CHECK(says(scanned(history), "ledger.prod.auth.corp.example has not been changed since 2021-04-01"));
  }
}

TEST_CASE("identity records: nothing that the repository's settings name is run", "[e2e][txtid][hostile]") {
  const History history;
  history.write("dns/corp.zone", zone(kBilling + kLedger));
  history.write(".gitattributes", "*.zone diff=x filter=x\n");
  commit_at(history, "2020-01-02");
  const std::string mark = "touch " + history.folder().path("ran") + "; cat";
  for (const char* setting : {"core.fsmonitor", "diff.x.textconv", "diff.x.command", "diff.external", "filter.x.clean", "filter.x.smudge",
                              "core.pager", "pager.blame", "core.sshCommand", "core.editor"})
    history.git({"config", setting, mark});
  CHECK(says(scanned(history), "since 2020-01-02"));
  CHECK_FALSE(std::filesystem::exists(history.folder().path("ran")));
}

}  // namespace mainstay
