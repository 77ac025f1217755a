// Completions in the shells themselves: asked for every option of every command, and for every value that has words, as the help has them.
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "tests/e2e/command_lines.h"
#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

using Answers = std::map<std::string, std::set<std::string>>;

/// What is asked, and what must be answered.
Answers expected_answers() {
  Answers all = {{"mainstay --", {"--help", "--version"}},
                 {"mainstay completion ", {"bash", "zsh", "fish"}},
                 {"mainstay tickets p", {"plan"}},
                 {"mainstay tickets a", {"apply"}}};
  for (const auto& [command, help] : commands_from_help()) {
    if (command == "man") continue;  // for packages, and offered by none
    all["mainstay "].insert(command);
    for (const auto& [option, values] : help.options) {
      if (option.starts_with("--")) all["mainstay " + command + " --"].insert(option);
      if (!values.empty()) all["mainstay " + command + " " + option + " "] = values;
    }
  }
  return all;
}

/// The words that a shell gives to each query; of a word with a description behind a tab the word alone. Some offer options before anybody
/// has asked for one; these are left out.
Answers answers_in(const std::string& printed) {
  Answers all;
  std::string query;
  std::stringstream text(printed);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("? ")) {
      query = line.substr(2, line.size() - 3);
      all[query];
    } else if (const std::string word = line.substr(0, line.find('\t')); !word.empty() && (query.ends_with("-") || word[0] != '-')) {
      all[query].insert(word);
    }
  }
  return all;
}

std::string shown(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace

TEST_CASE("completion in the shells themselves: every command, every option, every value that has words", "[e2e][delivery][completion]") {
  struct Row {
    const char* shell;
    std::vector<std::string> command;
    const char* script;  // as the shell calls the completion of a program
  };
  const Row rows[] = {{"bash", {"bash", "--norc"}, "mainstay.bash"},
                      {"zsh", {"zsh", "-f"}, "_mainstay"},
                      {"fish", {"fish", "--no-config"}, "mainstay.fish"}};
  const Answers expected = expected_answers();
  REQUIRE(expected.size() > 40);
  for (const Row& row : rows) DYNAMIC_SECTION(row.shell) {
      if (run({"sh", "-c", std::string("command -v ") + row.shell}, "/").status != 0) {
        WARN("skipped: " << row.shell << " is not installed (packages.txt, section judges)");
        return;
      }
      const ScratchFolder folder;
      folder.write(row.script, mainstay({"completion", row.shell}).out);
      std::string queries;
      for (const auto& [query, words] : expected) queries += query + "|\n";
      folder.write("queries", queries);
      std::vector<std::string> command = {"env", "HOME=" + folder.path(), "TERM=xterm"};
      command.insert(command.end(), row.command.begin(), row.command.end());
      command.push_back(source_dir() + "/tests/e2e/shells/ask." + row.shell);
      const Outcome outcome = run(command, folder.path());
      INFO(outcome.err);
      CHECK(outcome.status == 0);
      CHECK(outcome.err.empty());
      const Answers answers = answers_in(outcome.out);
      for (const auto& [query, words] : expected) {
        INFO(query);
        REQUIRE(answers.contains(query));
        CHECK(shown(answers.at(query)) == shown(words));
      }
    }
}

}  // namespace mainstay
