#include <sys/ioctl.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "analyzer/cli/program.h"

int main(int argc, char** argv) {
  using namespace mainstay;
  std::setlocale(LC_CTYPE, "C.UTF-8");
  std::ios::sync_with_stdio(false);
  Session session{.out = std::cout, .err = std::cerr};
  session.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  session.err_is_terminal = isatty(STDERR_FILENO) != 0;
  const char* no_colour = std::getenv("NO_COLOR");
  session.colour = session.out_is_terminal && (no_colour == nullptr || *no_colour == '\0');
  winsize size{};
  if (session.out_is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) session.width = size.ws_col;
  try {
    const ExitStatus status = run_program(std::vector<std::string>(argv + 1, argv + argc), session);
    std::cout.flush();
    if (!std::cout) {
      std::cerr << "mainstay: standard output cannot be written\n";
      return static_cast<int>(ExitStatus::internal_error);
    }
    return static_cast<int>(status);
  } catch (const std::exception& bug) {
    std::cerr << "mainstay: internal error: " << bug.what() << "; please report it with the input that causes it\n";
    return static_cast<int>(ExitStatus::internal_error);
  }
}
