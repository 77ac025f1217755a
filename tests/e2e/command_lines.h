// CommandLines: what the program's help says that it takes, and the command lines that the repository's texts show.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// The options of one command, each with the words that its value may be; no words where any will do.
struct CommandHelp {
  std::map<std::string, std::set<std::string>> options;
};

/// Every command, by name, as `mainstay --help` and `mainstay COMMAND --help` print it.
std::map<std::string, CommandHelp> commands_from_help();

/// One command line of a text. Shape: `words` without the program's name, without marks of a synopsis ("[", "]", "...").
struct ShownLine {
  std::string file;
  std::size_t number = 0;
  std::vector<std::string> words;
};

/// The command lines of a text: behind "mainstay" in code spans, code blocks, scripts and YAML.
std::vector<ShownLine> shown_lines(const std::string& file, std::string_view text);

/// What is wrong with one; empty when nothing is.
std::string wrong_with(const ShownLine& line, const std::map<std::string, CommandHelp>& commands);

}  // namespace mainstay
