#include "render/terminal_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "graph/facts/facts.h"
#include "render/columns.h"
#include "render/durations.h"

namespace mainstay {
namespace {

constexpr std::size_t kColumns = 6;
using Row = std::array<std::string, kColumns>;
constexpr std::size_t kGap = 3;

bool is_number(std::size_t column) { return column == 2 || column == 3; }

Row cells(const Pen& pen, const EndpointRow& endpoint, bool with_inherent) {
  std::string faults = grouped(endpoint.single_faults.size());
  if (with_inherent && endpoint.inherent_faults > 0) faults += fmt::format(" +{} inherent", grouped(endpoint.inherent_faults));
  return {pen.text(endpoint.name),
          std::string(word(endpoint.role)),
          grouped(endpoint.workloads.size()),
          faults,
          endpoint.lockout ? lockout_in_words({0, endpoint.lockout->most}, endpoint.lockout->complete) : "",
          std::string(word(endpoint.weakest))};
}

/// Which columns are shown, from left to right, and how wide.
struct Layout {
  std::vector<std::size_t> columns;
  std::array<std::size_t, kColumns> width{};
};

/// On a narrow terminal the weakest evidence goes first, then the lock-out time, then the role; what is left of the name is cut last.
Layout layout(const Pen& pen, const std::vector<Row>& rows) {
  constexpr std::size_t kNarrowest = 24;
  Layout out{.columns = {0, 1, 2, 3, 4, 5}};
  for (const Row& row : rows) {
    for (std::size_t at = 0; at < kColumns; ++at) out.width[at] = std::max(out.width[at], display_width(row[at]));
  }
  if (pen.is_pipe()) return out;
  const auto room = [&] {
    std::size_t others = 0;
    for (const std::size_t column : out.columns) others += column == 0 ? 0 : out.width[column] + kGap;
    return pen.width() > others ? pen.width() - others : 0;
  };
  const std::size_t wanted = std::min(out.width[0], kNarrowest);
  if (room() < wanted) out.columns = {0, 1, 2, 3, 4};
  if (room() < wanted) out.columns = {0, 1, 2, 3};
  if (room() < wanted) out.columns = {0, 2, 3};
  out.width[0] = std::min(out.width[0], std::max<std::size_t>(room(), 1));
  return out;
}

/// One row of "what was not understood".
struct Unknown {
  std::uint64_t count = 0;
  std::string what;
  std::string examples;
};

std::string some(const std::vector<std::string>& examples) {
  constexpr std::size_t kShown = 3;
  std::string out;
  for (std::size_t at = 0; at < std::min(kShown, examples.size()); ++at) out += (at == 0 ? "" : ", ") + examples[at];
  return out;
}

std::vector<Unknown> unknowns(const Report& report) {
  std::map<std::pair<SourceState, std::string>, std::vector<std::string>> files;
  for (const SourceEntry& source : report.sources) {
    if (source.state == SourceState::failed || source.state == SourceState::skipped)
      files[{source.state, source.reason}].push_back(source.file);
  }
  std::vector<Unknown> out;
  for (const SourceState state : {SourceState::failed, SourceState::skipped}) {
    for (const auto& [key, names] : files) {
      if (key.first != state) continue;
      out.push_back(
          {names.size(),
           fmt::format("{} {}{}{}", names.size() == 1 ? "file" : "files", word(state), key.second.empty() ? "" : ": ", key.second),
           some(names)});
    }
  }
  if (report.diagnostics_dropped > 0) out.push_back({report.diagnostics_dropped, "diagnostics past the limit, not kept", ""});
  for (const Undecided& one : report.undecided) out.push_back({one.count, one.what + ": " + one.why, some(one.examples)});
  return out;
}

}  // namespace

void append_endpoints(const Pen& pen, const std::vector<EndpointRow>& endpoints, bool all, std::vector<std::string>& lines) {
  constexpr std::size_t kShown = 8;
  if (endpoints.empty()) return;
  const std::size_t count = all ? endpoints.size() : std::min(kShown, endpoints.size());
  std::vector<Row> rows = {{"IDENTITY ENDPOINT", "ROLE", "WORKLOADS", "SINGLE FAULTS", "LOCKOUT AFTER", "WEAKEST EVIDENCE"}};
  for (std::size_t at = 0; at < count; ++at) rows.push_back(cells(pen, endpoints[at], all));
  const Layout shape = layout(pen, rows);
  lines.push_back("");
  for (const Row& row : rows) {
    std::string line;
    for (const std::size_t at : shape.columns) {
      const std::string cell = pen.cut_to_column(row[at], shape.width[at]);
      line += (at == 0 ? std::string() : std::string(kGap, ' ')) +
              (is_number(at) ? right_aligned(cell, shape.width[at]) : left_aligned(cell, shape.width[at]));
    }
    lines.push_back(&row == &rows[0] ? pen.bold(line) : line);
  }
  if (count < endpoints.size()) lines.push_back(pen.text(fmt::format("{} more → mainstay scan --all-endpoints", endpoints.size() - count)));
}

void append_not_understood(const Pen& pen, const Report& report, bool all, std::vector<std::string>& lines) {
  constexpr std::size_t kShown = 5;
  const std::vector<Unknown> rows = unknowns(report);
  if (rows.empty()) return;
  const std::size_t count = all ? rows.size() : std::min(kShown, rows.size());
  std::size_t digits = 0;
  for (std::size_t at = 0; at < count; ++at) digits = std::max(digits, grouped(rows[at].count).size());
  lines.push_back("");
  lines.push_back(pen.bold("NOT UNDERSTOOD"));
  for (std::size_t at = 0; at < count; ++at) {
    const std::string number = right_aligned(grouped(rows[at].count), digits);
    const std::string words = rows[at].what + (rows[at].examples.empty() ? "" : "   " + rows[at].examples);
    lines.push_back(fmt::format("  {}  {}", number, pen.cut(pen.text(words), 4 + digits)));
  }
  if (count < rows.size()) lines.push_back(pen.text(fmt::format("  {} more → mainstay scan --errors", rows.size() - count)));
}

void append_suppressed(const Pen& pen, const Report& report, bool all, std::vector<std::string>& lines) {
  constexpr std::size_t kShown = 5;
  const std::vector<Finding>& findings = report.suppressed;
  if (findings.empty()) return;
  const std::size_t count = all ? findings.size() : std::min(kShown, findings.size());
  lines.push_back("");
  lines.push_back(pen.bold(fmt::format("SUPPRESSED {}", grouped(findings.size()))));
  for (std::size_t at = 0; at < count; ++at) {
    const Finding& finding = findings[at];
    const Suppression& why = *finding.suppression;
    const std::string until = why.until.empty() ? "without end" : "until " + why.until;
    const std::string place = why.place.file.empty() ? "" : fmt::format("   {}:{}", why.place.file, why.place.line);
    const std::string words = fmt::format("{}   {}, {}: {}{}", finding.rule, word(why.kind), until, why.reason, place);
    lines.push_back(
        fmt::format("  {}  {}", pen.in_colour_of(finding.severity, std::string(1, letter(finding.severity))), pen.cut(pen.text(words), 5)));
  }
  if (count < findings.size())
    lines.push_back(pen.text(fmt::format("  {} more → mainstay scan --min {}", findings.size() - count, word(findings.back().severity))));
}

void append_next(const Pen& pen, const Report& report, const std::string& id, std::vector<std::string>& lines) {
  if (report.findings.empty() && report.endpoints.empty()) return;
  lines.push_back("");
  std::string next = "next: ";
  if (!report.findings.empty()) next += fmt::format("mainstay explain {}    ", pen.text(id));
  lines.push_back(pen.faint(pen.cut(next + "mainstay graph -o map.svg    mainstay whatif --down NODE --who")));
}

}  // namespace mainstay
