// CommandTable: the command line as data, read off the parser itself, for the manual page and the shells' completions.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace mainstay {

/// An option or a positional argument.
/// Shape: `names` are "-o" and "--output"; one word without dashes for a positional. `value` is what stands for its value ("FILE"), empty
///        for flags. `words` are all values that are taken, where they are a fixed list.
struct ArgumentRow {
  std::vector<std::string> names;
  std::string value;
  std::vector<std::string> words;
  std::string range;  // "1 - 1024", where numbers have limits
  std::string usual;  // the value when it is not given
  std::string meaning;
  bool is_required = false;
  bool takes_many = false;  // values, one behind the other, or the whole option again
};

struct CommandRow {
  std::string name;
  std::string summary;
  std::vector<ArgumentRow> options;
  std::vector<ArgumentRow> positionals;
};

struct CommandTable {
  std::string program;
  std::string summary;
  std::vector<ArgumentRow> options;  // of the program itself
  std::vector<CommandRow> commands;  // without hidden ones
};

/// What a parser takes.
CommandTable table_of(const CLI::App& program);

/// The manual page of section 1, in the macros of man(7).
std::string manual_page(const CommandTable& table);

/// A script that completes command lines; it runs nothing but the shell's own words, whatever files are called.
std::string bash_completion(const CommandTable& table);
std::string zsh_completion(const CommandTable& table);
std::string fish_completion(const CommandTable& table);

}  // namespace mainstay
