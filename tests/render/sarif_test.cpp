#include "render/sarif.h"

#include <fmt/format.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "tests/render/golden.h"
#include "tests/render/outputs_sample.h"

namespace mainstay {
namespace {

using nlohmann::json;

json run_of(const std::string& text) { return json::parse(text).at("runs").at(0); }

Report many_findings(std::size_t count) {
  Report report;
  for (std::size_t at = 0; at < count; ++at) {
    report.findings.push_back({.rule = "r", .id = fmt::format("{:016x}", at), .message = "m"});
  }
  report.findings.front().severity = Severity::critical;
  return report;
}

/// What the notifications say was left out.
std::string left_out(const json& run) {
  std::string out;
  for (const json& one : run.at("invocations").at(0).at("toolExecutionNotifications")) {
    if (one.at("descriptor").at("id") == "left-out") out += one.at("message").at("text").get<std::string>() + "\n";
  }
  return out;
}

std::size_t octets_of_gzip(const std::string& text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::vector<Bytef> out(size);
  REQUIRE(compress(out.data(), &size, reinterpret_cast<const Bytef*>(text.data()), static_cast<uLong>(text.size())) == Z_OK);
  return size + 12;  // gzip's frame is 12 octets longer than zlib's
}

}  // namespace

TEST_CASE("sarif: a whole report", "[render][sarif]") { check_golden("scan.sarif", sarif(reported_sample(), sample_context())); }

TEST_CASE("sarif: what GitHub demands is there and not empty", "[render][sarif]") {
  const json document = json::parse(sarif(reported_sample(), sample_context()));
  CHECK(document.at("version") == "2.1.0");
  CHECK_FALSE(document.at("$schema").get<std::string>().empty());
  const json& run = document.at("runs").at(0);
  const json& rules = run.at("tool").at("driver").at("rules");
  std::set<std::string> names;
  for (const json& rule : rules) {
    CHECK(names.insert(rule.at("id")).second);
    for (const char* member : {"shortDescription", "fullDescription", "help"}) {
      const auto text = rule.at(member).at("text").get<std::string>();
      CHECK((!text.empty() && (text.size() <= 1024 || member == std::string("help"))));
    }
    CHECK(rule.at("properties").at("tags").size() <= 20);
    if (rule.at("properties").contains("security-severity")) CHECK(rule["properties"]["security-severity"].is_string());
  }
  for (const json& kind : run.at("tool").at("driver").at("notifications")) CHECK_FALSE(kind.at("help").at("text").empty());
  REQUIRE(run.at("results").size() == reported_sample().findings.size() + 1);
  for (const json& result : run.at("results")) {
    CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
    CHECK_FALSE(result.at("message").at("text").get<std::string>().empty());
    const json& place = result.at("locations").at(0).at("physicalLocation");
    CHECK_FALSE(place.at("artifactLocation").at("uri").get<std::string>().empty());
    for (const char* number : {"startLine", "startColumn", "endLine", "endColumn"}) CHECK(place.at("region").at(number) >= 1);
    CHECK_FALSE(result.at("partialFingerprints").at("primaryLocationLineHash").get<std::string>().empty());
    CHECK(result.at("fingerprints").at("mainstay/v1").get<std::string>().size() == 16);
    CHECK(result.contains("suppressions"));
  }
}

TEST_CASE("sarif: places, flow and score of one result", "[render][sarif]") {
  const json run = run_of(sarif(reported_sample(), sample_context()));
  const json& result = run.at("results").at(0);
  const json& place = result.at("locations").at(0).at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "infra/hosts/dns-a/etc/unbound/unbound.conf");
  CHECK(place.at("region").at("startColumn") == 3);
  CHECK(result.at("partialFingerprints").at("primaryLocationLineHash") == "5f0a:1");
  CHECK(result.at("level") == "error");
  CHECK(result.at("relatedLocations").size() == 3);
  CHECK(result.at("relatedLocations").at(2).at("physicalLocation").at("artifactLocation").at("uri") == "logs/unbound.log");
  CHECK(result.at("message").at("text").get<std::string>().find("[infra/hosts/dns-a/etc/unbound/unbound.conf:5](1)") != std::string::npos);
  const json& steps = result.at("codeFlows").at(0).at("threadFlows").at(0).at("locations");
  REQUIRE(steps.size() == 3);
  CHECK(steps.at(1).at("location").at("message").at("text") == "needs lookup of vault.corp.example (1 of 2)");
  CHECK(steps.at(1).at("location").at("physicalLocation") == steps.at(0).at("location").at("physicalLocation"));
  const json& rule = run.at("tool").at("driver").at("rules").at(result.at("ruleIndex").get<std::size_t>());
  CHECK(rule.at("properties").at("security-severity") == "9.5");
  CHECK(rule.at("properties").at("precision") == "very-high");
  CHECK(rule.at("properties").at("tags").at(4) == "OWASP NHI Top 10 2025 NHI7");
}

TEST_CASE("sarif: logs are named where they lie", "[render][sarif]") {
  struct Row {
    const char* log;
    const char* uri;
    bool has_base;
  };
  for (const Row& row :
       {Row{"logs/a b.log", "logs/a%20b.log", true}, {"/var/log/a.log", "file:///var/log/a.log", false}, {"../a.log", "../a.log", false}}) {
    DYNAMIC_SECTION(row.log) {
      Report report = many_findings(1);
      report.findings[0].evidence = {Evidence::observed(row.log, 3, "2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z")};
      const json place = run_of(sarif(report, {})).at("results").at(0).at("locations").at(0).at("physicalLocation");
      CHECK(place.at("artifactLocation").at("uri") == row.uri);
      CHECK(place.at("artifactLocation").contains("uriBaseId") == row.has_base);
      CHECK(place.at("region").at("startLine") == 1);
    }
  }
}

TEST_CASE("sarif: a decision to live with a finding", "[render][sarif]") {
  const json run = run_of(sarif(reported_sample(), sample_context()));
  const json& last = run.at("results").back();
  CHECK(last.at("suppressions").at(0).at("kind") == "external");
  CHECK(last.at("suppressions").at(0).at("status") == "accepted");
  CHECK(last.at("suppressions").at(0).at("justification") == "waiver until 2027-01-31: the second line is ordered (waivers.yaml:3)");
  CHECK(run.at("results").at(0).at("suppressions").empty());
  Report without = reported_sample();
  without.suppressed.clear();
  CHECK_FALSE(run_of(sarif(without, {})).at("results").at(0).contains("suppressions"));
}

TEST_CASE("sarif: findings of one rule on one line are one result", "[render][sarif]") {
  Report report = reported_sample();
  Finding twin = report.findings[0];
  twin.id = "41aa90b2c3d4e5f7";
  twin.message = "the other zone ends there too";
  report.findings.insert(report.findings.begin() + 1, twin);
  const std::size_t findings = report.findings.size() + report.suppressed.size();
  const json together = run_of(sarif(report, sample_context()));
  CHECK(together.at("results").size() == findings - 1);
  CHECK(together.at("results").at(0).at("properties").at("findings") == json{"41aa90b2c3d4e5f6", "41aa90b2c3d4e5f7"});
  CHECK(together.at("results").at(0).at("message").at("text").get<std::string>().find("the other zone") != std::string::npos);
  const json apart = run_of(sarif(report, {}));  // without line hashes the ids keep them apart
  CHECK(apart.at("results").size() == findings);
}

TEST_CASE("sarif: the category is the same for every scan of a folder", "[render][sarif]") {
  struct Row {
    const char* title;
    std::vector<std::string> roots;
    const char* prefix;
    const char* category;
  };
  const Row rows[] = {{"the repository", {"."}, "", "mainstay/"},
                      {"a folder of it", {"infra"}, "infra/", "mainstay/infra/"},
                      {"a checkout somewhere", {"/builds/1234/estate/"}, "", "mainstay/estate/"},
                      {"several", {"a", "b c"}, "", "mainstay/a+b%20c/"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Report report;
      report.roots = row.roots;
      CHECK(run_of(sarif(report, {.prefix = row.prefix})).at("automationDetails").at("id") == row.category);
    }
}

TEST_CASE("sarif: incomplete scans say so", "[render][sarif]") {
  const json run = run_of(sarif(reported_sample(), {}));
  const json& invocation = run.at("invocations").at(0);
  CHECK(invocation.at("executionSuccessful") == false);
  std::set<std::string> kinds;
  for (const json& one : invocation.at("toolExecutionNotifications")) kinds.insert(one.at("descriptor").at("id").get<std::string>());
  CHECK(kinds == std::set<std::string>{"input-problem", "left-out", "not-decided", "not-read"});
  CHECK(run_of(sarif({}, {})).at("invocations").at(0).at("executionSuccessful") == true);
}

TEST_CASE("sarif: what was not read, or not wholly, says of what kind the reason is", "[render][sarif]") {
  const json run = run_of(sarif(reported_sample(), {}));
  std::map<std::string, std::string> causes;
  for (const json& one : run.at("invocations").at(0).at("toolExecutionNotifications")) {
    const std::string text = one.at("message").at("text").get<std::string>();
    if (one.contains("properties")) causes[text.substr(0, text.find(':'))] = one.at("properties").at("cause").get<std::string>();
  }
  const std::map<std::string, std::string> expected = {
      {"infra/main.tf", "read-in-part"}, {"state/terraform.tfstate", "over-limit"}, {"zones/corp.example.zone", "unreadable"}};
  CHECK(causes == expected);
}

TEST_CASE("sarif: limits: as many results as are taken, the worst ones", "[render][sarif][limits]") {
  CHECK(SarifLimits{}.results == 25'000);
  SarifLimits limits;
  limits.results = 250;
  const json fits = run_of(sarif_within(limits, many_findings(250), {}));
  CHECK(fits.at("results").size() == 250);
  CHECK(left_out(fits).empty());
  const json over = run_of(sarif_within(limits, many_findings(251), {}));
  CHECK(over.at("results").size() == 250);
  CHECK(over.at("results").at(0).at("level") == "error");
  CHECK(left_out(over) == "Left out to stay within limits: 1 results, the least severe ones.\n");
}

TEST_CASE("sarif: limits: 1,000 places of a result, 1,000 steps, 20 tags", "[render][sarif][limits]") {
  Report report = many_findings(1);
  OutputContext context;
  for (std::uint32_t line = 1; line <= 1000; ++line) {
    report.findings[0].evidence.push_back(Evidence::declared({.file = "a", .line = line}));
    context.flows[report.findings[0].id].push_back({"step", {}});
  }
  context.flows[report.findings[0].id].push_back({"step", {}});
  report.rules = {{.name = "r", .summary = "s"}};
  for (int at = 0; at < 17; ++at) report.rules[0].controls.push_back({"framework", fmt::to_string(at), "t"});
  const json run = run_of(sarif(report, context));
  const json& result = run.at("results").at(0);
  CHECK(result.at("locations").size() + result.at("relatedLocations").size() == 1000);
  CHECK(result.at("codeFlows").at(0).at("threadFlows").at(0).at("locations").size() == 1000);
  CHECK(run.at("tool").at("driver").at("rules").at(0).at("properties").at("tags").size() == 20);
  CHECK(left_out(run) ==
        "Left out to stay within limits: 1 places of evidence.\nLeft out to stay within limits: 1 steps of code flows.\n"
        "Left out to stay within limits: 1 tags of rules.\n");
}

TEST_CASE("sarif: limits: the compressed size", "[render][sarif][limits]") {
  SarifLimits limits;
  limits.compressed_octets = 4'000;
  Report report = many_findings(300);
  OutputContext context;
  for (const Finding& finding : report.findings) context.flows[finding.id].push_back({finding.id, {}});
  const json run = run_of(sarif_within(limits, report, context));
  CHECK(run.at("results").size() < 300);
  CHECK(run.at("results").size() > 10);
  CHECK(left_out(run).find("300 code flows") != std::string::npos);
  CHECK(left_out(run).find(fmt::format("{} results", 300 - run.at("results").size())) != std::string::npos);
}

TEST_CASE("sarif: limits: GitHub's own are kept: 25,000 results, 10 MB", "[render][sarif][limits]") {
  const json most = run_of(sarif(many_findings(25'001), {}));
  CHECK(most.at("results").size() == 25'000);
  CHECK(left_out(most) == "Left out to stay within limits: 1 results, the least severe ones.\n");

  // Digits that no compression halves more than once: 24 MB of them are more than 10 MB.
  Report report = many_findings(3'000);
  std::mt19937 random(1);
  for (Finding& finding : report.findings) {
    for (int word = 0; word < 1'000; ++word) finding.message += fmt::format("{:08x}", random());
  }
  const std::string text = sarif(report, {});
  CHECK(octets_of_gzip(text) <= 10'000'000);
  const json run = run_of(text);
  const std::size_t written = run.at("results").size();
  CHECK(written < 3'000);
  CHECK(written > 2'000);
  CHECK(left_out(run) == fmt::format("Left out to stay within limits: {} results, the least severe ones.\n", 3'000 - written));
}

TEST_CASE("sarif: limits: long texts of rules are cut between characters", "[render][sarif][limits]") {
  Report report;
  std::string text;
  while (text.size() < 3000) text += "é";
  report.rules = {{.name = text, .summary = text, .why = text}};
  const json rule = run_of(sarif(report, {})).at("tool").at("driver").at("rules").at(0);
  CHECK(rule.at("name").get<std::string>().size() <= 255);
  CHECK(rule.at("shortDescription").at("text").get<std::string>().size() <= 1024);
  CHECK(rule.at("shortDescription").at("text").get<std::string>().find("\xef\xbf\xbd") == std::string::npos);
  CHECK(rule.at("fullDescription").at("text").get<std::string>().ends_with("..."));
}

}  // namespace mainstay
