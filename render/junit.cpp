#include <fmt/format.h>

#include <set>

#include "render/escape.h"
#include "render/finding_text.h"
#include "render/pen.h"
#include "render/report_output.h"

namespace mainstay {
namespace {

/// Text of a test's output. Jenkins and GitLab take "[[ATTACHMENT|path]]" in it for a file to attach, so the mark is broken up.
std::string for_test_output(std::string text) {
  constexpr std::string_view kMark = "[[";
  for (std::size_t at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at)) text.insert(at + 1, " ");
  return for_xml(text);
}

/// One suite: each rule that found nothing is a passed test, each finding a failed one (or a passed one, below the threshold), each
/// decision to live with one a skipped test; and that everything was read is a test of its own.
class Suite {
 public:
  explicit Suite(const OutputContext& context) : context_(context) {}

  void add(const Finding& finding) {
    const Spot spot = spot_of(finding, context_);
    open(finding.rule, fmt::format("{} [{}]", subjects_of(finding), finding.id), &spot);
    const std::string message = fmt::format("{}: {}", word(finding.severity), finding.message);
    if (finding.suppression) {
      ++skipped_;
      out_ += fmt::format("      <skipped message=\"{}\"/>\n", for_xml(for_terminal(words_of(*finding.suppression))));
    } else if (context_.fail_on && finding.severity >= *context_.fail_on) {
      ++failures_;
      out_ += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", word(finding.severity),
                          for_xml(for_terminal(message)), for_xml(details(finding)));
    } else {
      out_ += fmt::format("      <system-out>{}</system-out>\n", for_test_output(for_terminal(message) + "\n" + details(finding)));
    }
    close();
  }

  void add_passed(const RuleRow& rule) {
    open(rule.name, rule.summary, nullptr);
    close();
  }

  void add_reading(const std::vector<std::string>& gaps) {
    open("mainstay", "everything that was meant to be read was read", nullptr);
    if (!gaps.empty()) {
      ++errors_;
      std::string text;
      for (const std::string& gap : gaps) text += for_terminal(gap) + "\n";
      out_ += fmt::format("      <error type=\"incomplete\" message=\"{}\">{}</error>\n",
                          for_xml(for_terminal(counted(gaps.size(), "gap") + ", so nobody can say that the rest is safe")), for_xml(text));
    }
    close();
  }

  std::string finished() const {
    const std::string counts =
        fmt::format("name=\"mainstay\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", tests_, failures_, errors_, skipped_);
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {}>\n  <testsuite {}>\n{}  </testsuite>\n</testsuites>\n",
                       counts, counts, out_);
  }

 private:
  void open(std::string_view rule, std::string_view name, const Spot* spot) {
    ++tests_;
    out_ += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", for_xml(for_terminal(rule)), for_xml(for_terminal(name)));
    if (spot != nullptr) out_ += fmt::format(" file=\"{}\" line=\"{}\"", for_xml(for_terminal(spot->path)), spot->line);
    out_ += ">\n";
  }
  void close() { out_ += "    </testcase>\n"; }

  std::string details(const Finding& finding) const {
    std::string out;
    for (const Evidence& one : finding.evidence) out += for_terminal(line_of(one, context_)) + "\n";
    if (!finding.arithmetic.empty()) out += "arithmetic: " + for_terminal(finding.arithmetic) + "\n";
    if (const std::string affected = affected_of(finding, 20); !affected.empty()) out += for_terminal(affected) + "\n";
    if (!finding.fix.empty()) out += "fix: " + for_terminal(finding.fix) + "\n";
    return out;
  }

  const OutputContext& context_;
  std::string out_;
  std::size_t tests_ = 0;
  std::size_t failures_ = 0;
  std::size_t errors_ = 0;
  std::size_t skipped_ = 0;
};

}  // namespace

/// Source: the attributes that Jenkins' junit plug-in, GitLab and GitHub's reporters read.
std::string junit(const Report& report, const OutputContext& context) {
  Suite suite(context);
  std::set<std::string_view> with_findings;
  for (const std::vector<Finding>* findings : {&report.findings, &report.suppressed}) {
    for (const Finding& finding : *findings) {
      suite.add(finding);
      with_findings.insert(finding.rule);
    }
  }
  for (const RuleRow& rule : report.rules) {
    if (!with_findings.contains(rule.name)) suite.add_passed(rule);
  }
  suite.add_reading(gaps_of(report));
  return suite.finished();
}

}  // namespace mainstay
