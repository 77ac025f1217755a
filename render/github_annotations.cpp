#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "render/escape.h"
#include "render/finding_text.h"
#include "render/pen.h"
#include "render/report_output.h"

namespace mainstay {
namespace {

/// Past ten of a kind GitHub drops what a step says; the last one of ours then says how many there are.
constexpr std::size_t kMost = 10;

constexpr std::array<const char*, 3> kCommands = {"error", "warning", "notice"};
constexpr std::size_t kWarning = 1;

std::size_t command_of(Severity severity) { return severity >= Severity::high ? 0 : severity == Severity::medium ? kWarning : 2; }

std::string annotation(const Finding& finding, const OutputContext& context) {
  const Spot spot = spot_of(finding, context);
  std::string message = sentence(finding.message);
  if (!finding.fix.empty()) message += " Fix: " + sentence(finding.fix);
  if (const std::string affected = affected_of(finding, 3); !affected.empty()) message += " " + sentence(affected);
  return fmt::format("::{} file={},line={},endLine={},col={},endColumn={},title={}::{}\n", kCommands[command_of(finding.severity)],
                     for_workflow_property(spot.path), spot.line, spot.line, spot.column, spot.end_column,
                     for_workflow_property(fmt::format("{} ({}, {})", finding.rule, word(finding.severity), finding.id)),
                     for_workflow_message(message));
}

/// At most `room` of them; where not all fit, the last one says how many there are besides.
std::string annotations(const std::vector<const Finding*>& findings, std::size_t command, std::size_t room, const OutputContext& context) {
  std::string out;
  const std::size_t shown = findings.size() <= room ? findings.size() : room - 1;
  for (std::size_t at = 0; at < shown; ++at) out += annotation(*findings[at], context);
  if (shown < findings.size())
    out += fmt::format("::{} title=mainstay::{} not shown here\n", kCommands[command], counted(findings.size() - shown, "more finding"));
  return out;
}

std::string gap_annotation(const std::vector<std::string>& gaps) {
  std::string message = "The scan is incomplete: " + gaps.front();
  if (gaps.size() > 1) message += fmt::format("; and {} more", gaps.size() - 1);
  return fmt::format("::{} title=mainstay::{}\n", kCommands[kWarning], for_workflow_message(message));
}

}  // namespace

std::string github_annotations(const Report& report, const OutputContext& context) {
  std::array<std::vector<const Finding*>, 3> by_command;
  for (const Finding& finding : report.findings) by_command[command_of(finding.severity)].push_back(&finding);
  const std::vector<std::string> gaps = gaps_of(report);
  std::string out = gaps.empty() ? "" : gap_annotation(gaps);
  for (std::size_t at = 0; at < kCommands.size(); ++at) {
    out += annotations(by_command[at], at, at == kWarning && !gaps.empty() ? kMost - 1 : kMost, context);
  }
  return out;
}

}  // namespace mainstay
