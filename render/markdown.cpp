#include <fmt/format.h>

#include <algorithm>

#include "render/columns.h"
#include "render/escape.h"
#include "render/finding_text.h"
#include "render/pen.h"
#include "render/report_output.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostSummary = 1'048'576;  // GitHub Docs, job summaries: 1 MiB a step
constexpr std::size_t kMostComment = 65'536;
constexpr std::size_t kTail = 1'000;  // kept free for the lines that say what did not fit

/// A page that never grows over its limit; what does not fit is counted by the caller.
class Page {
 public:
  explicit Page(std::size_t most) : most_(most - kTail) {}

  bool add(const std::string& block) {
    if (text_.size() + block.size() > most_) return false;
    text_ += block;
    return true;
  }
  void add_tail(const std::string& block) { text_ += block; }
  const std::string& text() const { return text_; }

 private:
  std::size_t most_;
  std::string text_;
};

std::string heading(const Report& report, const OutputContext& context) {
  if (!context.headline.empty()) return fmt::format("## {}\n\n", for_markdown(context.headline));
  if (report.findings.empty()) return "## Mainstay: no findings\n\n";
  std::string by_severity;
  for (int at = static_cast<int>(Severity::critical); at >= 0; --at) {
    const auto severity = static_cast<Severity>(at);
    const auto count =
        std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& one) { return one.severity == severity; });
    if (count > 0) by_severity += fmt::format("{}{} {}", by_severity.empty() ? "" : ", ", count, word(severity));
  }
  return fmt::format("## Mainstay: {} ({})\n\n", counted(report.findings.size(), "finding"), by_severity);
}

std::string place_of(const Finding& finding, const OutputContext& context) {
  const Spot spot = spot_of(finding, context);
  return code_span(fmt::format("{}:{}", spot.path, spot.line));
}

/// The line of a finding in the table.
std::string row(const Finding& finding, const OutputContext& context) {
  return fmt::format("| {} | {} | {} | {} | {} |\n", word(finding.severity), code_span(finding.rule),
                     for_markdown(sentence(finding.message)), place_of(finding, context),
                     finding.affected.empty() ? "" : fmt::to_string(finding.affected.size()));
}

std::string details(const Finding& finding, const OutputContext& context) {
  constexpr std::size_t kMostEvidence = 20;
  // Inside of the summary Markdown is not read, so only what is safe as HTML stands there.
  std::string out = fmt::format("<details><summary>{} <code>{}</code> <code>{}</code></summary>\n\n{}\n\n", word(finding.severity),
                                for_xml(for_terminal(finding.rule)), finding.id, for_markdown(sentence(finding.message)));
  if (!finding.fix.empty()) out += fmt::format("**Fix:** {}\n\n", for_markdown(sentence(finding.fix)));
  for (std::size_t at = 0; at < std::min(kMostEvidence, finding.evidence.size()); ++at) {
    out += fmt::format("- {}\n", code_span(line_of(finding.evidence[at], context)));
  }
  if (finding.evidence.size() > kMostEvidence) out += fmt::format("- and {} more reasons\n", finding.evidence.size() - kMostEvidence);
  if (!finding.arithmetic.empty()) out += fmt::format("\nArithmetic: {}\n", for_markdown(sentence(finding.arithmetic)));
  if (const std::string affected = affected_as_markdown(finding, 10); !affected.empty()) out += fmt::format("\n{}\n", affected);
  std::string owners;
  for (const std::string& owner : finding.owners) owners += (owners.empty() ? "" : " ") + code_span(owner);
  if (!owners.empty()) out += fmt::format("\nOwners: {}\n", owners);
  return out + fmt::format("\nConfidence: {}\n\n</details>\n\n", word(finding.confidence));
}

/// A list below a heading, as many of its items as fit.
template <class Item, class Line>
void add_list(Page& page, const std::string& title, const std::vector<Item>& items, Line line) {
  if (items.empty() || !page.add(title)) return;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (page.add(line(items[at]))) continue;
    page.add_tail(fmt::format("- and {} more that do not fit here\n", items.size() - at));
    break;
  }
}

void add_sections(Page& page, const std::vector<PageSection>& sections) {
  for (const PageSection& one : sections) {
    if (one.lines.empty()) continue;
    std::size_t number = 0;
    add_list(page, fmt::format("### {}\n\n", for_markdown(one.title)), one.lines, [&](const std::string& line) {
      const std::string mark = one.is_ordered ? fmt::format("{}.", ++number) : "-";
      return fmt::format("{} {}\n", mark, for_markdown(line));
    });
    page.add("\n");
  }
}

std::string page_of(const Report& report, const OutputContext& context, std::size_t most, const std::string& first_line) {
  Page page(most);
  page.add(first_line + heading(report, context));
  const std::vector<std::string> gaps = gaps_of(report);
  if (!gaps.empty()) page.add(fmt::format("**Incomplete:** {}, so nobody can say that the rest is safe.\n\n", counted(gaps.size(), "gap")));
  add_sections(page, context.before);
  std::size_t listed = 0;
  if (!report.findings.empty()) page.add("| severity | rule | what | where | workloads |\n| --- | --- | --- | --- | ---: |\n");
  while (listed < report.findings.size() && page.add(row(report.findings[listed], context))) ++listed;
  page.add("\n");
  std::size_t detailed = 0;
  while (detailed < listed && page.add(details(report.findings[detailed], context))) ++detailed;
  add_sections(page, context.behind);
  add_list(page, "### Suppressed\n\n", report.suppressed, [](const Finding& one) {
    const std::string reason = one.suppression ? words_of(*one.suppression) : std::string();
    return fmt::format("- {} {}: {}\n", code_span(one.rule), for_markdown(sentence(one.message)), for_markdown(reason));
  });
  add_list(page, "\n### Not read\n\n", gaps, [](const std::string& gap) { return fmt::format("- {}\n", for_markdown(gap)); });
  if (listed < report.findings.size())
    page.add_tail(fmt::format("\n{} do not fit here.\n", counted(report.findings.size() - listed, "more finding")));
  if (detailed < listed) page.add_tail(fmt::format("\nThe details of {} do not fit here.\n", counted(listed - detailed, "finding")));
  return page.text();
}

}  // namespace

std::string markdown(const Report& report, const OutputContext& context) { return page_of(report, context, kMostSummary, ""); }

std::string markdown_comment(const Report& report, const OutputContext& context) {
  return page_of(report, context, kMostComment, fmt::format("<!-- {} -->\n", context.series));
}

}  // namespace mainstay
