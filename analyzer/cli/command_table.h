// CommandTable: the command line as data, for the manual page and the shells' completions.
#pragma once

#include <string>
#include <vector>

#include "analyzer/cli/arguments.h"

namespace mainstay {

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

/// What every command takes, and what the program itself takes beside it.
ArgumentRow help_option();
ArgumentRow version_option();

/// What the commands take; a command with parts takes all that its parts do, and their names as a word in front.
CommandTable table_of(std::string program, std::string summary, const std::vector<Arguments>& commands);

/// The manual page of section 1, in the macros of man(7).
std::string manual_page(const CommandTable& table);

/// A script that completes command lines; it runs nothing but the shell's own words, whatever files are called.
std::string bash_completion(const CommandTable& table);
std::string zsh_completion(const CommandTable& table);
std::string fish_completion(const CommandTable& table);

}  // namespace mainstay
