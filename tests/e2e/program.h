// Program: runs the real mainstay as a user does, in an environment without surprises, and keeps what it said.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// What one run of a program gave.
/// Units: `seconds` of wall time; `peak_octets` of resident memory.
struct Outcome {
  int status = -1;  // the exit status; 128 + the signal when one ended it, as a shell says it
  std::string out;
  std::string err;
  double seconds = 0;
  std::size_t peak_octets = 0;
};

/// Runs build/mainstay in `folder` (the source folder when empty). It is killed after a minute (ten when it is built with sanitizers).
Outcome mainstay(const std::vector<std::string>& arguments, const std::string& folder = {});

/// The same for another program, found as a shell finds it.
Outcome run(std::vector<std::string> command, const std::string& folder);

/// True when the tests, and so the program, are built with sanitizers: they cost time and memory.
bool is_sanitized();

/// Checks that the command, its output and its exit status are what tests/golden/e2e/<name> says; with MAINSTAY_UPDATE=1 writes it.
/// The version stands as VERSION there, and each of `folders` as FOLDER.
void check_golden(std::string_view name, const std::vector<std::string>& arguments, const std::vector<std::string>& folders = {});

}  // namespace mainstay
