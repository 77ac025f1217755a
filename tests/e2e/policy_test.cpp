// Suppressions, settings and baselines, as a user meets them.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

constexpr const char* kOne = "nameserver 10.0.1.53\n";
constexpr const char* kTwo = "nameserver 10.0.1.53\nnameserver 10.0.2.53\n";

void write_host(const ScratchFolder& folder, std::string_view resolv_conf) {
  folder.write("hosts/app/etc/resolv.conf", resolv_conf);
  folder.write("hosts/app/opt/app/.env", "OIDC_ISSUER_URL=https://corp.okta.com/oauth2/default\n");
}

}  // namespace

TEST_CASE("policy: what is suppressed is listed and does not decide", "[e2e][policy]") {
  struct Row {
    const char* title;
    std::string resolv_conf;
    const char* settings;
    std::vector<std::string> arguments;
    int status;
    const char* said;
  };
  const std::string allowed = "# mainstay: allow spof-resolver until 2999-12-31 -- a lab\n" + std::string(kOne);
  const std::string expired = "# mainstay: allow spof-resolver until 2020-01-01 -- a lab\n" + std::string(kOne);
  const Row rows[] = {
      {"nothing is suppressed", kOne, "", {}, 1, "HIGH 1"},
      {"in place", allowed, "", {}, 0, "in-place, until 2999-12-31: a lab   hosts/app/etc/resolv.conf:1"},
      {"in place, as JSON", allowed, "", {"--format", "json"}, 0, "\"kind\": \"in-place\""},
      {"expired", expired, "", {}, 1, "1 warning"},
      {"expired, line by line", expired, "", {"--errors"}, 1, "expired on 2020-01-01"},
      {"expired and strict", expired, "", {"--fail-on", "none", "--strict"}, 3, ""},
      {"by settings",
       kOne,
       "[[allow]]\nrule = \"spof-resolver\"\npath = \"hosts/\"\nreason = \"x\"\n",
       {},
       0,
       "configuration, without end: x"},
      {"a threshold in the settings", kOne, "[thresholds]\nfail-on = \"critical\"\n", {}, 0, "HIGH 1"},
      {"an option comes before it", kOne, "[thresholds]\nfail-on = \"critical\"\n", {"--fail-on", "high"}, 1, "HIGH 1"},
      {"a severity in the settings", kOne, "[rules.spof-resolver]\nseverity = \"low\"\n", {}, 1, "LOW 1"},
      {"settings that cannot be read decide nothing", kTwo, "[thresholds\n", {}, 3, ""},
      {"settings with a threshold that is none", kTwo, "[thresholds]\nfail-on = \"hihg\"\n", {}, 3, ""},
      {"settings with a key that is none", kTwo, "[thresholds]\nfailon = \"high\"\n", {}, 0, "1 warning"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      write_host(folder, row.resolv_conf);
      if (*row.settings != '\0') folder.write(".mainstay.toml", row.settings);
      std::vector<std::string> arguments = {"scan", "."};
      arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
      const Outcome outcome = mainstay(arguments, folder.path());
      INFO(outcome.out << outcome.err);
      CHECK(outcome.status == row.status);
      CHECK(outcome.out.find(row.said) != std::string::npos);
    }
}

TEST_CASE("policy: a baseline lets only later findings decide", "[e2e][policy]") {
  const ScratchFolder folder;
  write_host(folder, kOne);
  CHECK(mainstay({"scan", ".", "--write-baseline", "known.json"}, folder.path()).status == 1);
  const Outcome same = mainstay({"scan", ".", "--baseline", "known.json"}, folder.path());
  CHECK(same.status == 0);
  CHECK(same.out.find("SUPPRESSED 1") != std::string::npos);
  SECTION("written again it stays what it was") {
    CHECK(mainstay({"scan", ".", "--baseline", "known.json", "--write-baseline", "again.json"}, folder.path()).status == 0);
    CHECK(run({"cmp", "known.json", "again.json"}, folder.path()).status == 0);
  }
  SECTION("one more workload without access") {
    folder.write("hosts/app/opt/more/.env", "OIDC_ISSUER_URL=https://corp.okta.com/oauth2/default\n");
    CHECK(mainstay({"scan", ".", "--baseline", "known.json"}, folder.path()).status == 1);
  }
  SECTION("mended") {
    write_host(folder, kTwo);
    const Outcome mended = mainstay({"scan", ".", "--baseline", "known.json", "--errors"}, folder.path());
    CHECK(mended.status == 0);
    CHECK(mended.out.find("1 of the baseline's findings is gone") != std::string::npos);
  }
  SECTION("bad: no such file, and a file that is none") {
    CHECK(mainstay({"scan", ".", "--baseline", "nowhere.json"}, folder.path()).status == 2);
    folder.write("other.json", "{\"schema\": \"something\"}\n");
    CHECK(mainstay({"scan", ".", "--baseline", "other.json"}, folder.path()).err.find("is no baseline") != std::string::npos);
  }
}

TEST_CASE("policy: config shows what holds and who said so", "[e2e][policy]") {
  const ScratchFolder folder;
  write_host(folder, kOne);
  folder.write(".mainstay.toml",
               "[thresholds]\nfail-on = \"high\"\n[[waive]]\nid = \"0123456789abcdef\"\nuntil = 2999-01-01\nreason = \"board\"\n"
               "[rules.spof-idp]\nenabled = false\nreason = \"one is the plan\"\n[rules.no-serve-stale]\nseverity = \"info\"\n");
  check_golden("config-show.txt", {"config", folder.path(), "--show", "--min", "medium"}, {folder.path()});
  CHECK(mainstay({"config", "--schema"}).status == 0);
  CHECK(mainstay({"config", folder.path("nowhere")}).status == 2);
  folder.write(".mainstay.toml", "[thresholds]\nfail-on = 1\n");
  const Outcome wrong = mainstay({"config", "."}, folder.path());
  CHECK(wrong.status == 3);
  CHECK(wrong.err.find(".mainstay.toml:2:11: error: 'fail-on' must be") != std::string::npos);
}

TEST_CASE("policy: explain finds suppressed findings and their owners", "[e2e][policy]") {
  const ScratchFolder folder;
  write_host(folder, "# mainstay: allow spof-resolver -- a lab\n" + std::string(kOne));
  folder.write("CODEOWNERS", "* @platform/dns\n");
  const auto report = nlohmann::json::parse(mainstay({"scan", ".", "--format", "json"}, folder.path()).out);
  REQUIRE(report["suppressed"].size() == 1);
  CHECK(report["suppressed"][0]["owners"][0] == "@platform/dns");
  CHECK(report["rules"].size() > 20);
  const Outcome outcome = mainstay({"explain", report["suppressed"][0]["id"].get<std::string>(), "."}, folder.path());
  CHECK(outcome.status == 0);
  CHECK(outcome.out.find("owners: @platform/dns") != std::string::npos);
  CHECK(outcome.out.find("suppressed: in-place: a lab (hosts/app/etc/resolv.conf:1)") != std::string::npos);
}

}  // namespace mainstay
