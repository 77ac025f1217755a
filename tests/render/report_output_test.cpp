#include "render/report_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/places.h"
#include "tests/render/golden.h"
#include "tests/render/outputs_sample.h"
#include "tests/render/read_back.h"
#include "tests/render/well_formed.h"

namespace mainstay {
namespace {

std::size_t times(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

Report many_findings(std::size_t count, Severity severity) {
  Report report;
  for (std::size_t at = 0; at < count; ++at) {
    report.findings.push_back({.rule = "a-rule",
                               .id = fmt::format("{:016x}", at),
                               .severity = severity,
                               .message = fmt::format("message {}", at),
                               .evidence = {Evidence::declared({.file = "a.conf", .line = 7, .text = "line"})}});
  }
  return report;
}

}  // namespace

TEST_CASE("outputs: each is described, and the guide has a section for it", "[render][outputs]") {
  std::ifstream file(source_dir() + "/docs/outputs.md", std::ios::binary);
  const std::string guide{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::set<std::string_view> names, endings;
  for (const ReportOutput& one : report_outputs()) {
    INFO(one.name);
    CHECK(names.insert(one.name).second);
    CHECK((one.ending.empty() || endings.insert(one.ending).second));
    CHECK(guide.find(fmt::format("| {} | {} | {} |", one.name, one.title, one.purpose)) != std::string::npos);
    CHECK(find_report_output(one.name) == &one);
  }
  CHECK(find_report_output("nothing") == nullptr);
}

TEST_CASE("outputs: whole reports", "[render][outputs]") {
  struct Row {
    const char* output;
    const char* golden;
  };
  for (const Row& row : {Row{"junit", "junit.xml"},
                         {"csv", "findings.csv"},
                         {"markdown", "summary.md"},
                         {"comment", "comment.md"},
                         {"github", "annotations.txt"}}) {
    DYNAMIC_SECTION(row.output) { check_golden(row.golden, find_report_output(row.output)->write(reported_sample(), sample_context())); }
  }
}

TEST_CASE("outputs: a report of nothing is a valid document everywhere", "[render][outputs]") {
  CHECK(csv({}, {}).ends_with("\"suppressed\"\r\n"));
  CHECK(csv_rows(csv({}, {})).size() == 1);
  CHECK(github_annotations({}, {}).empty());
  CHECK(markdown({}, {}) == "## Mainstay: no findings\n\n\n");
  CHECK(markdown_comment({}, {}).starts_with("<!-- mainstay -->\n## Mainstay: no findings"));
  CHECK(junit({}, {}).find("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\"") != std::string::npos);
}

TEST_CASE("junit: findings below the threshold pass, suppressed ones are skipped, gaps are errors", "[render][junit]") {
  struct Row {
    const char* title;
    std::optional<Severity> fail_on;
    const char* counts;
  };
  const Row rows[] = {{"everything fails", Severity::low, "tests=\"14\" failures=\"11\" errors=\"1\" skipped=\"1\""},
                      {"from high on", Severity::high, "tests=\"14\" failures=\"2\" errors=\"1\" skipped=\"1\""},
                      {"nothing fails", std::nullopt, "tests=\"14\" failures=\"0\" errors=\"1\" skipped=\"1\""}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      OutputContext context = sample_context();
      context.fail_on = row.fail_on;
      const std::string text = junit(reported_sample(), context);
      CHECK(times(row.counts, text) == 2);
      CHECK(times("<testcase ", text) == 14);
      CHECK(xml_fault(text.substr(text.find("?>") + 3)) == "");
    }
}

TEST_CASE("junit: bad: text that would attach a file", "[render][junit]") {
  Report report = many_findings(1, Severity::info);
  report.findings[0].message = "[[ATTACHMENT|/etc/shadow]]";
  const std::string text = junit(report, {});
  CHECK(text.find("[[") == std::string::npos);
  CHECK(text.find("[ [ATTACHMENT|/etc/shadow]]") != std::string::npos);
}

TEST_CASE("csv: every row has every column, in every reader's dialect", "[render][csv]") {
  const auto rows = csv_rows(csv(reported_sample(), sample_context()));
  REQUIRE(rows.size() == reported_sample().findings.size() + 2);
  for (const auto& row : rows) CHECK(row.size() == rows[0].size());
  CHECK(rows[1][7] == "infra/hosts/dns-a/etc/unbound/unbound.conf");
  CHECK(rows.back().back() == "waiver until 2027-01-31: the second line is ordered (waivers.yaml:3)");
}

TEST_CASE("github annotations: ten of a kind, the last one counts the rest", "[render][github]") {
  struct Row {
    std::size_t findings;
    std::size_t lines;
    const char* last;
  };
  for (const Row& row : {Row{1, 1, "message 0"},
                         {10, 10, "message 9"},
                         {11, 10, "::2 more findings not shown here"},
                         {500, 10, "::491 more findings not shown here"}}) {
    DYNAMIC_SECTION(row.findings) {
      const std::string text = github_annotations(many_findings(row.findings, Severity::medium), {});
      CHECK(times("::warning ", text) == row.lines);
      CHECK(text.find(row.last) != std::string::npos);
    }
  }
  Report incomplete = many_findings(10, Severity::medium);
  incomplete.diagnostics_dropped = 1;
  CHECK(times("::warning ", github_annotations(incomplete, {})) == 10);
}

TEST_CASE("markdown: pages stay within their limits and say what they leave out", "[render][markdown]") {
  const Report report = many_findings(12'000, Severity::low);
  const std::string page = markdown(report, {});
  CHECK(page.size() <= 1'048'576);
  CHECK(page.size() > 1'000'000);
  CHECK(page.find("do not fit here") != std::string::npos);
  const std::string comment = markdown_comment(report, {});
  CHECK(comment.size() <= 65'536);
  CHECK(comment.size() > 60'000);
  CHECK(comment.find("more findings do not fit here") != std::string::npos);
}

}  // namespace mainstay
