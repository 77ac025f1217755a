#include "render/terminal.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "render/columns.h"
#include "render/durations.h"
#include "render/impact.h"
#include "tests/render/golden.h"
#include "tests/render/sample_report.h"

namespace mainstay {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// True when the text holds nothing that a terminal would obey or reorder; colours of our own are allowed when asked.
bool is_harmless(const std::string& text) {
  const bool controls = std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20 && c != '\n') || c == 0x7f; });
  return !controls && text.find("\xc2\x9b") == std::string::npos && text.find("\xe2\x80\xae") == std::string::npos &&
         text.find("\xe2\x80\x8b") == std::string::npos && text.find('\xff') == std::string::npos;
}

}  // namespace

TEST_CASE("terminal: whole screens", "[render][terminal]") {
  struct Row {
    const char* golden;
    TerminalStyle style;
  };
  const Row rows[] = {
      {"scan-pipe.txt", {}},
      {"scan-100-columns.txt", {.width = 100}},
      {"scan-60-columns-ascii.txt", {.width = 60, .unicode = false}},
      {"scan-colour.txt", {.colour = true, .width = 120}},
      {"scan-all.txt", {.width = 100, .min = Severity::medium, .all_endpoints = true}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.golden) {
      check_golden(row.golden, terminal(sample_report(), row.style));
    }
}

TEST_CASE("terminal: a first screen has at most 40 lines and no line is wider than the terminal", "[render][terminal]") {
  for (const unsigned width : {60u, 80u, 100u, 140u}) DYNAMIC_SECTION(width << " columns") {
      const std::vector<std::string> lines = lines_of(terminal(sample_report(), {.width = width}));
      CHECK(lines.size() <= 40);
      for (const std::string& line : lines) {
        CAPTURE(line);
        CHECK(display_width(line) <= width);
      }
    }
}

TEST_CASE("terminal: an empty report has two lines and no empty sections", "[render][terminal]") {
  const std::string screen = terminal({}, {});
  CHECK(screen.find("0 files, 0 octets read      0 network calls\n") != std::string::npos);
  CHECK(screen.find("no findings\n") != std::string::npos);
  CHECK(screen.find("ENDPOINT") == std::string::npos);
  CHECK(screen.find("NOT UNDERSTOOD") == std::string::npos);
  CHECK(screen.find("next:") == std::string::npos);
}

TEST_CASE("terminal: ids are as short as tells them apart", "[render][terminal]") {
  Report report;
  report.findings = {
      {.rule = "a", .id = "41aa000000000000"}, {.rule = "b", .id = "41aa100000000000"}, {.rule = "c", .id = "5000000000000000"}};
  const std::string screen = terminal(report, {});
  CHECK(screen.find("explain 41aa0\n") != std::string::npos);
  CHECK(screen.find("explain 41aa1\n") != std::string::npos);
  CHECK(screen.find("explain 50000\n") != std::string::npos);
}

TEST_CASE("terminal: hostile text reaches the terminal only as visible escapes", "[render][terminal]") {
  const Report report = hostile_report();
  for (const unsigned width : {0u, 80u}) DYNAMIC_SECTION(width << " columns") {
      const TerminalStyle style{.width = width, .min = Severity::info, .all_endpoints = true};
      const std::string whole =
          terminal(report, style) + terminal_finding(report.findings[0], style) + terminal_diagnostic(report.diagnostics[0], style);
      CHECK(is_harmless(whole));
      CHECK(whole.find("\\x1b[31mred") != std::string::npos);
    }
}

TEST_CASE("terminal: what-ifs", "[render][terminal]") {
  struct Row {
    const char* golden;
    ImpactLists lists;
    TerminalStyle style;
  };
  const Row rows[] = {{"whatif-pipe.txt", {}, {}},
                      {"whatif-who-100-columns.txt", {.who = true}, {.width = 100}},
                      {"whatif-unknown-ascii.txt", {.unknown = true}, {.width = 80, .unicode = false}}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.golden) {
      check_golden(row.golden, terminal(sample_impact(), row.lists, row.style));
    }
  const std::string hostile = terminal(hostile_impact(), {.who = true, .unknown = true}, {});
  CHECK(is_harmless(hostile));
  CHECK(hostile.find("\\x1b[31mred") != std::string::npos);
}

TEST_CASE("terminal: times as people say them", "[render][terminal]") {
  struct Row {
    std::uint64_t seconds;
    const char* expected;
  };
  const Row rows[] = {{0, "0"},      {1, "1 s"},      {60, "1 min"},  {89, "89 s"},     {90, "1.5 min"}, {900, "15 min"},
                      {3600, "1 h"}, {5400, "1.5 h"}, {86400, "1 d"}, {259200, "72 h"}, {864000, "10 d"}};
  for (const Row& row : rows) CHECK(seconds_in_words(row.seconds) == row.expected);
  CHECK(milliseconds_in_words(0) == "0 s");
  CHECK(milliseconds_in_words(40) == "40 ms");
  CHECK(milliseconds_in_words(2500) == "2.5 s");
  CHECK(milliseconds_in_words(30000) == "30 s");
  CHECK(lockout_in_words({0, 0}, true) == "0 – 0");
  CHECK(lockout_in_words({0, 900}, true) == "0 – 15 min");
  CHECK(lockout_in_words({0, 900}, false) == "0 – 15 min + ?");
  CHECK(lockout_in_words({0, 0}, false) == "0 – ?");
  CHECK(lockout_in_words({0, std::nullopt}, true) == "0 – ?");
}

TEST_CASE("terminal: one finding in full", "[render][terminal]") {
  Finding finding = sample_report().findings[0];
  finding.affected.resize(3);
  check_golden("finding.txt", terminal_finding(finding, {.width = 100}));
}

TEST_CASE("terminal: a diagnostic quotes its line and marks the place", "[render][terminal]") {
  struct Row {
    const char* title;
    Diagnostic diagnostic;
    const char* expected;
  };
  const Row rows[] = {
      {"place and hint",
       {{.file = "a.conf", .line = 3, .column = 16, .length = 5, .text = "nameserver 300.1"},
        DiagnosticSeverity::error,
        "not an address",
        "write one",
        12},
       "a.conf:3:16: error: not an address\n  nameserver 300.1\n             ^~~~~\n  hint: write one\n"},
      {"the mark is below wide and escaped characters",
       {{.file = "a", .column = 1, .length = 2, .text = "日\x01 xy"}, DiagnosticSeverity::warning, "odd", "", 6},
       "a:1:1: warning: odd\n  日\\x01 xy\n         ^~\n"},
      {"a place that is not known has no mark",
       {{.file = "a", .text = "text"}, DiagnosticSeverity::note, "so", ""},
       "a:1:1: note: so\n  text\n"},
      {"a place behind the quoted part has no mark",
       {{.file = "a", .text = "text"}, DiagnosticSeverity::note, "so", "", 9},
       "a:1:1: note: so\n  text\n"},
      {"no line, no quotation", {{.file = "a"}, DiagnosticSeverity::error, "empty", ""}, "a:1:1: error: empty\n"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(terminal_diagnostic(row.diagnostic, {}) == row.expected);
    }
}

}  // namespace mainstay
