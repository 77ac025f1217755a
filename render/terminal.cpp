#include "render/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>

#include "render/columns.h"
#include "render/durations.h"
#include "render/pen.h"
#include "render/terminal_sections.h"
#include "render/version.h"

namespace mainstay {
namespace {

constexpr std::size_t kScreen = 40;  // lines of a first screen

std::string octets(std::uint64_t number) {
  constexpr std::array<std::string_view, 5> kUnits = {"kB", "MB", "GB", "TB", "PB"};
  if (number < 1000) return counted(number, "octet");
  double size = static_cast<double>(number) / 1000;
  std::size_t unit = 0;
  for (; size >= 999.95 && unit + 1 < kUnits.size(); ++unit) size /= 1000;
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

/// "terraform 812 · kubernetes 603 · not ours 162", most files first.
std::string by_format(const Report& report) {
  constexpr std::size_t kShown = 12;
  std::map<std::string, std::size_t> counts;
  std::size_t not_ours = 0;
  for (const SourceEntry& source : report.sources) {
    if (source.state == SourceState::not_ours) ++not_ours;
    if (source.state == SourceState::read) ++counts[source.format];
  }
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : " · ") + part; };
  for (std::size_t at = 0; at < std::min(kShown, sorted.size()); ++at) {
    add(fmt::format("{} {}", sorted[at].first, grouped(sorted[at].second)));
  }
  if (sorted.size() > kShown) add(counted(sorted.size() - kShown, "more format"));
  if (!report.logs.empty()) add(counted(report.logs.size(), "query log"));
  if (not_ours > 0) add("not ours " + grouped(not_ours));
  return out;
}

void append_head(const Pen& pen, const Report& report, std::vector<std::string>& lines) {
  std::size_t read = 0;
  std::size_t ours = 0;
  std::uint64_t size = 0;
  std::vector<std::string> faulty;
  for (const SourceEntry& source : report.sources) {
    if (source.state == SourceState::read) {
      ++read;
      size += source.octets;
    }
    if (source.state == SourceState::read || source.state == SourceState::failed) ++ours;
    if (source.errors > 0 || source.state == SourceState::failed) faulty.push_back(source.file);
  }
  lines.push_back(fmt::format("{}   {}, {} read      0 network calls", pen.bold(fmt::format("mainstay {}", version())),
                              counted(report.sources.size(), "file"), octets(size)));
  for (const SnapshotSource& one : report.snapshots) {
    const std::string age = !one.age ? "of unknown age" : *one.age == 0 ? "new" : seconds_in_words(*one.age) + " old";
    lines.push_back("  " + pen.cut(pen.text(fmt::format("snapshot {}, {} ({}), mainstay {}", one.file, one.created, age, one.version)), 2));
  }
  const auto unpainted = [](const std::string& text) { return text; };
  if (const std::string formats = by_format(report); !formats.empty()) {
    pen.paragraph({.text = pen.text(formats), .indent = 2, .hanging = 2}, unpainted, lines);
  }
  if (ours == 0) return;
  std::string parsed = fmt::format("parsed {} of {}", grouped(read), grouped(ours));
  if (faulty.size() == 1) parsed += fmt::format("    with errors: {}", faulty[0]);
  if (faulty.size() > 1) parsed += fmt::format("    {} with errors → mainstay scan --errors", grouped(faulty.size()));
  const auto& problems = report.diagnostics;
  const auto warnings = static_cast<std::size_t>(
      std::count_if(problems.begin(), problems.end(), [](const Diagnostic& one) { return one.severity == DiagnosticSeverity::warning; }));
  if (warnings > 0) parsed += fmt::format("    {} → mainstay scan --errors", counted(warnings, "warning"));
  lines.push_back("  " + pen.cut(pen.text(parsed), 2));
}

/// The fewest digits, at least four, that tell every finding from the others.
std::size_t short_id_length(const std::vector<Finding>& findings) {
  std::vector<std::string_view> ids;
  for (const Finding& finding : findings) ids.push_back(finding.id);
  std::sort(ids.begin(), ids.end());
  std::size_t length = 4;
  for (std::size_t at = 1; at < ids.size(); ++at) {
    const auto [left, right] = std::mismatch(ids[at - 1].begin(), ids[at - 1].end(), ids[at].begin(), ids[at].end());
    if (left != ids[at - 1].end() && right != ids[at].end())
      length = std::max(length, static_cast<std::size_t>(right - ids[at].begin()) + 1);
  }
  return length;
}

using Counts = std::array<std::size_t, 5>;

/// "6 high, 17 medium", worst first.
std::string counts_in_words(const Counts& counts) {
  std::string out;
  for (std::size_t at = counts.size(); at-- > 0;) {
    if (counts[at] > 0)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", grouped(counts[at]), word(Severity(static_cast<std::uint8_t>(at))));
  }
  return out;
}

/// "CRITICAL 4   HIGH 7".
std::string severity_totals(const Pen& pen, const std::vector<Finding>& findings) {
  Counts counts{};
  for (const Finding& finding : findings) ++counts[static_cast<std::size_t>(finding.severity)];
  std::string out;
  for (std::size_t at = counts.size(); at-- > 0;) {
    if (counts[at] == 0) continue;
    const Severity severity = Severity(static_cast<std::uint8_t>(at));
    std::string name(word(severity));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    out += fmt::format("{}{} {}", out.empty() ? "" : "   ", pen.in_colour_of(severity, name), grouped(counts[at]));
  }
  return out.empty() ? "no findings" : out;
}

/// What stands below the list: how many findings it leaves out, and how to see them.
std::string left_out(const std::vector<Finding>& findings, std::size_t shown, std::optional<Severity> min) {
  if (shown == findings.size()) return {};
  Counts counts{};
  Severity worst = Severity::info;
  for (std::size_t at = shown; at < findings.size(); ++at) {
    ++counts[static_cast<std::size_t>(findings[at].severity)];
    worst = std::max(worst, findings[at].severity);
  }
  return fmt::format("{}: {} → mainstay scan --min {}", min ? "less severe, not listed" : "more", counts_in_words(counts), word(worst));
}

/// Lists findings until the screen is full, or down to the severity that was asked for.
void append_findings(const Pen& pen, const Report& report, const std::optional<Severity>& min, std::size_t room,
                     std::vector<std::string>& lines) {
  const std::size_t id_length = short_id_length(report.findings);
  const std::size_t begin = lines.size();
  std::size_t shown = 0;
  for (const Finding& finding : report.findings) {
    if (min && finding.severity < *min) break;
    std::vector<std::string> block;
    append_finding(pen, finding, {.short_id = finding.id.substr(0, id_length), .max_evidence = min ? std::size_t{3} : std::size_t{2}},
                   block);
    if (!min && shown > 0 && lines.size() - begin + block.size() > room) break;
    lines.insert(lines.end(), block.begin(), block.end());
    ++shown;
  }
  if (const std::string more = left_out(report.findings, shown, min); !more.empty()) lines.push_back(pen.text(more));
}

}  // namespace

std::string terminal(const Report& report, const TerminalStyle& style) {
  const Pen pen(style);
  std::vector<std::string> lines;
  append_head(pen, report, lines);
  append_endpoints(pen, report.endpoints, style.all_endpoints, lines);
  lines.push_back("");
  lines.push_back(severity_totals(pen, report.findings));

  std::vector<std::string> tail;
  append_suppressed(pen, report, style.min.has_value(), tail);
  append_not_understood(pen, report, style.min.has_value(), tail);
  const std::size_t id_length = short_id_length(report.findings);
  append_next(pen, report, report.findings.empty() ? "" : report.findings[0].id.substr(0, id_length), tail);
  if (!report.findings.empty()) {
    lines.push_back("");
    const std::size_t used = lines.size() + tail.size() + 1;
    append_findings(pen, report, style.min, kScreen > used ? kScreen - used : 0, lines);
  }
  lines.insert(lines.end(), tail.begin(), tail.end());
  return joined(lines);
}

}  // namespace mainstay
