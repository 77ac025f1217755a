#include "render/json.h"

#include <array>
#include <map>
#include <utility>

#include "render/json_object.h"
#include "render/json_parts.h"
#include "render/version.h"

namespace mainstay {
namespace {

constexpr const char* kSchema = "mainstay.scan/1";

std::size_t files_in(const Report& report, SourceState state) {
  std::size_t count = 0;
  for (const SourceEntry& source : report.sources) count += source.state == state ? 1 : 0;
  return count;
}

std::uint64_t octets_read(const Report& report) {
  std::uint64_t octets = 0;
  for (const SourceEntry& source : report.sources) octets += source.state == SourceState::read ? source.octets : 0;
  return octets;
}

const JsonObject<Report>& header_object() {
  static const JsonObject<Report> object{
      "mainstay",
      "What wrote the document.",
      {{"version", text_schema(), "Version of the program.", [](const Report&) { return Json(version()); }},
       {"schema", {{"const", kSchema}}, "Name and number of this schema.", [](const Report&) { return Json(kSchema); }}}};
  return object;
}

template <Severity severity>
Json findings_of(const Report& report) {
  std::size_t count = 0;
  for (const Finding& finding : report.findings) count += finding.severity == severity ? 1 : 0;
  return count;
}

const JsonObject<Report>& severities_object() {
  static const JsonObject<Report> object{"severities",
                                         "How many findings there are of each severity.",
                                         {{"critical", count_schema(), "Critical findings.", findings_of<Severity::critical>},
                                          {"high", count_schema(), "High findings.", findings_of<Severity::high>},
                                          {"medium", count_schema(), "Medium findings.", findings_of<Severity::medium>},
                                          {"low", count_schema(), "Low findings.", findings_of<Severity::low>},
                                          {"info", count_schema(), "Findings that only inform.", findings_of<Severity::info>}}};
  return object;
}

/// Files read by each format, by name.
Json formats(const Report& report) {
  std::map<std::string, std::size_t> counts;
  for (const SourceEntry& source : report.sources) {
    if (source.state == SourceState::read) ++counts[source.format];
  }
  Json out = Json::array();
  for (const auto& [format, files] : counts) out.push_back({{"format", format}, {"files", files}});
  return out;
}

Json formats_schema() {
  return list_schema({{"type", "object"},
                      {"required", {"format", "files"}},
                      {"properties", {{"format", text_schema()}, {"files", count_schema()}}},
                      {"additionalProperties", false}});
}

const JsonObject<Report>& summary_object() {
  using T = Report;
  static const JsonObject<T> object{
      "summary",
      "The scan in numbers.",
      {{"roots", list_schema(text_schema()), "What was scanned, as given.", [](const T& report) { return Json(report.roots); }},
       {"logs", list_schema(text_schema()), "Query logs that were read.", [](const T& report) { return Json(report.logs); }},
       {"files", count_schema(), "Files that the walk met.", [](const T& report) { return Json(report.sources.size()); }},
       {"octets", count_schema(), "Octets in the files that were read.", [](const T& report) { return Json(octets_read(report)); }},
       {"formats", formats_schema(), "Files read by each format.", formats},
       {"endpoints", count_schema(), "Identity endpoints.", [](const T& report) { return Json(report.endpoints.size()); }},
       {"workloads", count_schema(), "Workloads.", [](const T& report) { return Json(report.workloads.size()); }},
       {"findings", ref_schema("severities"), "Findings by severity.", [](const T& report) { return severities_object().write(report); }},
       {"suppressed", count_schema(), "Findings that somebody decided to live with.",
        [](const T& report) { return Json(report.suppressed.size()); }},
       {"diagnostics_dropped", count_schema(), "Diagnostics past the limit of a file, not kept.",
        [](const T& report) { return Json(report.diagnostics_dropped); }}}};
  return object;
}

template <SourceState state>
Json files_of(const Report& report) {
  return files_in(report, state);
}

const JsonObject<Report>& totals_object() {
  static const JsonObject<Report> object{"totals",
                                         "How many files met each fate.",
                                         {{"read", count_schema(), "Read by a format.", files_of<SourceState::read>},
                                          {"not_ours", count_schema(), "No format claims them.", files_of<SourceState::not_ours>},
                                          {"skipped", count_schema(), "Left out on purpose.", files_of<SourceState::skipped>},
                                          {"failed", count_schema(), "Could not be read.", files_of<SourceState::failed>}}};
  return object;
}

const JsonObject<Report>& sources_object() {
  static const JsonObject<Report> object{
      "sources",
      "Every file of the tree.",
      {{"files", list_schema(ref_schema("source")), "One entry for each file.",
        [](const Report& report) { return written(source_object(), report.sources); }},
       {"totals", ref_schema("totals"), "The same, counted.", [](const Report& report) { return totals_object().write(report); }}}};
  return object;
}

const JsonObject<Report>& report_object() {
  using T = Report;
  static const JsonObject<T> object{
      "report",
      "One scan.",
      {{"mainstay", ref_schema("mainstay"), "What wrote the document.", [](const T& report) { return header_object().write(report); }},
       {"summary", ref_schema("summary"), "The scan in numbers.", [](const T& report) { return summary_object().write(report); }},
       {"endpoints", list_schema(ref_schema("endpoint")), "Identity endpoints, most workloads first.",
        [](const T& report) { return written(endpoint_object(), report.endpoints); }},
       {"workloads", list_schema(ref_schema("workload")), "What authenticates.",
        [](const T& report) { return written(workload_object(), report.workloads); }},
       {"resolvers", list_schema(ref_schema("resolver")), "DNS servers that somebody asks.",
        [](const T& report) { return written(resolver_object(), report.resolvers); }},
       {"zones", list_schema(ref_schema("zone")), "DNS zones.", [](const T& report) { return written(zone_object(), report.zones); }},
       {"findings", list_schema(ref_schema("finding")), "Findings, worst first.",
        [](const T& report) { return written(finding_object(), report.findings); }},
       {"suppressed", list_schema(ref_schema("finding")), "Findings that somebody decided to live with, in the same order.",
        [](const T& report) { return written(finding_object(), report.suppressed); }},
       {"rules", list_schema(ref_schema("rule")), "Every rule that was asked, by name.",
        [](const T& report) { return written(rule_object(), report.rules); }},
       {"sources", ref_schema("sources"), "Every file of the tree.", [](const T& report) { return sources_object().write(report); }},
       {"diagnostics", list_schema(ref_schema("diagnostic")), "Problems of the input.",
        [](const T& report) { return written(diagnostic_object(), report.diagnostics); }},
       {"undecided", list_schema(ref_schema("undecided")), "What could not be decided.",
        [](const T& report) { return written(undecided_object(), report.undecided); }}}};
  return object;
}

}  // namespace

std::string json(const Report& report) { return printed(report_object().write(report)); }

std::string scan_schema() {
  Json schema = document_schema(std::string("Mainstay scan report, ") + kSchema, report_object());
  Json& definitions = schema["$defs"];
  define(definitions, header_object());
  define(definitions, summary_object());
  define(definitions, severities_object());
  define(definitions, endpoint_object());
  define(definitions, lockout_object());
  define(definitions, hold_object());
  define(definitions, name_object());
  define(definitions, workload_object());
  define(definitions, resolver_object());
  define(definitions, zone_object());
  define(definitions, finding_object());
  define(definitions, subject_object());
  define(definitions, suppression_object());
  define(definitions, rule_object());
  define(definitions, control_object());
  definitions["evidence"] = evidence_schema();
  define(definitions, sources_object());
  define(definitions, source_object());
  define(definitions, totals_object());
  define(definitions, diagnostic_object());
  define(definitions, undecided_object());
  return printed(schema);
}

}  // namespace mainstay
