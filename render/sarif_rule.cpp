#include <fmt/format.h>

#include "render/escape.h"
#include "render/sarif_parts.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostDescription = 1024;
constexpr std::size_t kMostName = 255;

/// Within GitHub's bands: above 9.0 critical, from 7.0 high, from 4.0 medium. Something that only informs is no security alert.
const char* security_severity(Severity severity) {
  switch (severity) {
    case Severity::info: return "";
    case Severity::low: return "3.0";
    case Severity::medium: return "5.5";
    case Severity::high: return "8.0";
    case Severity::critical: break;
  }
  return "9.5";
}

/// "SpofDnsProvider" for spof-dns-provider: readers of SARIF want a name that differs from the id.
std::string name_of(const std::string& id) {
  std::string out;
  bool starts_word = true;
  for (const char c : id) {
    if (c == '-') {
      starts_word = true;
      continue;
    }
    out += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = false;
  }
  return cut_octets(out, kMostName);
}

Json text(const std::string& words) { return {{"text", words.empty() ? "-" : for_terminal(words)}}; }

std::string help_text(const RuleRow& rule) {
  std::string out = sentence(rule.why.empty() ? rule.summary : rule.why);
  if (!rule.fix.empty()) out += "\n\nFix: " + sentence(rule.fix);
  if (!rule.reference.empty()) out += "\n\nReference: " + sentence(rule.reference);
  return out;
}

std::string help_markdown(const RuleRow& rule) {
  std::string out = for_markdown(sentence(rule.why.empty() ? rule.summary : rule.why));
  if (!rule.fix.empty()) out += "\n\n**Fix:** " + for_markdown(sentence(rule.fix));
  if (!rule.reference.empty()) out += "\n\n**Reference:** " + for_markdown(sentence(rule.reference));
  for (const Control& control : rule.controls) {
    const std::string id = control.id.empty() ? "" : control.id + " ";
    out += fmt::format("\n- {}: {}{}", for_markdown(control.framework), for_markdown(id), for_markdown(control.title));
  }
  return out;
}

Json tags(const RuleRow& rule, const SarifLimits& limits, SarifLeftOut& left_out) {
  std::vector<std::string> all = {"security", "dns", "identity", "availability"};
  for (const Control& control : rule.controls) {
    all.push_back(for_terminal(control.framework + " " + (control.id.empty() ? control.title : control.id)));
  }
  if (all.size() > limits.tags) {
    left_out.tags += all.size() - limits.tags;
    all.resize(limits.tags);
  }
  return all;
}

}  // namespace

const char* sarif_level(Severity severity) {
  return severity >= Severity::high ? "error" : severity == Severity::medium ? "warning" : "note";
}

const char* sarif_precision(Confidence confidence) {
  switch (confidence) {
    case Confidence::assumed: return "low";
    case Confidence::product_default: return "medium";
    case Confidence::observed: return "high";
    case Confidence::declared: break;
  }
  return "very-high";
}

RuleRow undescribed_rule(const Finding& finding) {
  return {.name = finding.rule, .summary = finding.rule, .why = finding.message, .fix = finding.fix, .severity = finding.severity};
}

Json sarif_rule(const RuleRow& rule, const std::string& precision, const SarifLimits& limits, SarifLeftOut& left_out) {
  const std::string id = for_terminal(rule.name);
  Json out = {{"id", id},
              {"name", name_of(id)},
              {"shortDescription", text(cut_octets(sentence(rule.summary), kMostDescription))},
              {"fullDescription", text(cut_octets(sentence(rule.why.empty() ? rule.summary : rule.why), kMostDescription))},
              {"help", {{"text", valid_utf8(help_text(rule))}, {"markdown", help_markdown(rule)}}},
              {"defaultConfiguration", {{"level", sarif_level(rule.severity)}}}};
  Json& properties = out["properties"] = {{"tags", tags(rule, limits, left_out)}};
  if (!precision.empty()) properties["precision"] = precision;
  if (const std::string score = security_severity(rule.severity); !score.empty()) properties["security-severity"] = score;
  properties["problem.severity"] = rule.severity >= Severity::high     ? "error"
                                   : rule.severity == Severity::medium ? "warning"
                                                                       : "recommendation";
  return out;
}

}  // namespace mainstay
