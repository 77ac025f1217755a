#include "render/escape.h"
#include "render/finding_text.h"
#include "render/json_parts.h"
#include "render/report_output.h"

namespace mainstay {
namespace {

const char* quality_word(Severity severity) {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::low: return "minor";
    case Severity::medium: return "major";
    case Severity::high: return "critical";
    case Severity::critical: break;
  }
  return "blocker";
}

}  // namespace

/// Source: GitLab Docs, Code Quality, "Code Quality report format".
std::string gitlab_code_quality(const Report& report, const OutputContext& context) {
  Json out = Json::array();
  for (const Finding& finding : report.findings) {
    const Spot spot = spot_of(finding, context);
    std::string description = sentence(finding.message);
    if (!finding.fix.empty()) description += " Fix: " + sentence(finding.fix);
    out.push_back({{"description", for_terminal(description)},
                   {"check_name", for_terminal(finding.rule)},
                   {"fingerprint", finding.id},
                   {"severity", quality_word(finding.severity)},
                   {"location", {{"path", spot.path}, {"lines", {{"begin", spot.line}}}}}});
  }
  return printed(out);
}

}  // namespace mainstay
