#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "render/columns.h"
#include "render/durations.h"
#include "render/impact.h"
#include "render/pen.h"

namespace mainstay {
namespace {

struct Heading {
  Standing standing;
  std::string_view title;  // of its list
  std::string_view said;   // behind the number in the first line
};

constexpr std::array<Heading, 8> kHeadings = {{{Standing::now, "NOW", "cannot authenticate now"},
                                               {Standing::time_out, "TIME OUT", "time out"},
                                               {Standing::degraded, "DEGRADED", "fail in part"},
                                               {Standing::later, "LATER", "later"},
                                               {Standing::slow, "SLOW", "get slow"},
                                               {Standing::fine, "FINE", "unaffected"},
                                               {Standing::unknown, "UNKNOWN", "unknown"},
                                               {Standing::lost_anyway, "IN ANY CASE", "cannot authenticate in any case"}}};

std::string answer(const Pen& pen, const ImpactReport& report) {
  const std::uint64_t now = report.count(Standing::now);
  std::string line = pen.bold(fmt::format("{} cannot authenticate now", counted(now, "workload")));
  for (const Heading& heading : kHeadings) {
    if (heading.standing == Standing::now) continue;
    const std::uint64_t count = report.count(heading.standing);
    if (count > 0 || heading.standing == Standing::fine) line += fmt::format("; {} {}", grouped(count), heading.said);
  }
  return fmt::format("{}.    {} in all", line, grouped(report.rows.size()));
}

std::string place_of(const ImpactRow& row) {
  if (row.evidence.empty()) return {};
  const Evidence& one = row.evidence.front();
  switch (one.confidence) {
    case Confidence::declared: return fmt::format("{}:{}", one.place.file, one.place.line);
    case Confidence::observed: return fmt::format("{}: {}", one.place.file, counted(one.queries, "query line"));
    case Confidence::product_default: return "default: " + one.note;
    case Confidence::assumed: break;
  }
  return "assumed: " + one.note;
}

std::string endpoints_of(const ImpactRow& row) {
  std::string text;
  for (const std::string& one : row.endpoints) text += (text.empty() ? "" : ", ") + one;
  return text;
}

std::string reason_of(const ImpactRow& row) {
  std::string text = row.reason;
  if (row.lockout && row.standing == Standing::later) {
    const std::string first = row.runs_out_first.empty() ? "" : fmt::format(" ({})", row.runs_out_first);
    text = fmt::format("locked out after {}{}: {}", lockout_in_words(*row.lockout, row.holds_known), first, row.reason);
  }
  if (!row.arithmetic.empty()) text += ": " + row.arithmetic;
  return text;
}

constexpr std::size_t kTitle = 12;

/// Rows under one heading: those that are shown, and how many more there are.
struct ListedRows {
  std::string_view title;
  std::vector<const ImpactRow*> rows;
  std::size_t more = 0;
};

struct Widths {
  std::size_t workload = 0;
  std::size_t endpoints = 0;
  std::size_t reason = 0;
};

/// Columns as wide as most rows need; a longer cell pushes its own line only.
Widths widths(const Pen& pen, const std::vector<ListedRows>& lists) {
  Widths out;
  for (const ListedRows& list : lists) {
    for (const ImpactRow* row : list.rows) {
      out.workload = std::max(out.workload, std::min<std::size_t>(display_width(pen.text(row->workload)), 50));
      out.endpoints = std::max(out.endpoints, std::min<std::size_t>(display_width(pen.text(endpoints_of(*row))), 36));
      out.reason = std::max(out.reason, std::min<std::size_t>(display_width(pen.text(reason_of(*row))), 60));
    }
  }
  return out;
}

void append_row(const Pen& pen, const ImpactRow& row, std::string_view title, const Widths& width, std::vector<std::string>& lines) {
  std::string line = left_aligned(title, kTitle) + left_aligned(pen.text(row.workload), width.workload);
  line += "  " + left_aligned(pen.text(endpoints_of(row)), width.endpoints);
  line += "  " + left_aligned(pen.text(reason_of(row)), width.reason) + "  " + pen.text(place_of(row));
  line.erase(line.find_last_not_of(' ') + 1);
  lines.push_back(pen.cut(line));
}

std::vector<ListedRows> listed(const ImpactReport& report, const ImpactLists& lists) {
  constexpr std::size_t kShown = 10;
  std::vector<ListedRows> found;
  for (const Heading& heading : kHeadings) {
    const bool asked_for = lists.unknown && heading.standing == Standing::unknown;
    ListedRows one{.title = heading.title};
    for (const ImpactRow& row : report.rows) {
      const bool said = lists.who ? heading.standing != Standing::fine || !row.reason.empty() : heading.standing < Standing::fine;
      if (row.standing != heading.standing || !(said || asked_for)) continue;
      if (lists.who || asked_for || one.rows.size() < kShown) {
        one.rows.push_back(&row);
      } else {
        ++one.more;
      }
    }
    if (!one.rows.empty()) found.push_back(std::move(one));
  }
  return found;
}

void append_rows(const Pen& pen, const std::vector<ListedRows>& lists, std::vector<std::string>& lines) {
  const Widths width = widths(pen, lists);
  for (const ListedRows& list : lists) {
    for (const ImpactRow* row : list.rows) append_row(pen, *row, list.title, width, lines);
    if (list.more > 0) lines.push_back(fmt::format("{}{} more → --who", left_aligned(list.title, kTitle), grouped(list.more)));
  }
}

/// Each way in for emergencies, whether it stands open or not: it is what people turn to next.
void append_break_glass(const Pen& pen, const std::vector<ImpactRow>& rows, std::vector<std::string>& lines) {
  for (const ImpactRow& row : rows) {
    if (row.purpose != Purpose::break_glass) continue;
    std::string text = fmt::format("{}: ", row.workload);
    if (row.standing == Standing::fine) {
      text += "OK";
    } else if (row.standing == Standing::unknown) {
      text += "not known: " + reason_of(row);
    } else if (row.standing == Standing::slow) {
      text += "OK, slow: " + reason_of(row);
    } else {
      text += fmt::format("NOT OK ({}): {}", word(row.standing), reason_of(row));
    }
    lines.push_back(left_aligned("BREAK-GLASS", kTitle) + pen.cut(pen.text(text)));
  }
}

void append_reliefs(const Pen& pen, const std::vector<Relief>& reliefs, std::vector<std::string>& lines) {
  if (reliefs.empty()) return;
  lines.push_back("");
  std::size_t width = 14;
  for (const Relief& one : reliefs) width = std::max(width, display_width(pen.text(one.action)));
  lines.push_back(pen.bold(left_aligned("FASTEST RELIEF", width + 5) + "  RESTORES"));
  for (std::size_t at = 0; at < reliefs.size(); ++at) {
    const Relief& one = reliefs[at];
    const std::string number = right_aligned(fmt::format("{}", at + 1), 3);
    lines.push_back(
        fmt::format("{}  {}  {} of {}", number, left_aligned(pen.text(one.action), width), grouped(one.restores), grouped(one.of)));
    if (!one.why.empty()) lines.push_back(pen.faint(pen.cut("     " + pen.text(one.why))));
  }
}

}  // namespace

std::string terminal(const ImpactReport& report, const ImpactLists& lists, const TerminalStyle& style) {
  const Pen pen(style);
  std::vector<std::string> lines{answer(pen, report)};
  for (const DownRow& one : report.down) {
    std::string others;
    for (const std::string& mode : one.other_modes) others += (others.empty() ? "" : "|") + mode;
    if (!others.empty()) others = fmt::format("    (other modes: {})", others);
    const std::string label = one.label.empty() || one.label == one.subject.name ? "" : fmt::format(" ({})", one.label);
    lines.push_back(left_aligned("DOWN", kTitle) +
                    pen.text(fmt::format("{} {}{}, {}{}", one.subject.kind, one.subject.name, label, one.mode, others)));
  }
  for (const SnapshotSource& one : report.snapshots) {
    const std::string age = !one.age ? "of unknown age" : *one.age == 0 ? "new" : seconds_in_words(*one.age) + " old";
    lines.push_back(left_aligned("SNAPSHOT", kTitle) +
                    pen.text(fmt::format("{}, {} ({}), mainstay {}, offline", one.file, one.created, age, one.version)));
  }
  const std::size_t head = lines.size();
  lines.push_back("");
  append_rows(pen, listed(report, lists), lines);
  append_break_glass(pen, report.rows, lines);
  if (lines.size() == head + 1) lines.pop_back();
  append_reliefs(pen, report.reliefs, lines);
  return joined(lines);
}

}  // namespace mainstay
