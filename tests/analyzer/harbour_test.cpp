// samples/harbour is held to its truth: what must be found, and what must not.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "render/json.h"
#include "tests/analyzer/scanned.h"
#include "tests/places.h"

namespace mainstay {
namespace {

const std::string kRoot = "samples/harbour";

nlohmann::json truth() {
  std::ifstream in(source_dir() + "/" + kRoot + "/truth.json");
  return nlohmann::json::parse(in);
}

std::shared_ptr<Loaded> harbour(unsigned jobs = 0) {
  std::vector<std::string> logs;
  const nlohmann::json planted = truth();  // held: a range of a temporary would be gone before the loop
  for (const auto& log : planted["logs"]) logs.push_back(kRoot + "/" + log.get<std::string>());
  return scanned({kRoot}, logs, jobs);
}

bool is_about(const Finding& finding, const std::string& subject) {
  return std::any_of(finding.subjects.begin(), finding.subjects.end(),
                     [&](const Subject& one) { return one.name.find(subject) != std::string::npos; }) ||
         finding.message.find(subject) != std::string::npos;
}

bool lies_in(const Finding& finding, const nlohmann::json& wanted) {
  if (!wanted.contains("file")) return true;
  return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& one) {
    if (one.place.file != wanted["file"].get<std::string>()) return false;
    if (wanted.contains("line") && one.place.line != wanted["line"].get<std::uint32_t>()) return false;
    return !wanted.contains("text") || one.place.text.find(wanted["text"].get<std::string>()) != std::string::npos;
  });
}

bool affects(const Finding& finding, const std::string& workload) {
  return std::any_of(finding.affected.begin(), finding.affected.end(),
                     [&](const std::string& one) { return one.find(workload) != std::string::npos; });
}

std::string told(const std::vector<Finding>& findings, const std::string& rule) {
  std::string text;
  for (const Finding& one : findings) {
    if (one.rule != rule) continue;
    text += "\n  " + one.message;
    for (const Evidence& evidence : one.evidence) text += "\n      " + evidence.place.file + ":" + std::to_string(evidence.place.line);
    for (const std::string& workload : one.affected) text += "\n      affects " + workload;
  }
  return text;
}

}  // namespace

TEST_CASE("harbour: what must be found is found, at its place, with who is affected", "[analyzer][harbour]") {
  const std::shared_ptr<Loaded> loaded = harbour();
  const std::vector<Finding>& findings = loaded->report.findings;
  const nlohmann::json planted = truth();
  for (const auto& wanted : planted["must"]) {
    const std::string rule = wanted["rule"];
    INFO("wanted: " << wanted.dump() << "\nfound under that rule:" << told(findings, rule));
    CHECK(std::any_of(findings.begin(), findings.end(), [&](const Finding& one) {
      const auto& affected = wanted["affected_includes"];
      return one.rule == rule && is_about(one, wanted["subject"]) && lies_in(one, wanted) &&
             std::all_of(affected.begin(), affected.end(),
                         [&](const auto& workload) { return affects(one, workload.template get<std::string>()); });
    }));
  }
}

TEST_CASE("harbour: the near misses are not found", "[analyzer][harbour]") {
  const std::shared_ptr<Loaded> loaded = harbour();
  const nlohmann::json planted = truth();
  for (const auto& wanted : planted["must_not"]) {
    for (const Finding& one : loaded->report.findings) {
      if (one.rule != wanted["rule"].get<std::string>()) continue;
      const std::string subject = wanted["subject"];
      INFO("must not be found: " << wanted.dump() << "\nfound: " << one.message);
      CHECK_FALSE(std::any_of(one.subjects.begin(), one.subjects.end(),
                              [&](const Subject& each) { return each.name.find(subject) != std::string::npos; }));
    }
  }
}

TEST_CASE("harbour: nothing is found that nobody planted", "[analyzer][harbour]") {
  const std::shared_ptr<Loaded> loaded = harbour();
  const nlohmann::json planted = truth();
  for (const Finding& one : loaded->report.findings) {
    INFO("found: " << one.rule << ": " << one.message);
    CHECK(std::any_of(planted["must"].begin(), planted["must"].end(), [&](const auto& wanted) {
      return one.rule == wanted["rule"].template get<std::string>() && is_about(one, wanted["subject"].template get<std::string>());
    }));
  }
}

TEST_CASE("harbour: the identity endpoints are there with those who need them", "[analyzer][harbour]") {
  const std::shared_ptr<Loaded> loaded = harbour();
  const nlohmann::json planted = truth();
  for (const auto& wanted : planted["endpoints_must"]) {
    INFO(wanted.dump());
    const auto at = std::find_if(loaded->report.endpoints.begin(), loaded->report.endpoints.end(), [&](const EndpointRow& row) {
      return row.name == wanted["name"].get<std::string>() && word(row.role) == wanted["role"].get<std::string>();
    });
    REQUIRE(at != loaded->report.endpoints.end());
    CHECK(at->workloads.size() >= wanted["min_workloads"].get<std::size_t>());
  }
}

TEST_CASE("harbour: every file is accounted for", "[analyzer][harbour]") {
  const std::shared_ptr<Loaded> loaded = harbour();
  std::size_t on_disk = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_dir() + "/" + kRoot)) {
    const std::string name = entry.path().generic_string();
    if (entry.is_regular_file() && name.find(kRoot + "/build/") == std::string::npos) ++on_disk;
  }
  // Logs are accounted for as they were given, by a path outside the tree's names.
  const auto files = std::count_if(loaded->report.sources.begin(), loaded->report.sources.end(),
                                   [](const SourceEntry& one) { return one.file.back() != '/' && !one.file.starts_with('/'); });
  CHECK(static_cast<std::size_t>(files) == on_disk);
}

TEST_CASE("harbour: one, two and eight threads give the same bytes", "[analyzer][harbour]") {
  const std::string one = json(harbour(1)->report);
  CHECK(one == json(harbour(2)->report));
  CHECK(one == json(harbour(8)->report));
}

}  // namespace mainstay
