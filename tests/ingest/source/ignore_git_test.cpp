#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "ingest/source/file_tree.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

using Random = std::mt19937;  // the same numbers everywhere

template <std::size_t n>
std::string pick(Random& random, const std::array<const char*, n>& choices) {
  return choices[random() % n];
}

std::string some_rule(Random& random) {
  static constexpr std::array<const char*, 38> kPieces{
      "a",    "b",           "ab",          "foo",          ".c", "/", "/",      "/",   "*",   "*",    "**",    "**/",    "/**",
      "/**/", "?",           "[ab]",        "[!a]",         "\\", "!", "#",      " ",   "\\ ", "[^b]", "[a-c]", "[]a]",   "[a-]",
      "***",  "[[:alpha:]]", "[[:punct:]]", "[[:space:]a]", "[",  "]", "[a\\]]", "\\*", "[b-", "-",    "\t",    "[[:x:]]"};
  std::string rule = random() % 6 == 0 ? "!" : "";
  for (std::size_t count = 1 + random() % 4; count > 0; --count) rule += pick(random, kPieces);
  if (random() % 5 == 0) rule += "/";
  if (random() % 8 == 0) rule += " ";
  return rule + (random() % 10 == 0 ? "\r\n" : "\n");
}

std::string some_rules(Random& random) {
  std::string rules;
  for (std::size_t count = 1 + random() % 5; count > 0; --count) rules += some_rule(random);
  return rules;
}

/// Trees that differ in their rules and their names, below folders "t0/", "t1/", ...
void make_trees(const ScratchFolder& scratch, int count) {
  static constexpr std::array<const char*, 6> kFolders{"a", "b", "foo", "a b", "[a]", "ab"};
  static constexpr std::array<const char*, 12> kFiles{"a", "b", "ab", "foo", "foo.c", "a.c", "#a", "!b", "a\\b", "[a]", "a ", "-"};
  Random random(20260401);
  for (int tree = 0; tree < count; ++tree) {
    const std::string root = "t" + std::to_string(tree) + "/";
    scratch.write(root + ".gitignore", some_rules(random));
    for (int file = 0; file < 12; ++file) {
      std::string folder = root;
      for (std::size_t depth = random() % 4; depth > 0; --depth) folder += pick(random, kFolders) + "/";
      const std::string name = pick(random, kFiles);
      // A name may be a folder already, or a folder's name a file.
      std::error_code error;
      if (std::filesystem::create_directories(scratch.path(folder), error); error) continue;
      if (!std::filesystem::exists(scratch.path(folder + name))) scratch.write(folder + name, "");
      if (random() % 6 == 0) scratch.write(folder + ".gitignore", some_rules(random));
    }
  }
}

std::vector<std::string> all_paths(const ScratchFolder& scratch) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.path())) {
    const std::string path = std::filesystem::relative(entry.path(), scratch.path()).string();
    if (path != ".git" && !path.starts_with(".git/")) paths.push_back(path);
  }
  return paths;
}

/// The rule that git says ignores each path: "t0/.gitignore:3", or "" for none.
std::map<std::string, std::string> verdicts_of_git(const ScratchFolder& scratch, const std::vector<std::string>& paths) {
  const ScratchFolder exchange;
  std::string input;
  for (const std::string& path : paths) input += path + '\0';
  exchange.write("paths", input);
  const std::string command = "cd '" + scratch.path() +
                              "' && HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 sh -c '" +
                              "git init -q . && git check-ignore --no-index -v -n -z --stdin' < '" + exchange.path("paths") + "' > '" +
                              exchange.path("verdicts") + "'";
  const int status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) <= 1);  // 1: nothing is ignored
  std::ifstream file(exchange.path("verdicts"), std::ios::binary);
  std::map<std::string, std::string> verdicts;
  std::string source;
  std::string line;
  std::string pattern;
  std::string path;
  while (std::getline(file, source, '\0') && std::getline(file, line, '\0') && std::getline(file, pattern, '\0') &&
         std::getline(file, path, '\0')) {
    const bool is_ignored = !source.empty() && !pattern.starts_with('!');
    verdicts[path] = is_ignored ? source + ":" + line : "";
  }
  return verdicts;
}

/// The rule that the tree says ignores the path, itself or with a folder above it.
std::string verdict_of(const FileTree& tree, const std::string& path) {
  for (std::size_t slash = path.find('/');; slash = path.find('/', slash + 1)) {
    const TreeFile* file = tree.find(path.substr(0, slash) + "/");
    if (file == nullptr && slash == std::string::npos) file = tree.find(path);
    constexpr std::string_view kIgnored = "ignored by ";
    if (file != nullptr && file->reason.starts_with(kIgnored)) return file->reason.substr(kIgnored.size());
    if (slash == std::string::npos) return {};
  }
}

}  // namespace

TEST_CASE("ignore rules: git decides the same", "[ingest][ignore-rules][git]") {
  if (std::system("git --version > /dev/null 2>&1") != 0) {
    WARN("skipped: git is not there");
    return;
  }
  const ScratchFolder scratch;
  make_trees(scratch, 250);
  const std::vector<std::string> paths = all_paths(scratch);
  const std::map<std::string, std::string> git = verdicts_of_git(scratch, paths);
  REQUIRE(git.size() == paths.size());
  const Result<FileTree> tree = FileTree::of({scratch.path()});
  REQUIRE(tree);
  std::size_t ignored = 0;
  for (const std::string& path : paths) {
    const std::string& expected = git.at(path);
    if (!expected.empty()) ++ignored;
    if (verdict_of(*tree, path) == expected) continue;
    const std::string root = path.substr(0, path.find('/'));
    std::ifstream rules(scratch.path(root + "/.gitignore"), std::ios::binary);
    std::ostringstream text;
    text << rules.rdbuf();
    CAPTURE(path, text.str());
    CHECK(verdict_of(*tree, path) == expected);
  }
  CHECK(ignored > paths.size() / 10);
  CHECK(ignored < paths.size());
}

}  // namespace mainstay
