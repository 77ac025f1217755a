#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "analyzer/policy/days.h"
#include "analyzer/policy/settings.h"
#include "analyzer/rules/rule.h"
#include "graph/values/ascii.h"
#include "graph/values/domain_name.h"
#include "graph/values/evidence.h"

namespace mainstay {
namespace {

using Json = nlohmann::ordered_json;
using Kind = SettingKind;

constexpr std::array kKeys{
    SettingKey{"", "strict", Kind::flag, false, "false", "Warnings and what could not be decided count as an incomplete scan."},
    SettingKey{"thresholds", "fail-on", Kind::threshold, false, "low", "The least severity that ends a scan with exit status 1."},
    SettingKey{"thresholds", "min", Kind::severity, false, "", "Show all findings that are at least that bad, not just a first screen."},
    SettingKey{"thresholds", "confidence", Kind::confidence, false, "assumed",
               "The least confidence of a finding that may decide the exit status; the others are listed all the same."},
    SettingKey{"gate", "fail-on", Kind::gate, false, "new:high",
               "What ends a gate with exit status 1: new:SEVERITY, any:SEVERITY or none."},
    SettingKey{"allow", "rule", Kind::rule, true, "", "The rule whose findings are accepted."},
    SettingKey{"allow", "path", Kind::pattern, true, "", "Where: a pattern as in .gitignore, for the file that is the place to mend."},
    SettingKey{"allow", "until", Kind::day, false, "", "The last day on which it holds."},
    SettingKey{"allow", "reason", Kind::text, true, "", "Why."},
    SettingKey{"waive", "id", Kind::id, true, "", "The id of one finding, or at least its first 8 digits."},
    SettingKey{"waive", "until", Kind::day, true, "", "The last day on which it holds."},
    SettingKey{"waive", "reason", Kind::text, true, "", "Why."},
    SettingKey{"identities", "suffix", Kind::domain, true, "", "The domain below which workloads' identities stand in TXT records."},
    SettingKey{"identities", "order", Kind::order, false, "service.environment", "What the two labels in front of the suffix are."},
    SettingKey{"identities", "environments", Kind::labels, false, "",
               "The labels of environments; names with other ones are no identities. Any label when not given."},
    SettingKey{"rules", "severity", Kind::severity, false, "", "The severity of the rule's findings, whatever they take away."},
    SettingKey{"rules", "enabled", Kind::flag, false, "true", "False: findings of the rule are suppressed; needs a reason."},
    SettingKey{"rules", "reason", Kind::text, false, "", "Why the rule is not enabled."},
};

constexpr std::string_view kLabel = "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$";
constexpr std::string_view kDomain = "^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?$";

bool is_label(std::string_view text) {
  const auto may_stand = [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '-'; };
  return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), may_stand);
}

/// A host name of at least two labels.
bool is_domain(std::string_view text) {
  const Result<DomainName> name = DomainName::parse(text);
  if (!name || name->dots() == 0) return false;
  const std::vector<std::string_view> labels = name->labels();
  return std::all_of(labels.begin(), labels.end(), is_label);
}

bool is_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Json schema_of(const SettingKey& key) {
  Json schema = {{"description", key.meaning}};
  const std::vector<std::string> words = words_of(key.kind);
  switch (key.kind) {
    case Kind::flag: schema["type"] = "boolean"; break;
    case Kind::day: schema.update({{"type", "string"}, {"format", "date"}}); break;
    case Kind::id: schema.update({{"type", "string"}, {"pattern", "^[0-9a-f]{8,16}$"}}); break;
    case Kind::domain: schema.update({{"type", "string"}, {"pattern", kDomain}, {"maxLength", 253}}); break;
    case Kind::labels: schema.update({{"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}, {"pattern", kLabel}}}}); break;
    default: schema.update(words.empty() ? Json{{"type", "string"}, {"pattern", "\\S"}} : Json{{"enum", words}});
  }
  if (!key.otherwise.empty()) schema["default"] = key.kind == Kind::flag ? Json(key.otherwise == "true") : Json(key.otherwise);
  return schema;
}

Json section_schema(std::string_view section) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const SettingKey& key : kKeys) {
    if (key.section != section) continue;
    properties[std::string(key.name)] = schema_of(key);
    if (key.required) required.push_back(key.name);
  }
  Json schema = {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

}  // namespace

std::span<const SettingKey> setting_keys() { return kKeys; }

std::vector<std::string> words_of(SettingKind kind) {
  std::vector<std::string> all;
  const auto severities = [&](const std::string& before) {
    for (int at = 0; at <= static_cast<int>(Severity::critical); ++at) all.push_back(before + std::string(word(static_cast<Severity>(at))));
  };
  if (kind == Kind::threshold || kind == Kind::gate) all.emplace_back("none");
  if (kind == Kind::threshold || kind == Kind::severity) severities("");
  if (kind == Kind::gate) {
    severities("new:");
    severities("any:");
  }
  if (kind == Kind::confidence) {
    for (const std::string_view one : words(Confidence{})) all.emplace_back(one);
  }
  if (kind == Kind::flag) all = {"false", "true"};
  if (kind == Kind::order) all = {"service.environment", "environment.service"};
  if (kind == Kind::rule) {
    for (const Rule* rule : all_rules()) all.emplace_back(rule->name);
  }
  return all;
}

bool is_value(SettingKind kind, std::string_view text) {
  if (kind == Kind::day) return is_day(text);
  if (kind == Kind::id) return is_id(text);
  if (kind == Kind::domain) return is_domain(text);
  if (kind == Kind::labels) return is_label(text);
  const std::vector<std::string> words = words_of(kind);
  if (!words.empty()) return std::find(words.begin(), words.end(), text) != words.end();
  return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

std::string settings_schema() {
  Json rules = Json::object();
  for (const Rule* rule : all_rules()) rules[std::string(rule->name)] = {{"$ref", "#/$defs/rule"}};
  Json schema = section_schema("");
  Json& properties = schema["properties"];
  properties["thresholds"] = section_schema("thresholds");
  properties["gate"] = section_schema("gate");
  properties["allow"] = {{"type", "array"}, {"items", section_schema("allow")}};
  properties["waive"] = {{"type", "array"}, {"items", section_schema("waive")}};
  properties["identities"] = {{"type", "array"}, {"items", section_schema("identities")}};
  properties["rules"] = {{"type", "object"}, {"additionalProperties", false}, {"properties", rules}};
  Json document = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Settings of Mainstay, .mainstay.toml"}};
  document.update(schema);
  Json& rule = document["$defs"]["rule"] = section_schema("rules");
  rule["if"] = {{"properties", {{"enabled", {{"const", false}}}}}, {"required", {"enabled"}}};
  rule["then"] = {{"required", {"reason"}}};
  return document.dump(2) + "\n";
}

}  // namespace mainstay
