#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "render/columns.h"
#include "render/pen.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

constexpr std::size_t kIndent = 5;
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

/// "zone corp.example, server 10.9.9.1 and 4 more".
std::string named(const std::vector<Subject>& subjects, std::size_t max) {
  std::string out;
  for (std::size_t at = 0; at < std::min(max, subjects.size()); ++at) {
    out += fmt::format("{}{} {}", at == 0 ? "" : ", ", subjects[at].kind, subjects[at].name);
  }
  if (subjects.size() > max) out += fmt::format(" and {} more", subjects.size() - max);
  return out;
}

/// One indented line "label: words", broken where it is too long; nothing when there are no words.
void append_labelled(const Pen& pen, std::string_view label, std::string_view words, std::vector<std::string>& lines) {
  if (words.empty()) return;
  const std::string head = fmt::format("{}:", label);
  pen.paragraph(
      {.text = head + " " + pen.text(words), .head = head, .indent = kIndent, .hanging = kIndent + 2, .max_lines = kAll},
      [&](const std::string& text) { return pen.faint(text); }, lines);
}

void append_title(const Pen& pen, const Finding& finding, std::size_t max_lines, std::vector<std::string>& lines) {
  const std::string head = fmt::format("{}  {}", letter(finding.severity), pen.text(finding.rule));
  pen.paragraph(
      {.text = head + "   " + pen.text(finding.message),
       .head = head,
       .right = finding.affected.empty() ? "" : counted(finding.affected.size(), "workload"),
       .hanging = kIndent,
       .max_lines = max_lines},
      [&](const std::string& text) { return pen.in_colour_of(finding.severity, text); }, lines);
}

void append_list(const Pen& pen, std::string_view title, const std::vector<std::string>& items, std::vector<std::string>& lines) {
  if (items.empty()) return;
  lines.push_back("");
  lines.push_back(pen.bold(title));
  for (const std::string& item : items) lines.push_back("  " + pen.cut(pen.text(item), 2));
}

std::vector<std::string> names(const std::vector<Subject>& subjects) {
  std::vector<std::string> out;
  for (const Subject& subject : subjects) out.push_back(subject.kind + " " + subject.name);
  return out;
}

std::string caret_line(const Pen& pen, const Diagnostic& diagnostic) {
  const std::string_view line = diagnostic.where.text;
  const std::size_t begin = diagnostic.caret - 1;
  const std::size_t length = std::min<std::size_t>(diagnostic.where.length, line.size() - begin);
  const std::size_t before = display_width(pen.text(line.substr(0, begin)));
  const std::size_t marked = std::max<std::size_t>(1, display_width(pen.text(line.substr(begin, length))));
  return std::string(before, ' ') + "^" + std::string(marked - 1, '~');
}

}  // namespace

void append_finding(const Pen& pen, const Finding& finding, const FindingLines& how, std::vector<std::string>& lines) {
  constexpr std::size_t kNamed = 3;
  append_title(pen, finding, 3, lines);
  pen.reasons(finding.evidence, how.max_evidence, lines);
  if (!finding.same_blast.empty()) append_labelled(pen, "same blast, not listed again", named(finding.same_blast, kNamed), lines);
  append_labelled(pen, "arithmetic", finding.arithmetic, lines);
  const std::size_t hidden = finding.evidence.size() > how.max_evidence ? finding.evidence.size() - how.max_evidence : 0;
  const std::string right = hidden == 0 ? "explain " + how.short_id : fmt::format("+{} evidence, explain {}", hidden, how.short_id);
  const std::string head = finding.fix.empty() ? "" : "fix:";
  pen.paragraph(
      {.text = head.empty() ? "" : head + " " + pen.text(finding.fix),
       .head = head,
       .right = pen.text(right),
       .indent = kIndent,
       .hanging = kIndent + 2},
      [&](const std::string& text) { return pen.bold(text); }, lines);
}

std::string terminal_finding(const Finding& finding, const TerminalStyle& style) {
  const Pen pen(style);
  std::vector<std::string> lines;
  append_title(pen, finding, kAll, lines);
  append_labelled(pen, "confidence", word(finding.confidence), lines);
  append_labelled(pen, "arithmetic", finding.arithmetic, lines);
  append_labelled(pen, "fix", finding.fix, lines);
  append_labelled(pen, "id", finding.id, lines);
  append_labelled(pen, "owners", fmt::format("{}", fmt::join(finding.owners, ", ")), lines);
  if (finding.suppression) {
    const Suppression& why = *finding.suppression;
    const std::string until = why.until.empty() ? "" : fmt::format(" until {}", why.until);
    append_labelled(pen, "suppressed", fmt::format("{}{}: {} ({}:{})", word(why.kind), until, why.reason, why.place.file, why.place.line),
                    lines);
  }
  append_list(pen, "ABOUT", names(finding.subjects), lines);
  if (!finding.evidence.empty()) {
    lines.push_back("");
    lines.push_back(pen.bold("EVIDENCE"));
    pen.reasons(finding.evidence, Pen::kEveryReason, lines);
  }
  append_list(pen, "SAME BLAST, NOT LISTED AGAIN", names(finding.same_blast), lines);
  append_list(pen, "WORKLOADS", finding.affected, lines);
  return joined(lines);
}

std::string terminal_diagnostic(const Diagnostic& diagnostic, const TerminalStyle& style) {
  const Pen pen(style);
  const Place& where = diagnostic.where;
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{} {} {}", pen.bold(fmt::format("{}:{}:{}:", pen.text(where.file), where.line, where.column)),
                              pen.in_colour_of(diagnostic.severity, fmt::format("{}:", word(diagnostic.severity))),
                              pen.text(diagnostic.message)));
  if (!where.text.empty()) {
    lines.push_back("  " + pen.text(where.text));
    if (diagnostic.caret > 0 && diagnostic.caret <= where.text.size()) {
      lines.push_back("  " + pen.in_colour_of(diagnostic.severity, caret_line(pen, diagnostic)));
    }
  }
  if (!diagnostic.hint.empty()) lines.push_back("  hint: " + pen.text(diagnostic.hint));
  return joined(lines);
}

}  // namespace mainstay
