#include "analyzer/cli/policy_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "analyzer/policy/baseline.h"
#include "analyzer/policy/days.h"
#include "analyzer/report/make_report.h"
#include "graph/facts/kinds.h"

namespace mainstay {
namespace {

bool decides(const Finding& finding, const Thresholds& thresholds) {
  return thresholds.fail_on && finding.severity >= *thresholds.fail_on && finding.confidence >= thresholds.confidence;
}

}  // namespace

void PolicyOptions::describe(Arguments& command) {
  command.add("--config", config, "settings, in place of the .mainstay.toml of the folder").called("FILE");
  command.add("--baseline", baseline, "findings of an earlier day, which do not decide; see --write-baseline").called("FILE");
  command.add("--fail-on", fail_on, "exit with 1 when a finding is at least that bad; low when the settings do not say")
      .one_of(words_of(SettingKind::threshold))
      .called("SEVERITY");
  command.add("--min", min, "show all findings that are at least that bad").one_of(words_of(SettingKind::severity)).called("SEVERITY");
  command.add("--confidence", confidence, "findings that are less sure than that do not decide the exit status")
      .one_of(words_of(SettingKind::confidence))
      .called("CONFIDENCE");
  command.add("--strict", strict, "warnings and what could not be decided count as incomplete: exit with 3");
}

std::vector<Effective> PolicyOptions::effective(const Settings& settings) const {
  const std::map<std::string_view, std::pair<const char*, std::string>> options = {{"strict", {"--strict", strict ? "true" : ""}},
                                                                                   {"thresholds.fail-on", {"--fail-on", fail_on}},
                                                                                   {"thresholds.min", {"--min", min}},
                                                                                   {"thresholds.confidence", {"--confidence", confidence}}};
  std::vector<Effective> all;
  for (const SettingKey& key : setting_keys()) {
    if (key.section == "allow" || key.section == "waive" || key.section == "rules" || key.section == "identities") continue;
    Effective one{key.section.empty() ? std::string(key.name) : fmt::format("{}.{}", key.section, key.name), std::string(key.otherwise),
                  "default"};
    const auto option = options.find(one.name);
    if (option != options.end() && !option->second.second.empty()) {
      one.value = option->second.second;
      one.origin = fmt::format("option {}", option->second.first);
    } else if (const SettingValue* setting = settings.find(one.name)) {
      one.value = setting->value;
      one.origin = fmt::format("{}:{}", setting->place.file, setting->place.line);
    }
    all.push_back(std::move(one));
  }
  return all;
}

Result<Thresholds> PolicyOptions::judge(Loaded& loaded, const Session& session) const {
  Report& report = loaded.report;
  const Result<Policy> policy = read_policy(loaded.tree ? &*loaded.tree : nullptr, config, report);
  if (!policy) return Error{policy.error()};
  apply_policy(*policy, day_of(session.now), report);
  if (!baseline.empty()) {
    const Result<Baseline> known = read_baseline(baseline, report.diagnostics);
    if (!known) return Error{known.error()};
    suppress_known(*known, report);
    sort_worst_first(report.suppressed);
    std::sort(report.diagnostics.begin(), report.diagnostics.end());
  }
  Thresholds out;
  for (const Effective& one : effective(policy->settings)) {
    if (one.name == "strict") out.strict = one.value == "true";
    if (one.name == "thresholds.fail-on") out.fail_on = severity_of(one.value);
    if (one.name == "thresholds.min") out.min = severity_of(one.value);
    if (one.name == "thresholds.confidence") out.confidence = kind_of_word<Confidence>(one.value).value_or(out.confidence);
  }
  return out;
}

ExitStatus status_of(const Report& report, const Thresholds& thresholds) {
  const auto& all = report.findings;
  if (std::any_of(all.begin(), all.end(), [&](const Finding& one) { return decides(one, thresholds); })) return ExitStatus::findings;
  const bool warned = std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                                  [](const Diagnostic& one) { return one.severity == DiagnosticSeverity::warning; });
  const bool is_unsure = thresholds.strict && (warned || !report.undecided.empty());
  return is_incomplete(report) || is_unsure ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
