#include "render/pen.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "render/columns.h"

namespace mainstay {
namespace {

std::string place_of(const Evidence& evidence) {
  switch (evidence.confidence) {
    case Confidence::declared: return fmt::format("{}:{}", evidence.place.file, evidence.place.line);
    case Confidence::observed: return evidence.place.file;
    case Confidence::product_default:
    case Confidence::assumed: break;
  }
  return std::string(word(evidence.confidence));
}

std::string words_of(const Evidence& evidence) {
  if (evidence.confidence == Confidence::declared) {
    if (evidence.place.text.empty() || evidence.note.empty()) return evidence.place.text.empty() ? evidence.note : evidence.place.text;
    return fmt::format("{}  ({})", evidence.place.text, evidence.note);
  }
  if (evidence.confidence != Confidence::observed) return evidence.note;
  std::string out = evidence.queries == 1 ? "1 query" : grouped(evidence.queries) + " queries";
  if (!evidence.first.empty()) out += fmt::format(", {} to {}", evidence.first, evidence.last);
  return out;
}

}  // namespace

std::string Pen::painted(std::string_view code, std::string_view text) const {
  if (!style_.colour || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string Pen::in_colour_of(Severity severity, std::string_view text) const {
  switch (severity) {
    case Severity::critical: return painted("1;31", text);
    case Severity::high: return painted("31", text);
    case Severity::medium: return painted("33", text);
    case Severity::low: return painted("36", text);
    case Severity::info: break;
  }
  return painted("2", text);
}

std::string Pen::in_colour_of(DiagnosticSeverity severity, std::string_view text) const {
  switch (severity) {
    case DiagnosticSeverity::error: return painted("1;31", text);
    case DiagnosticSeverity::warning: return painted("1;33", text);
    case DiagnosticSeverity::note: break;
  }
  return painted("1", text);
}

std::string Pen::cut(std::string_view text, std::size_t used) const {
  if (is_pipe()) return std::string(text);
  return cut_to_column(text, style_.width > used ? style_.width - used : 0);
}

std::string Pen::cut_to_column(std::string_view text, std::size_t width) const { return cut_to(text, width, style_.unicode ? "…" : "..."); }

void Pen::break_paragraph(const Paragraph& paragraph, std::vector<std::string>& lines) const {
  const std::string start(paragraph.indent, ' ');
  if (is_pipe()) {
    lines.push_back(start + paragraph.text + (paragraph.right.empty() ? "" : "   " + paragraph.right));
    return;
  }
  constexpr std::size_t kGap = 3;
  constexpr std::size_t kNarrowest = 20;  // columns for words, however narrow the terminal says it is
  const std::size_t hanging = std::max(paragraph.indent, paragraph.hanging);
  const std::size_t room = std::max(style_.width > hanging ? style_.width - hanging : 0, kNarrowest);
  std::vector<std::string> words = wrapped(paragraph.text, room);
  if (words.size() > paragraph.max_lines) {
    words.resize(paragraph.max_lines);
    words.back() = cut_to_column(words.back() + std::string(room, ' '), room);
  }
  for (std::size_t at = 0; at < words.size(); ++at) lines.push_back((at == 0 ? start : std::string(paragraph.hanging, ' ')) + words[at]);
  if (paragraph.right.empty()) return;
  const std::size_t right = display_width(paragraph.right);
  const std::size_t column = style_.width > right ? style_.width - right : 0;
  if (display_width(lines.back()) + kGap > column) lines.emplace_back();
  lines.back() = left_aligned(lines.back(), column) + paragraph.right;
}

void Pen::reasons(const std::vector<Evidence>& evidence, std::size_t max, std::vector<std::string>& lines) const {
  constexpr std::size_t kIndent = 5;
  constexpr std::size_t kWidest = 48;
  const std::size_t count = std::min(max, evidence.size());
  std::size_t column = 0;
  std::vector<std::string> places;
  for (std::size_t at = 0; at < count; ++at) {
    places.push_back(text(place_of(evidence[at])));
    column = std::max(column, display_width(places.back()));
  }
  const bool whole = max == kEveryReason;
  if (!is_pipe() && !whole) column = std::min(column, kWidest);
  for (std::size_t at = 0; at < count; ++at) {
    const std::string where = left_aligned(places[at], column);
    const std::string what = text(words_of(evidence[at]));
    const std::size_t used = kIndent + display_width(where) + 3;
    const std::string line = what.empty() ? places[at] : where + "   " + faint(whole ? what : cut(what, used));
    lines.push_back(std::string(kIndent, ' ') + (what.empty() && !whole ? cut(line, kIndent) : line));
  }
}

char letter(Severity severity) { return static_cast<char>(std::toupper(static_cast<unsigned char>(word(severity)[0]))); }

std::string counted(std::size_t number, std::string_view word) {
  return fmt::format("{} {}{}", grouped(number), word, number == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    out.append(line, 0, line.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

}  // namespace mainstay
