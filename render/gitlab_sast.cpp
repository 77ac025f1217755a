#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "render/escape.h"
#include "render/finding_text.h"
#include "render/json_parts.h"
#include "render/name_uuid.h"
#include "render/report_output.h"
#include "render/version.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostName = 255;
constexpr std::size_t kMostSolution = 7000;
constexpr std::size_t kMostDescription = 1'048'576;
constexpr std::size_t kMostEvidence = 50;
constexpr std::size_t kMostMessages = 100;

const char* severity_word(Severity severity) {
  switch (severity) {
    case Severity::info: return "Info";
    case Severity::low: return "Low";
    case Severity::medium: return "Medium";
    case Severity::high: return "High";
    case Severity::critical: break;
  }
  return "Critical";
}

/// UTC without a zone, as the schema demands it.
std::string time_of(std::int64_t seconds) {
  using namespace std::chrono;
  const sys_seconds at{std::chrono::seconds(seconds)};
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

Json identifiers(const Finding& finding, const RuleRow* rule) {
  const std::string name = for_terminal(finding.rule);
  Json out = {{{"type", "mainstay_rule"}, {"name", "mainstay " + name}, {"value", name}}};
  if (rule == nullptr) return out;
  for (const Control& control : rule->controls) {
    const std::string value = for_terminal(control.id.empty() ? control.title : control.id);
    out.push_back({{"type", "control"}, {"name", for_terminal(control.framework + ": ") + value}, {"value", value}});
  }
  return out;
}

Json file_location(const Spot& spot) {
  return {{"type", "file-location"}, {"file_name", spot.path}, {"line_start", spot.line}, {"line_end", spot.line}};
}

Json details(const Finding& finding, const OutputContext& context) {
  Json items = Json::array();
  for (std::size_t at = 0; at < std::min(kMostEvidence, finding.evidence.size()); ++at) {
    const Evidence& one = finding.evidence[at];
    if (const std::optional<Spot> spot = spot_of(one, context)) items.push_back(file_location(*spot));
    items.push_back({{"type", "text"}, {"value", for_terminal(words_of(one))}});
  }
  if (finding.evidence.size() > kMostEvidence)
    items.push_back({{"type", "text"}, {"value", fmt::format("and {} more", finding.evidence.size() - kMostEvidence)}});
  Json out = {{"evidence", {{"name", "Evidence"}, {"type", "list"}, {"items", items}}},
              {"confidence", {{"name", "Confidence"}, {"type", "text"}, {"value", word(finding.confidence)}}}};
  if (!finding.arithmetic.empty())
    out["arithmetic"] = {{"name", "Arithmetic"}, {"type", "text"}, {"value", for_terminal(finding.arithmetic)}};
  return out;
}

/// GitLab reads descriptions as Markdown.
std::string description(const Finding& finding, const RuleRow* rule) {
  std::string out = for_markdown(sentence(finding.message));
  if (const std::string affected = affected_as_markdown(finding, 20); !affected.empty()) out += "\n\n" + affected;
  if (rule != nullptr && !rule->why.empty()) out += "\n\n" + for_markdown(sentence(rule->why));
  return cut_octets(out, kMostDescription);
}

Json vulnerability(const Report& report, const Finding& finding, const OutputContext& context) {
  const RuleRow* rule = rule_of(report, finding.rule);
  const Spot spot = spot_of(finding, context);
  const std::string name = rule == nullptr || rule->summary.empty() ? finding.rule : rule->summary;
  const Json signature = {{"algorithm", "hash"}, {"value", finding.id}};
  return {{"id", name_uuid(finding.id)},
          {"name", cut_octets(for_terminal(name), kMostName)},
          {"description", description(finding, rule)},
          {"severity", severity_word(finding.severity)},
          {"solution", cut_octets(for_terminal(sentence(finding.fix)), kMostSolution)},
          {"identifiers", identifiers(finding, rule)},
          {"location", {{"file", spot.path}, {"start_line", spot.line}, {"end_line", spot.line}}},
          {"tracking",
           {{"type", "source"},
            {"items", {{{"file", spot.path}, {"start_line", spot.line}, {"end_line", spot.line}, {"signatures", {signature}}}}}}},
          {"details", details(finding, context)}};
}

Json messages(const Report& report) {
  Json out = Json::array();
  const std::vector<std::string> gaps = gaps_of(report);
  for (std::size_t at = 0; at < std::min(kMostMessages, gaps.size()); ++at) {
    out.push_back({{"level", "warn"}, {"value", "not read: " + for_terminal(gaps[at])}});
  }
  if (gaps.size() > kMostMessages)
    out.push_back({{"level", "warn"}, {"value", fmt::format("not read: {} more parts", gaps.size() - kMostMessages)}});
  if (!report.suppressed.empty())
    out.push_back({{"level", "info"}, {"value", fmt::format("{} suppressed findings are not in this report", report.suppressed.size())}});
  return out;
}

Json program() { return {{"id", "mainstay"}, {"name", "mainstay"}, {"version", version()}, {"vendor", {{"name", "mainstay"}}}}; }

}  // namespace

/// Source: GitLab's security report schemas, SAST 15.2.1.
std::string gitlab_sast(const Report& report, const OutputContext& context) {
  Json vulnerabilities = Json::array();
  for (const Finding& finding : report.findings) vulnerabilities.push_back(vulnerability(report, finding, context));
  const std::string time = time_of(context.now);
  return printed({{"version", "15.2.1"},
                  {"scan",
                   {{"analyzer", program()},
                    {"scanner", program()},
                    {"type", "sast"},
                    {"start_time", time},
                    {"end_time", time},
                    {"status", "success"},
                    {"messages", messages(report)}}},
                  {"vulnerabilities", std::move(vulnerabilities)}});
}

}  // namespace mainstay
