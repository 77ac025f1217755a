#include "analyzer/report/gate_screen.h"

#include <fmt/format.h>

#include <algorithm>

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
    std::vector<std::string> rows;
    for (const EndpointChange& one : report_.comparison.endpoints) {
      std::string row = fmt::format("{} ({})   single faults {} → {}   workloads {} → {}", one.name, word(one.role), one.faults_before,
                                    one.faults_after, one.workloads_before, one.workloads_after);
      if (!one.gained.empty()) row += fmt::format("   now also {}", fmt::join(one.gained, ", "));
      if (!one.lost.empty()) row += fmt::format("   no more {}", fmt::join(one.lost, ", "));
      rows.push_back(std::move(row));
    }
    for (const std::string& one : report_.comparison.cannot_start)
      rows.push_back(one + "   cannot start any more when everything starts at once");
    section("IDENTITY ENDPOINTS", rows);
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
    std::string text = fmt::format("PASS  nothing {}", report_.threshold);
    if (!report_.not_evaluated.empty())
      text = fmt::format("UNKNOWN  nothing {}, but {} could not be evaluated: nobody can say \"safe\"", report_.threshold,
                         how_many(report_.not_evaluated.size(), "file"));
    if (report_.counted > 0) {
      const std::size_t out = report_.locked_out.size();
      const std::string who = out == 0 ? "" : how_many(out, "workload") + " locked out; ";
      text = fmt::format("FAIL  {}{} {}", who, report_.counted - out, report_.threshold);
    }
    lines_.push_back(pen_.bold(pen_.text(text)));
  }

  const GateReport& report_;
  TerminalStyle style_;
  Pen pen_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string gate_screen(const GateReport& report, const TerminalStyle& style) { return Screen(report, style).draw(); }

}  // namespace mainstay
