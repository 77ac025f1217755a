// Every command line that a reader of this repository is shown is one that the program takes.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/e2e/command_lines.h"
#include "tests/e2e/program.h"
#include "tests/places.h"

namespace mainstay {
namespace {

std::string content(const std::string& name) {
  std::ifstream file(source_dir() + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> texts() {
  namespace fs = std::filesystem;
  const std::string root = source_dir();
  std::vector<std::string> names = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", ".pre-commit-hooks.yaml", "tests/README.md"};
  for (const char* folder : {"docs", "packaging", "templates", "samples"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root + "/" + folder)) {
      const std::string name = entry.path().lexically_relative(root).generic_string();
      const bool is_text = name.ends_with(".md") || name.ends_with(".sh") || name.starts_with("templates/");
      if (entry.is_regular_file() && is_text) names.push_back(name);
    }
  }
  return names;
}

}  // namespace

TEST_CASE("command lines: all that documents, hooks, action and template show are taken", "[e2e][docs]") {
  const std::map<std::string, CommandHelp> commands = commands_from_help();
  REQUIRE(commands.size() > 10);
  REQUIRE(commands.at("scan").options.contains("--output"));
  REQUIRE(commands.at("scan").options.at("--format").contains("sarif"));
  std::map<std::string, std::size_t> counts;
  for (const std::string& name : texts()) {
    for (const ShownLine& line : shown_lines(name, content(name))) {
      INFO(line.file << ":" << line.number);
      CHECK(wrong_with(line, commands) == "");
      ++counts[name];
    }
  }
  for (const char* name : {"README.md", "docs/logs.md", "docs/policy.md", "docs/outputs.md", "docs/delivery.md", ".pre-commit-hooks.yaml",
                           "templates/mainstay.gitlab-ci.yml", "packaging/github-action.sh"}) {
    INFO(name);
    CHECK(counts[name] > 0);
  }
  CHECK(counts["README.md"] >= 15);
}

TEST_CASE("command lines: what is wrong in a text is found", "[e2e][docs]") {
  const std::map<std::string, CommandHelp> commands = commands_from_help();
  struct Row {
    const char* title;
    const char* file;
    const char* text;
    std::size_t count;
    const char* wrong;
  };
  const Row rows[] = {
      {"good: a code span", "a.md", "Run `mainstay scan . --strict` first.\n", 1, ""},
      {"good: a synopsis", "a.md", "    mainstay graph [PATH...] -o FILE.svg [--focus NODE] [--depth N]...   draws it\n", 1, ""},
      {"good: a pipe", "a.sh", "mainstay facts . | sort\n", 1, ""},
      {"good: prose is no command line", "a.md", "With mainstay scans are quick.\n", 0, ""},
      {"good: a comment is no command line", "a.sh", "# mainstay does what it says\n", 0, ""},
      {"good: a path before the name", "dev", "build/mainstay scan x\n", 1, ""},
      {"bad: a command", "a.md", "`mainstay scna .`\n", 1, "there is no command 'scna'"},
      {"bad: an option", "a.md", "`mainstay scan --formt json`\n", 1, "'scan' has no option '--formt'"},
      {"bad: an option of another command", "a.md", "    mainstay rules --strict\n", 1, "'rules' has no option '--strict'"},
      {"bad: a value", "a.md", "```\nmainstay scan --format jsn\n```\n", 1, "'--format' of 'scan' cannot be 'jsn'"},
      {"bad: a value behind an equals sign", "a.yml", "  - mainstay gate --base a --fail-on=high\n", 1,
       "'--fail-on' of 'gate' cannot be 'high'"},
      {"bad: an output", "a.yml", "  - mainstay scan --output sarfi=a\n", 1, "there is no output 'sarfi'"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const std::vector<ShownLine> lines = shown_lines(row.file, row.text);
      REQUIRE(lines.size() == row.count);
      if (row.count > 0) CHECK(wrong_with(lines[0], commands) == row.wrong);
    }
}

TEST_CASE("exit statuses: README.md has the program's own table", "[e2e][docs][status]") {
  const std::string help = mainstay({"--help"}).out;
  const std::string readme = content("README.md");
  for (int status = 0; status <= 4; ++status) {
    const std::string head = "\n  " + std::to_string(status) + "  ";
    const std::size_t at = help.find(head);
    REQUIRE(at != std::string::npos);
    const std::string meaning = help.substr(at + head.size(), help.find('\n', at + 1) - at - head.size());
    INFO(meaning);
    CHECK(readme.find("| " + std::to_string(status) + " | " + meaning + " |\n") != std::string::npos);
  }
}

}  // namespace mainstay
