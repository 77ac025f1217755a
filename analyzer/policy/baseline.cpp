#include "analyzer/policy/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "ingest/source/source.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {
namespace {

constexpr std::string_view kSchema = "mainstay.baseline/1";

/// True when everything that the finding takes away was taken away then, and it is no worse.
bool is_known(const Finding& finding, const KnownFinding& known) {
  return finding.severity <= known.severity &&
         std::includes(known.affected.begin(), known.affected.end(), finding.affected.begin(), finding.affected.end());
}

}  // namespace

Result<Baseline> read_baseline(const std::string& path, std::vector<Diagnostic>& problems) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{path + " cannot be opened"};
  const Source source(path, std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>()));
  if (in.bad()) return Error{path + " cannot be read"};
  Diagnostics said;
  const YamlStream stream = read_json(source, SourceId{}, said);
  if (said.has_errors() || stream.documents().empty() || (*stream.documents()[0])["schema"].text_or("") != kSchema)
    return Error{path + " is no baseline: `mainstay scan --write-baseline FILE` writes one"};
  Baseline out{.file = path, .findings = {}};
  for (const YamlNode* row : (*stream.documents()[0])["findings"].children) {
    const std::optional<Severity> severity = severity_of((*row)["severity"].text_or(""));
    const std::string id((*row)["id"].text_or(""));
    if (!severity || id.empty()) {
      said.error(source, row->where, "a row needs an id and a severity", "write the baseline again with --write-baseline");
      continue;
    }
    KnownFinding known{.severity = *severity, .affected = {}, .line = source.place(row->where.begin, row->where.end).line};
    for (const YamlNode* one : (*row)["affected"].children) known.affected.emplace_back(one->text);
    std::sort(known.affected.begin(), known.affected.end());
    out.findings.insert_or_assign(id, std::move(known));
  }
  problems.insert(problems.end(), said.all().begin(), said.all().end());
  return out;
}

std::string baseline_of(const Report& report) {
  std::map<std::string, std::string> rows;
  const auto add = [&](const Finding& one) {
    const nlohmann::ordered_json row = {{"id", one.id}, {"rule", one.rule}, {"severity", word(one.severity)}, {"affected", one.affected}};
    rows[one.id] = row.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
  };
  for (const Finding& one : report.findings) add(one);
  for (const Finding& one : report.suppressed) {
    if (one.suppression->kind == SuppressionKind::baseline) add(one);
  }
  std::string out = fmt::format("{{\"schema\": \"{}\", \"findings\": [", kSchema);
  std::string_view between = "\n";
  for (const auto& [id, row] : rows) {
    out += fmt::format("{}{}", between, row);
    between = ",\n";
  }
  return out + "\n]}\n";
}

void suppress_known(const Baseline& baseline, Report& report) {
  std::set<std::string_view> seen;
  std::vector<Finding> kept;
  for (const Finding& one : report.suppressed) seen.insert(one.id);
  for (Finding& finding : report.findings) {
    const auto known = baseline.findings.find(finding.id);
    if (known != baseline.findings.end()) seen.insert(known->first);
    if (known != baseline.findings.end() && is_known(finding, known->second)) {
      finding.suppression = Suppression{.kind = SuppressionKind::baseline,
                                        .reason = "known when the baseline was written",
                                        .until = "",
                                        .place = {.file = baseline.file, .line = known->second.line}};
      report.suppressed.push_back(std::move(finding));
    } else {
      kept.push_back(std::move(finding));
    }
  }
  const auto gone =
      std::count_if(baseline.findings.begin(), baseline.findings.end(), [&](const auto& one) { return !seen.contains(one.first); });
  report.findings = std::move(kept);
  if (gone > 0) {
    report.diagnostics.push_back({{.file = baseline.file},
                                  DiagnosticSeverity::note,
                                  fmt::format("{} of the baseline's findings {} gone", gone, gone == 1 ? "is" : "are"),
                                  "write the baseline again with --write-baseline, so that they cannot come back unnoticed"});
  }
}

}  // namespace mainstay
