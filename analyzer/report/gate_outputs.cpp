#include "analyzer/report/gate_outputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/report/gate_words.h"
#include "analyzer/report/make_report.h"

namespace mainstay {
namespace {

constexpr const char* kLockedOut = "locked-out";
constexpr std::size_t kMostLines = 30;  // of a section

RuleRow locked_out_rule() {
  return {.name = kLockedOut,
          .summary = "a workload that could authenticate cannot any more, with everything running",
          .why = "Before the change every name that the workload needs to authenticate could be resolved; behind it one cannot.",
          .fix = "keep what the workload looks up until nothing needs it, or take the change back",
          .reference = "docs/policy.md, The gate",
          .severity = Severity::critical,
          .controls = {}};
}

/// How sure it is: as sure as the least sure of the paths of what the workload needs.
Confidence confidence_of(const Report& head, const std::string& workload) {
  std::optional<Confidence> weakest;
  for (const EndpointRow& one : head.endpoints) {
    if (!std::binary_search(one.workloads.begin(), one.workloads.end(), workload)) continue;
    weakest = std::min(weakest.value_or(one.weakest), one.weakest);
  }
  return weakest.value_or(Confidence::assumed);
}

Finding locked_out_finding(const std::string& workload, const Report& head, const Analysis& analysis) {
  Finding out{.rule = kLockedOut, .severity = Severity::critical, .confidence = confidence_of(head, workload)};
  out.message = fmt::format("{} could authenticate before the change and cannot any more, with everything running", workload);
  out.fix = locked_out_rule().fix;
  out.subjects = {{std::string(word(NodeKind::workload)), workload}};
  out.affected = {workload};
  out.id = fingerprint(out.rule, out.subjects);
  if (const std::optional<NodeId> node = analysis.graph().find(NodeKind::workload, workload))
    out.evidence = analysis.graph().node(*node).reasons;
  return out;
}

std::vector<std::string> short_lines(const std::vector<Finding>& findings) {
  std::vector<std::string> lines;
  lines.reserve(findings.size());
  for (const Finding& one : findings) lines.push_back(fmt::format("{} {}: {}", word(one.severity), one.rule, one.message));
  return lines;
}

PageSection section(std::string title, std::vector<std::string> lines, bool is_ordered = false) {
  if (lines.size() > kMostLines) {
    const std::size_t more = lines.size() - kMostLines;
    lines.resize(kMostLines);
    lines.push_back(fmt::format("and {} more", more));
  }
  return {std::move(title), std::move(lines), is_ordered};
}

}  // namespace

Report gate_findings(const GateReport& gate, const Report& head, const Analysis& analysis) {
  Report out;
  out.roots = {gate.folder};
  out.rules = head.rules;
  out.rules.push_back(locked_out_rule());
  std::sort(out.rules.begin(), out.rules.end());
  if (gate.threshold.only_new) {
    out.findings = gate.comparison.fresh;
    for (const WorseFinding& one : gate.comparison.worse) {
      out.findings.push_back(one.finding);
      out.findings.back().message += fmt::format(" (it was there before, and is worse: {})", one.why);
    }
  } else {
    out.findings = head.findings;
  }
  for (const std::string& one : gate.locked_out) out.findings.push_back(locked_out_finding(one, head, analysis));
  out.suppressed = gate.comparison.accepted;
  sort_worst_first(out.findings);
  for (const NotEvaluated& one : gate.not_evaluated)
    out.sources.push_back({.file = one.file, .state = SourceState::failed, .reason = one.why});
  return out;
}

OutputContext gate_context(const GateReport& gate) {
  OutputContext context;
  context.series = "mainstay-gate";
  context.fail_on = gate.threshold.least;
  context.headline = "Mainstay gate: " + verdict_line(gate);
  context.before = {section("What the change does to sign-in", gate.words), section("Identity endpoints", endpoint_lines(gate)),
                    section("Safe order", gate.steps, true)};
  context.behind = {section("Moved, not counted", short_lines(gate.comparison.moved)),
                    section("Fixed", short_lines(gate.comparison.fixed))};
  return context;
}

}  // namespace mainstay
