#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "analyzer/policy/policy.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

/// A tree with two files that were read, and findings in them.
Report report_of() {
  Report report;
  report.sources = {{.file = "a.conf", .state = SourceState::read}, {.file = "b.conf", .state = SourceState::read}};
  const auto add = [&](const char* rule, const char* id, const char* file, std::uint32_t line) {
    Finding finding{.rule = rule, .id = id, .severity = Severity::high, .confidence = Confidence::declared};
    finding.evidence = {Evidence::assumed("a guess comes first"), Evidence::declared({.file = file, .line = line}),
                        Evidence::declared({.file = "a.conf", .line = 3})};
    report.findings.push_back(std::move(finding));
  };
  add("spof-resolver", "1111111111111111", "a.conf", 1);
  add("spof-upstream", "2222222222222222", "a.conf", 2);
  add("spof-resolver", "3333333333333333", "b.conf", 1);
  return report;
}

struct Judged {
  Report report;
  std::string suppressed;  // "kind id", with blanks
  std::string said;        // the messages, a line each
};

Judged judged(const ScratchFolder& folder, std::string_view today = "2026-11-27") {
  Judged out{.report = report_of()};
  const Result<FileTree> tree = FileTree::of({folder.path()});
  REQUIRE(tree);
  const Result<Policy> policy = read_policy(&*tree, "", out.report);
  REQUIRE(policy);
  apply_policy(*policy, today, out.report);
  for (const Finding& one : out.report.suppressed)
    out.suppressed += fmt::format("{} {} ", word(one.suppression->kind), one.id.substr(0, 4));
  for (const Diagnostic& one : out.report.diagnostics)
    out.said += fmt::format("{}:{} {} ({})\n", one.where.file, one.where.line, one.message, one.hint);
  return out;
}

}  // namespace

TEST_CASE("suppression: in place, by settings and by id", "[analyzer][policy][suppression]") {
  struct Row {
    const char* title;
    const char* a;
    const char* settings;
    const char* suppressed;
    const char* said;  // part of what is complained of; empty: nothing at all
  };
  const Row rows[] = {
      {"nothing is allowed", "x\ny\nz\n", "", "", ""},
      {"a comment behind the line", "x # mainstay: allow spof-resolver -- lab\ny\nz\n", "", "in-place 1111 ", ""},
      {"the whole file, wherever the comment stands", "x\ny\nz\n# mainstay: allow-file spof-resolver -- lab\n", "", "in-place 1111 ", ""},
      {"the whole file, for a rule that finds nothing in it", "x\ny\nz\n# mainstay: allow-file spof-idp -- lab\n", "", "",
       "covers no finding (remove it)"},
      {"a comment at the end covers nothing", "x\ny\nz\n# mainstay: allow spof-resolver -- lab\n", "", "", "covers no finding (remove it)"},
      {"another rule on that line", "x # mainstay: allow spof-upstream -- lab\ny\nz\n", "", "", "covers no finding (remove it)"},
      {"a line that is named, and not the place to mend", "x\ny\nz # mainstay: allow spof-upstream -- lab\n", "", "",
       "(the finding is to be mended at a.conf:2: the comment belongs there)"},
      {"its last day", "x # mainstay: allow spof-resolver until 2026-11-27 -- lab\n", "", "in-place 1111 ", ""},
      {"the day behind it", "x # mainstay: allow spof-resolver until 2026-11-26 -- lab\n", "", "",
       "expired on 2026-11-26 (what it covered"},
      {"by file", "", "[[allow]]\nrule = \"spof-resolver\"\npath = \"b.*\"\nreason = \"x\"\n", "configuration 3333 ", ""},
      {"by any file", "", "[[allow]]\nrule = \"spof-resolver\"\npath = \"*\"\nreason = \"x\"\n", "configuration 1111 configuration 3333 ",
       ""},
      {"by a file without findings", "", "[[allow]]\nrule = \"spof-resolver\"\npath = \"c/\"\nreason = \"x\"\n", "", "covers no finding"},
      {"by id", "", "[[waive]]\nid = \"22222222\"\nuntil = 2027-01-01\nreason = \"x\"\n", "waiver 2222 ", ""},
      {"by an id that is not there", "", "[[waive]]\nid = \"44444444\"\nuntil = 2027-01-01\nreason = \"x\"\n", "",
       "allowance of 44444444 covers no"},
      {"expired and without a finding", "", "[[waive]]\nid = \"44444444\"\nuntil = 2026-01-01\nreason = \"x\"\n", "",
       "expired on 2026-01-01 (it covers nothing"},
      {"by switching a rule off", "", "[rules.spof-resolver]\nenabled = false\nreason = \"x\"\n", "configuration 1111 configuration 3333 ",
       ""},
      {"twice: the comment is named, neither is called superfluous", "x # mainstay: allow spof-resolver -- lab\n",
       "[[allow]]\nrule = \"spof-resolver\"\npath = \"a.conf\"\nreason = \"x\"\n", "in-place 1111 ", ""},
      {"expired in place, allowed by settings", "x # mainstay: allow spof-resolver until 2020-01-01 -- lab\n",
       "[[allow]]\nrule = \"spof-resolver\"\npath = \"a.conf\"\nreason = \"x\"\n", "configuration 1111 ", "expired on 2020-01-01"},
      {"without a reason it suppresses nothing", "", "[[allow]]\nrule = \"spof-resolver\"\npath = \"*\"\n", "", "says no reason"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      folder.write("a.conf", row.a);
      folder.write("b.conf", "x\n");
      if (*row.settings != '\0') folder.write(".mainstay.toml", row.settings);
      const Judged got = judged(folder);
      CHECK(got.suppressed == row.suppressed);
      CHECK(got.report.findings.size() + got.report.suppressed.size() == 3);
      if (*row.said == '\0') {
        CHECK(got.said.empty());
      } else {
        CHECK_THAT(got.said, Catch::Contains(row.said));
      }
    }
}

TEST_CASE("suppression: settings of severity hold for what is weighed, not for what informs", "[analyzer][policy][suppression]") {
  const ScratchFolder folder;
  folder.write("a.conf", "");
  folder.write(".mainstay.toml", "[rules.spof-resolver]\nseverity = \"low\"\n");
  const Judged got = judged(folder);
  REQUIRE(got.report.findings.size() == 3);
  CHECK(got.report.findings[0].rule == "spof-upstream");
  CHECK(got.report.findings[1].severity == Severity::low);
}

TEST_CASE("owners: findings carry those of their place to mend, suppressed ones too", "[analyzer][policy][owners]") {
  const ScratchFolder folder;
  folder.write("a.conf", "x # mainstay: allow spof-resolver -- lab\n");
  folder.write(".github/CODEOWNERS", "* @all\n/a.conf @dns\n");
  folder.write("CODEOWNERS", "* @nobody-reads-this\n");
  const Judged got = judged(folder);
  REQUIRE(got.report.suppressed.size() == 1);
  CHECK(got.report.suppressed[0].owners == std::vector<std::string>{"@dns"});
  CHECK(got.report.findings.front().owners == std::vector<std::string>{"@all"});  // of b.conf
}

TEST_CASE("settings: a file that cannot be read is an error, not an absent one", "[analyzer][policy][settings]") {
  const ScratchFolder folder;
  folder.write("a.conf", "");
  folder.link("/nowhere/settings", ".mainstay.toml");
  const Judged got = judged(folder);
  CHECK_THAT(got.said, Catch::Contains(".mainstay.toml:1 the file cannot be read"));
  CHECK(is_incomplete(got.report));
}

}  // namespace mainstay
