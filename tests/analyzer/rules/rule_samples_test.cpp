// Every rule's bad sample is found where it is marked, and nowhere else; every good sample is silent under all rules.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <tuple>

#include "analyzer/rules/rule.h"
#include "tests/analyzer/scanned.h"
#include "tests/places.h"

namespace mainstay {
namespace {

namespace fs = std::filesystem;

struct Mark {
  std::string rule;
  std::string file;
  std::uint32_t line = 0;
  friend auto operator<=>(const Mark&, const Mark&) = default;
};

/// The marks of one tree: "expect: rule" in a comment on the line before the place, and lines "file:line rule" of expect.txt.
std::set<Mark> marks_in(const fs::path& root) {
  std::set<Mark> marks;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path());
    std::string line;
    const std::string name = fs::relative(entry.path(), root).generic_string();
    for (std::uint32_t number = 1; std::getline(in, line); ++number) {
      if (entry.path().filename() == "expect.txt") {
        const std::size_t colon = line.find(':');
        const std::size_t blank = line.find(' ');
        REQUIRE(blank != std::string::npos);
        marks.insert({line.substr(blank + 1), line.substr(0, colon), static_cast<std::uint32_t>(std::stoul(line.substr(colon + 1)))});
        continue;
      }
      const std::size_t mark = line.find("expect: ");
      if (mark != std::string::npos) marks.insert({line.substr(mark + 8), name, number + 1});
    }
  }
  return marks;
}

bool lies_at(const Finding& finding, const Mark& mark) {
  return finding.rule == mark.rule && std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& one) {
           return one.place.file == mark.file && one.place.line == mark.line;
         });
}

std::string told(const Finding& finding) {
  std::string text = finding.rule + ": " + finding.message;
  for (const Evidence& one : finding.evidence)
    text += "\n    " + one.place.file + ":" + std::to_string(one.place.line) + " " + one.place.text;
  return text;
}

}  // namespace

TEST_CASE("rules: bad samples are found where they are marked", "[analyzer][rules][samples]") {
  for (const Rule* rule : all_rules()) {
    DYNAMIC_SECTION(rule->name) {
      const std::string folder = "samples/rules/" + std::string(rule->name) + "/bad";
      const std::set<Mark> marks = marks_in(source_dir() + "/" + folder);
      REQUIRE(std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.rule == rule->name; }));
      const std::shared_ptr<Loaded> loaded = scanned_sample(folder);
      const std::vector<Finding>& findings = loaded->report.findings;
      for (const Mark& mark : marks) {
        INFO("marked: " << mark.file << ":" << mark.line << " " << mark.rule);
        CHECK(std::any_of(findings.begin(), findings.end(), [&](const Finding& one) { return lies_at(one, mark); }));
      }
      for (const Finding& one : findings) {
        if (one.rule != rule->name) continue;
        INFO("found, and not marked: " << told(one));
        CHECK(std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return lies_at(one, mark); }));
      }
    }
  }
}

TEST_CASE("rules: good samples are silent under all rules", "[analyzer][rules][samples]") {
  for (const Rule* rule : all_rules()) {
    DYNAMIC_SECTION(rule->name) {
      const std::shared_ptr<Loaded> loaded = scanned_sample("samples/rules/" + std::string(rule->name) + "/good");
      CHECK_FALSE(loaded->report.sources.empty());
      for (const Finding& one : loaded->report.findings) {
        INFO(told(one));
        CHECK(one.rule == "silent");
      }
    }
  }
}

}  // namespace mainstay
