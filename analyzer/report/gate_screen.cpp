#include "analyzer/report/gate_screen.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/report/gate_words.h"
#include "analyzer/rules/rule.h"
#include "render/pen.h"

namespace mainstay {
namespace {

constexpr std::size_t kShownWords = 30;

class Screen {
 public:
  Screen(const GateReport& report, const TerminalStyle& style) : report_(report), style_(style), pen_(style) {}

  std::string draw() {
    head();
    section("WHAT THE CHANGE DOES TO SIGN-IN", report_.words);
    endpoints();
    findings();
    not_evaluated();
    steps();
    verdict();
    return joined(lines_);
  }

 private:
  void line(std::string_view text) { lines_.push_back(pen_.cut(pen_.text(text))); }

  void section(std::string_view title, const std::vector<std::string>& words) {
    if (words.empty()) return;
    lines_.emplace_back();
    lines_.push_back(pen_.bold(pen_.text(title)));
    for (std::size_t at = 0; at < std::min(kShownWords, words.size()); ++at) line("  " + words[at]);
    if (words.size() > kShownWords) line(fmt::format("  and {} more", words.size() - kShownWords));
  }

  void head() {
    const auto named = [](const std::string& name, const std::string& commit) {
      const std::string id = commit.substr(0, 7);
      return name.starts_with(id) ? id : fmt::format("{} ({})", name, id);
    };
    constexpr std::size_t kNamed = 3;
    std::string files;
    for (std::size_t at = 0; at < std::min(kNamed, report_.changed.size()); ++at) files += (at == 0 ? ": " : ", ") + report_.changed[at];
    if (report_.changed.size() > kNamed) files += ", ...";
    line(fmt::format("base {}   head {}   {} changed{}", named(report_.base, report_.base_commit), named(report_.head, report_.head_commit),
                     how_many(report_.changed.size(), "file"), files));
  }

  void endpoints() {
    section("IDENTITY ENDPOINTS", endpoint_lines(report_));
    section("LOCKED OUT   cannot authenticate any more, with everything running", report_.locked_out);
  }

  void append(std::string_view title, const std::vector<Finding>& findings) {
    for (const Finding& one : findings) {
      lines_.emplace_back();
      lines_.push_back(pen_.bold(pen_.text(title)));
      append_finding(pen_, one, {.short_id = one.id.substr(0, 8), .max_evidence = 3}, lines_);
    }
  }

  static std::string short_line(const Finding& one) {
    const std::string who = one.affected.empty() ? "" : fmt::format("   {}", how_many(one.affected.size(), "workload"));
    return fmt::format("{}  {}   {}{}   {}", letter(one.severity), one.rule, one.message, who, one.id.substr(0, 8));
  }

  void short_list(std::string_view title, const std::vector<Finding>& findings) {
    std::vector<std::string> rows;
    for (const Finding& one : findings) {
      rows.push_back(short_line(one));
      if (one.suppression) rows.push_back(fmt::format("     {}: {}", word(one.suppression->kind), one.suppression->reason));
    }
    section(title, rows);
  }

  void findings() {
    const Comparison& all = report_.comparison;
    append("NEW", all.fresh);
    for (const WorseFinding& one : all.worse) append(fmt::format("WORSE   {}", one.why), {one.finding});
    short_list("MOVED   not counted: the same rule, and nobody loses access who did not before", all.moved);
    short_list("ACCEPTED BY THIS CHANGE   new, suppressed, not counted", all.accepted);
    short_list("FIXED", all.fixed);
    lines_.emplace_back();
    line(fmt::format("unchanged {} (not shown)", all.unchanged));
  }

  void not_evaluated() {
    std::vector<std::string> rows;
    for (const NotEvaluated& one : report_.not_evaluated) rows.push_back(fmt::format("{}   {}", one.file, one.why));
    section("NOT EVALUATED", rows);
  }

  void steps() {
    std::vector<std::string> rows;
    for (const std::string& step : report_.steps) rows.push_back(fmt::format("{}) {}", rows.size() + 1, step));
    section("SAFE ORDER", rows);
  }

  void verdict() {
    lines_.emplace_back();
    if (!report_.comparison.fresh.empty() && verdict_of(report_) == Verdict::fail)
      line(fmt::format("accept one for a while: mainstay waive {} {} --reason WHY", report_.comparison.fresh.front().id.substr(0, 8),
                       report_.folder));
    lines_.push_back(pen_.bold(pen_.text(verdict_line(report_))));
  }

  const GateReport& report_;
  TerminalStyle style_;
  Pen pen_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string gate_screen(const GateReport& report, const TerminalStyle& style) { return Screen(report, style).draw(); }

}  // namespace mainstay
