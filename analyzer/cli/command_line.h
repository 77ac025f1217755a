// The command line of one run, taken apart. Everything about the library that does so stands in the .cpp.
#pragma once

#include <string>
#include <vector>

#include "analyzer/cli/arguments.h"

namespace mainstay {

/// What the whole program says of itself.
struct ProgramText {
  std::string name;
  std::string summary;
  std::string version;  // what --version prints
  std::string footer;   // below the help
};

/// Shape: `command` is the command that was named, empty when none was. `answer` is what to print and then end with success (help, the
///        version). `problem` is what is wrong with the command line; neither is set when the targets of the arguments were filled in.
struct CommandLine {
  std::string command;
  std::string answer;
  std::string problem;
};

/// Takes the arguments of a run (without the program's name) apart, into the targets of the commands' arguments.
CommandLine read_command_line(const ProgramText& text, const std::vector<Arguments>& commands, std::vector<std::string> arguments);

}  // namespace mainstay
