// Pen: colours, marks and line breaks of a terminal; the shared hand of everything that terminal.h draws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/evidence.h"
#include "render/escape.h"
#include "render/terminal.h"

namespace mainstay {

/// Draws for one style. Text that is measured must be escaped by text() first and coloured last.
class Pen {
 public:
  explicit Pen(const TerminalStyle& style) : style_(style) {}

  /// Input made harmless, and our own sentences brought into the character set of the terminal.
  std::string text(std::string_view input) const { return for_terminal(input, style_.unicode ? Charset::utf8 : Charset::ascii); }

  std::string bold(std::string_view text) const { return painted("1", text); }
  std::string faint(std::string_view text) const { return painted("2", text); }
  std::string in_colour_of(Severity severity, std::string_view text) const;
  std::string in_colour_of(DiagnosticSeverity severity, std::string_view text) const;

  /// The text cut to the columns that are left behind `used` ones; whole on a pipe.
  std::string cut(std::string_view text, std::size_t used = 0) const;
  std::string cut_to_column(std::string_view text, std::size_t width) const;

  /// A sentence that is broken into lines, with a short note at the right edge of its last line.
  struct Paragraph {
    std::string text;
    std::string head;  // the beginning of `text` that `paint_head` colours
    std::string right;
    std::size_t indent = 0;   // of the first line
    std::size_t hanging = 0;  // of the other lines
    std::size_t max_lines = 3;
  };
  template <class PaintHead>
  void paragraph(const Paragraph& paragraph, PaintHead paint_head, std::vector<std::string>& lines) const {
    const std::size_t first = lines.size();
    break_paragraph(paragraph, lines);
    const std::string start = std::string(paragraph.indent, ' ') + paragraph.head;
    if (lines[first].starts_with(start)) {
      lines[first] = std::string(paragraph.indent, ' ') + paint_head(paragraph.head) + lines[first].substr(start.size());
    }
  }

  /// Reasons as lines: where in one column, what in the next; at most `max` of them, cut to the terminal, or every one uncut.
  static constexpr std::size_t kEveryReason = static_cast<std::size_t>(-1);
  void reasons(const std::vector<Evidence>& evidence, std::size_t max, std::vector<std::string>& lines) const;

  bool is_pipe() const { return style_.width == 0; }
  std::size_t width() const { return style_.width; }

 private:
  std::string painted(std::string_view code, std::string_view text) const;
  void break_paragraph(const Paragraph& paragraph, std::vector<std::string>& lines) const;

  TerminalStyle style_;
};

/// "C" for critical, "I" for info.
char letter(Severity severity);
/// "1 workload", "12 workloads"; the plural is the word with an s.
std::string counted(std::size_t number, std::string_view word);
/// The lines joined, each ended by a line feed.
std::string joined(const std::vector<std::string>& lines);

/// A finding as the first screen lists it.
struct FindingLines {
  std::string short_id;  // what to type behind `explain`
  std::size_t max_evidence = 3;
};
void append_finding(const Pen& pen, const Finding& finding, const FindingLines& how, std::vector<std::string>& lines);

}  // namespace mainstay
