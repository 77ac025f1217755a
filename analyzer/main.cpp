#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <clocale>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#ifdef MAINSTAY_MIMALLOC
#include <mimalloc.h>
#endif

#include "analyzer/cli/program.h"
#include "ingest/code/ast/reader.h"

namespace {

/// The clock, or the time that reproducible builds set in its place.
std::int64_t seconds_since_epoch() {
  const char* const set = std::getenv("SOURCE_DATE_EPOCH");
  const std::string_view text = set == nullptr ? "" : set;
  std::int64_t seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (!text.empty() && problem == std::errc() && end == text.data() + text.size()) return seconds;
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Memory that was given back is asked for again a moment later, 4 KiB at a time; that costs a seventh of the time of a question.
void keep_memory() {
#ifdef MAINSTAY_MIMALLOC
  mi_option_enable(mi_option_large_os_pages);
  mi_option_disable(mi_option_allow_decommit);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  using namespace mainstay;
  if (argc == 2 && std::string_view(argv[1]) == code::ast::kReadingVerb) return code::ast::serve_trees();
  code::ast::set_reading_program("/proc/self/exe");
  keep_memory();
  std::setlocale(LC_CTYPE, "C.UTF-8");
  std::ios::sync_with_stdio(false);
  // Never destroyed: taking a large estate apart again costs a tenth of the time of a question, and the process ends anyway.
  static Session& session = *new Session{.out = std::cout, .err = std::cerr};
  session.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  session.err_is_terminal = isatty(STDERR_FILENO) != 0;
  const char* no_colour = std::getenv("NO_COLOR");
  session.colour = session.out_is_terminal && (no_colour == nullptr || *no_colour == '\0');
  session.now = seconds_since_epoch();
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
