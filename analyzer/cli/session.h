// Session: what a command may touch of the world around the program.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace mainstay {

/// How the program ends; documented in README.md and by `mainstay --help`.
enum class ExitStatus : int {
  clean = 0,          // nothing at or above the threshold
  findings = 1,       // at least one finding at or above it
  usage = 2,          // the command line is wrong
  incomplete = 3,     // nothing at or above the threshold, but something could not be read, so nobody can say "safe"
  internal_error = 4  // a bug of the program
};

struct Session {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  unsigned width = 0;   // columns; 0 where there is no terminal
  bool colour = false;  // NO_COLOR and the terminal have been asked
  bool unicode = true;
  std::int64_t now = 0;  // seconds since 1970, UTC; SOURCE_DATE_EPOCH when that is set
};

}  // namespace mainstay
