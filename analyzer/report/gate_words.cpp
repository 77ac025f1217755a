#include "analyzer/report/gate_words.h"

#include <fmt/format.h>

#include "analyzer/rules/rule.h"

namespace mainstay {
namespace {

std::string in_words(const GateThreshold& threshold) {
  if (!threshold.least) return "asked for";
  return fmt::format("{}at or above {}", threshold.only_new ? "new or worse " : "", word(*threshold.least));
}

}  // namespace

std::vector<std::string> endpoint_lines(const GateReport& report) {
  std::vector<std::string> lines;
  lines.reserve(report.comparison.endpoints.size() + report.comparison.cannot_start.size());
  for (const EndpointChange& one : report.comparison.endpoints) {
    std::string line = fmt::format("{} ({})   single faults {} → {}   workloads {} → {}", one.name, word(one.role), one.faults_before,
                                   one.faults_after, one.workloads_before, one.workloads_after);
    if (!one.gained.empty()) line += fmt::format("   now also {}", fmt::join(one.gained, ", "));
    if (!one.lost.empty()) line += fmt::format("   no more {}", fmt::join(one.lost, ", "));
    lines.push_back(std::move(line));
  }
  for (const std::string& one : report.comparison.cannot_start)
    lines.push_back(one + "   cannot start any more when everything starts at once");
  return lines;
}

std::string verdict_line(const GateReport& report) {
  const std::string threshold = in_words(report.threshold);
  switch (verdict_of(report)) {
    case Verdict::pass: return fmt::format("PASS  nothing {}", threshold);
    case Verdict::unknown:
      return fmt::format("UNKNOWN  nothing {}, but {} could not be evaluated: nobody can say \"safe\"", threshold,
                         how_many(report.not_evaluated.size(), "file"));
    case Verdict::fail: break;
  }
  const std::size_t out = report.locked_out.size();
  const std::string who = out == 0 ? "" : how_many(out, "workload") + " locked out; ";
  return fmt::format("FAIL  {}{} {}", who, report.counted - out, threshold);
}

}  // namespace mainstay
