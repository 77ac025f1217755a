#include "render/json.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "render/impact.h"
#include "tests/render/golden.h"
#include "tests/render/sample_report.h"

namespace mainstay {
namespace {

using Value = nlohmann::json;

bool has_type(const Value& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_number_integer();
  return type == "boolean" && value.is_boolean();
}

/// What is wrong with `value`, as "path: why"; empty when nothing is. Knows the keywords that the schema uses, and refuses others.
std::string fault(const Value& schema, const Value& value, const Value& root, const std::string& path) {
  for (const auto& [keyword, rule] : schema.items()) {
    if (keyword == "$schema" || keyword == "title" || keyword == "description" || keyword == "$defs") continue;
    if (keyword == "$ref") {
      const std::string why = fault(root.at(Value::json_pointer(rule.get<std::string>().substr(1))), value, root, path);
      if (!why.empty()) return why;
    } else if (keyword == "type") {
      if (!has_type(value, rule)) return path + ": not of type " + rule.get<std::string>();
    } else if (keyword == "const") {
      if (value != rule) return path + ": not the constant";
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end()) return path + ": not one of the words";
    } else if (keyword == "minimum") {
      if (value < rule) return path + ": below the minimum";
    } else if (keyword == "required") {
      for (const Value& name : rule) {
        if (!value.contains(name.get<std::string>())) return path + ": lacks " + name.get<std::string>();
      }
    } else if (keyword == "properties") {
      for (const auto& [name, below] : value.items()) {
        if (!rule.contains(name)) continue;
        const std::string why = fault(rule.at(name), below, root, path + "/" + name);
        if (!why.empty()) return why;
      }
    } else if (keyword == "additionalProperties") {
      for (const auto& [name, below] : value.items()) {
        if (!schema.at("properties").contains(name)) return path + ": unknown member " + name;
      }
    } else if (keyword == "items") {
      for (std::size_t at = 0; at < value.size(); ++at) {
        const std::string why = fault(rule, value[at], root, path + "/" + std::to_string(at));
        if (!why.empty()) return why;
      }
    } else if (keyword == "oneOf") {
      int fitting = 0;
      for (const Value& one : rule) fitting += fault(one, value, root, path).empty() ? 1 : 0;
      if (fitting != 1) return path + ": fits " + std::to_string(fitting) + " of the shapes";
    } else {
      return path + ": the validator does not know " + keyword;
    }
  }
  return {};
}

std::string fault(const Value& value) {
  const Value schema = Value::parse(scan_schema());
  return fault(schema, value, schema, "");
}

}  // namespace

TEST_CASE("json: a whole report", "[render][json]") {
  Report report = sample_report();
  report.endpoints.resize(1);  // the golden stays short enough to be read
  report.endpoints[0].workloads.resize(2);
  report.findings.resize(2);
  report.findings[0].affected.resize(2);
  check_golden("scan.json", json(report));
}

TEST_CASE("json: the schema", "[render][json]") { check_golden("scan-schema.json", scan_schema()); }

TEST_CASE("json: reports fit the schema", "[render][json]") {
  struct Row {
    const char* title;
    Report report;
  };
  const Row rows[] = {{"an empty report", {}}, {"a full report", sample_report()}, {"a hostile report", hostile_report()}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(fault(Value::parse(json(row.report))).empty());
    }
}

TEST_CASE("json: what-ifs fit their schema", "[render][json]") {
  const Value schema = Value::parse(whatif_schema());
  struct Row {
    const char* title;
    ImpactReport report;
  };
  const Row rows[] = {{"nothing at all", {}}, {"a full one", sample_impact()}, {"a hostile one", hostile_impact()}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(fault(schema, Value::parse(json(row.report)), schema, "").empty());
    }
  Value document = Value::parse(json(sample_impact()));
  document["workloads"][0]["standing"] = "asleep";
  CHECK_FALSE(fault(schema, document, schema, "").empty());
}

TEST_CASE("json: a whole what-if", "[render][json]") {
  check_golden("whatif.json", json(sample_impact()));
  check_golden("whatif-schema.json", whatif_schema());
}

TEST_CASE("json: documents with a fault do not fit the schema", "[render][json]") {
  Value document = Value::parse(json(sample_report()));
  Value& finding = document["findings"][0];
  SECTION("bad: a member too many") { finding["extra"] = 1; }
  SECTION("bad: a member missing") { finding.erase("id"); }
  SECTION("bad: a reason of two shapes") { finding["evidence"][0]["assumed"] = "x"; }
  SECTION("bad: an unknown severity") { finding["severity"] = "awful"; }
  SECTION("bad: a number that is text") { document["summary"]["files"] = "7"; }
  CHECK_FALSE(fault(document).empty());
}

TEST_CASE("json: hostile text is valid JSON, and harmless on a terminal", "[render][json]") {
  const std::string text = json(hostile_report());
  const Value document = Value::parse(text);
  CHECK(document["findings"][0]["message"].get<std::string>().starts_with("\x1b[31mred"));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x7f') == std::string::npos);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK(text.find("\xc2\x9b") == std::string::npos);
}

}  // namespace mainstay
