// The rules of GitLab's schemas, written again as tests.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "render/name_uuid.h"
#include "tests/render/golden.h"
#include "tests/render/outputs_sample.h"

namespace mainstay {
namespace {

using nlohmann::json;

bool fits(const json& value, const char* pattern) { return std::regex_match(value.get<std::string>(), std::regex(pattern)); }

void check_program(const json& program) {
  for (const char* member : {"id", "name", "version"}) CHECK_FALSE(program.at(member).get<std::string>().empty());
  CHECK_FALSE(program.at("vendor").at("name").get<std::string>().empty());
}

void check_detail(const json& detail) {
  const auto type = detail.at("type").get<std::string>();
  if (type == "list") {
    for (const json& item : detail.at("items")) check_detail(item);
  } else if (type == "file-location") {
    CHECK(detail.at("file_name").is_string());
    CHECK(detail.at("line_start").is_number_integer());
  } else {
    CHECK(type == "text");
    CHECK(detail.at("value").is_string());
  }
}

void check_vulnerability(const json& one) {
  CHECK(fits(one.at("id"), "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  CHECK(one.at("name").get<std::string>().size() <= 255);
  CHECK(one.at("solution").get<std::string>().size() <= 7000);
  CHECK(std::set<std::string>{"Info", "Low", "Medium", "High", "Critical"}.contains(one.at("severity").get<std::string>()));
  REQUIRE_FALSE(one.at("identifiers").empty());
  for (const json& identifier : one.at("identifiers")) {
    for (const char* member : {"type", "name", "value"}) CHECK_FALSE(identifier.at(member).get<std::string>().empty());
  }
  CHECK(one.at("location").at("start_line").is_number_integer());
  CHECK(one.at("tracking").at("type") == "source");
  for (const json& item : one.at("tracking").at("items")) {
    REQUIRE_FALSE(item.at("signatures").empty());
    for (const json& signature : item.at("signatures")) CHECK_FALSE(signature.at("value").get<std::string>().empty());
  }
  for (const json& detail : one.at("details")) {
    CHECK(detail.at("name").is_string());
    check_detail(detail);
  }
}

}  // namespace

TEST_CASE("gitlab sast: a whole report", "[render][gitlab]") {
  check_golden("gitlab-sast.json", gitlab_sast(reported_sample(), sample_context()));
}

TEST_CASE("gitlab sast: it is what schema 15.2.1 demands", "[render][gitlab]") {
  const json report = json::parse(gitlab_sast(reported_sample(), sample_context()));
  CHECK(report.at("version") == "15.2.1");
  const json& scan = report.at("scan");
  check_program(scan.at("analyzer"));
  check_program(scan.at("scanner"));
  CHECK(scan.at("type") == "sast");
  CHECK(scan.at("status") == "success");
  for (const char* time : {"start_time", "end_time"}) CHECK(fits(scan.at(time), R"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})"));
  CHECK(scan.at("start_time") == "2026-11-18T11:06:40");
  for (const json& message : scan.at("messages")) {
    CHECK(std::set<std::string>{"info", "warn", "fatal"}.contains(message.at("level").get<std::string>()));
    CHECK_FALSE(message.at("value").get<std::string>().empty());
  }
  REQUIRE(report.at("vulnerabilities").size() == reported_sample().findings.size());
  std::set<std::string> ids;
  for (const json& one : report.at("vulnerabilities")) {
    check_vulnerability(one);
    CHECK(ids.insert(one.at("id")).second);
  }
}

TEST_CASE("gitlab sast: what was not read stands in the messages", "[render][gitlab]") {
  const json messages = json::parse(gitlab_sast(reported_sample(), {})).at("scan").at("messages");
  REQUIRE(messages.size() == 5);
  CHECK(messages.at(1).at("value") == "not read: zones/corp.example.zone could not be read: not readable: permission denied");
  CHECK(messages.at(4).at("value") == "1 suppressed findings are not in this report");
  CHECK(json::parse(gitlab_sast({}, {})).at("scan").at("messages").empty());
}

TEST_CASE("gitlab quality: a whole report", "[render][gitlab]") {
  check_golden("gitlab-quality.json", gitlab_code_quality(reported_sample(), sample_context()));
}

TEST_CASE("gitlab quality: it is what GitLab reads", "[render][gitlab]") {
  const std::string text = gitlab_code_quality(reported_sample(), sample_context());
  CHECK(text.front() == '[');  // no byte order mark
  std::set<std::string> fingerprints;
  for (const json& one : json::parse(text)) {
    CHECK_FALSE(one.at("description").get<std::string>().empty());
    CHECK_FALSE(one.at("check_name").get<std::string>().empty());
    CHECK(fingerprints.insert(one.at("fingerprint")).second);
    CHECK(std::set<std::string>{"info", "minor", "major", "critical", "blocker"}.contains(one.at("severity").get<std::string>()));
    CHECK_FALSE(one.at("location").at("path").get<std::string>().empty());
    CHECK(one.at("location").at("lines").at("begin") >= 1);
  }
  CHECK(fingerprints.size() == reported_sample().findings.size());
  CHECK(gitlab_code_quality({}, {}) == "[]\n");
}

TEST_CASE("name uuid: the same name has the same one, as others compute it", "[render][gitlab]") {
  CHECK(name_uuid("41aa90b2c3d4e5f6") == "18c32939-8cd5-5402-9684-26d9d63e9ca5");
  CHECK(name_uuid("41aa90b2c3d4e5f7") != name_uuid("41aa90b2c3d4e5f6"));
}

}  // namespace mainstay
