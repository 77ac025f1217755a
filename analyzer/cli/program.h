// The command line as a whole.
#pragma once

#include <string>
#include <vector>

#include "analyzer/cli/command_table.h"
#include "analyzer/cli/session.h"

namespace mainstay {

/// The command line as data.
CommandTable program_table();

/// Parses the arguments (without the program's name) and runs the command they name.
ExitStatus run_program(std::vector<std::string> arguments, Session& session);

}  // namespace mainstay
