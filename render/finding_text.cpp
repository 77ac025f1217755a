#include "render/finding_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "render/columns.h"
#include "render/escape.h"
#include "render/pen.h"

namespace mainstay {
namespace {

/// Where the line does not stand in the tree any more, columns are those of the excerpt: octets, which are characters in most lines.
Spot spot_in_tree(const Place& place, const OutputContext& context) {
  Spot spot{.path = context.prefix + place.file, .line = std::max(place.line, 1u), .text = place.text};
  spot.column = std::max(place.column, 1u);
  spot.end_column = spot.column + std::max(place.length, 1u);
  if (const auto mark = context.marks.find(place); mark != context.marks.end()) {
    spot.column = mark->second.column;
    spot.end_column = mark->second.end_column;
    spot.hash = mark->second.hash;
  }
  return spot;
}

template <class Shown>
std::string affected_shown(const Finding& finding, std::size_t most, Shown shown) {
  if (finding.affected.empty()) return {};
  std::string out = counted(finding.affected.size(), "workload") + ":";
  for (std::size_t at = 0; at < std::min(most, finding.affected.size()); ++at) {
    out += (at == 0 ? " " : ", ") + shown(finding.affected[at]);
  }
  if (finding.affected.size() > most) out += fmt::format(" and {} more", grouped(finding.affected.size() - most));
  return out;
}

}  // namespace

std::optional<Spot> spot_of(const Evidence& evidence, const OutputContext& context) {
  if (evidence.place.file.empty()) return std::nullopt;
  if (evidence.confidence == Confidence::declared) return spot_in_tree(evidence.place, context);
  if (evidence.confidence == Confidence::observed) return Spot{.path = evidence.place.file};
  return std::nullopt;
}

Spot spot_of(const Finding& finding, const OutputContext& context) {
  for (const Confidence wanted : {Confidence::declared, Confidence::observed}) {
    for (const Evidence& one : finding.evidence) {
      if (one.confidence != wanted) continue;
      if (std::optional<Spot> spot = spot_of(one, context)) return *std::move(spot);
    }
  }
  return {.path = context.prefix.empty() ? "." : context.prefix};
}

std::string words_of(const Evidence& evidence) {
  switch (evidence.confidence) {
    case Confidence::declared: return evidence.place.text;
    case Confidence::observed:
      return fmt::format("{} {} from {} to {}", grouped(evidence.queries), evidence.queries == 1 ? "query" : "queries", evidence.first,
                         evidence.last);
    case Confidence::product_default: return "default: " + evidence.note;
    case Confidence::assumed: break;
  }
  return "assumed: " + evidence.note;
}

std::string line_of(const Evidence& evidence, const OutputContext& context) {
  const std::optional<Spot> spot = spot_of(evidence, context);
  if (!spot) return words_of(evidence);
  const bool is_log = evidence.confidence == Confidence::observed;
  return is_log ? fmt::format("{}  {}", spot->path, words_of(evidence)) : fmt::format("{}:{}  {}", spot->path, spot->line, spot->text);
}

std::string subjects_of(const Finding& finding) {
  std::string out;
  for (const Subject& subject : finding.subjects) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", subject.kind, subject.name);
  return out;
}

std::string affected_of(const Finding& finding, std::size_t most) {
  return affected_shown(finding, most, [](const std::string& workload) { return workload; });
}

std::string affected_as_markdown(const Finding& finding, std::size_t most) { return affected_shown(finding, most, code_span); }

std::string words_of(const Suppression& suppression) {
  std::string out = suppression.until.empty() ? "" : "until " + suppression.until;
  if (!suppression.reason.empty()) out += (out.empty() ? "" : ": ") + suppression.reason;
  if (out.empty()) out = "no reason is given";
  if (!suppression.place.file.empty()) out += fmt::format(" ({}:{})", suppression.place.file, suppression.place.line);
  return out;
}

std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.back() != '.' && out.back() != '?' && out.back() != '!') out += '.';
  return out;
}

std::vector<std::string> gaps_of(const Report& report) {
  std::vector<std::string> gaps;
  for (const SourceEntry& one : report.sources) {
    if (one.state == SourceState::failed) gaps.push_back(fmt::format("{} could not be read: {}", one.file, one.reason));
    if (one.state != SourceState::failed && one.errors > 0)
      gaps.push_back(fmt::format("{}: {} could not be read", one.file, counted(one.errors, "part")));
  }
  for (const Diagnostic& one : report.diagnostics) {
    if (one.severity == DiagnosticSeverity::error)
      gaps.push_back(fmt::format("{}:{}:{}: {}", one.where.file, one.where.line, one.where.column, one.message));
  }
  if (report.diagnostics_dropped > 0)
    gaps.push_back(fmt::format("{} more problems are past the limit of their files", grouped(report.diagnostics_dropped)));
  return gaps;
}

const RuleRow* rule_of(const Report& report, std::string_view name) {
  const auto found = std::find_if(report.rules.begin(), report.rules.end(), [&](const RuleRow& one) { return one.name == name; });
  return found == report.rules.end() ? nullptr : &*found;
}

std::string cut_octets(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most - std::min<std::size_t>(most, 3);
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text + "...";
}

}  // namespace mainstay
