// Session: what a command may touch of the world around the program.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace mainstay {

/// How the program ends; exit_meanings() says it to everybody.
enum class ExitStatus : int {
  clean = 0,          // nothing at or above the threshold
  findings = 1,       // at least one finding at or above it
  usage = 2,          // the command line is wrong
  incomplete = 3,     // nothing at or above the threshold, but something could not be read, so nobody can say "safe"
  internal_error = 4  // a bug of the program
};

/// Shape: one line, as `mainstay --help`, the manual page and README.md have it.
struct ExitMeaning {
  ExitStatus status;
  std::string_view meaning;
};
inline constexpr std::array<ExitMeaning, 5> kExitMeanings{
    {{ExitStatus::clean, "clean"},
     {ExitStatus::findings, "findings at or above --fail-on"},
     {ExitStatus::usage, "wrong usage"},
     {ExitStatus::incomplete,
      "the evidence is incomplete: nothing was read, or a file that matters could not be, so nobody can say \"safe\""},
     {ExitStatus::internal_error, "internal error"}}};
inline std::span<const ExitMeaning> exit_meanings() { return kExitMeanings; }

struct Session {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  unsigned width = 0;   // columns; 0 where there is no terminal
  bool colour = false;  // NO_COLOR and the terminal have been asked
  bool unicode = true;
  std::int64_t now = 0;                           // seconds since 1970, UTC; SOURCE_DATE_EPOCH when that is set
  std::vector<std::shared_ptr<const void>> kept;  // lives as long as the session does
};

}  // namespace mainstay
