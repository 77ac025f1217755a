#include "tests/e2e/program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

constexpr const char* kEnvironment[] = {"PATH=/usr/bin:/bin",
                                        "HOME=/nonexistent",
                                        "LC_ALL=C",
                                        "ASAN_OPTIONS=exitcode=99",
                                        "UBSAN_OPTIONS=exitcode=99:print_stacktrace=1",
                                        nullptr};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

/// In the child: from here only what may be called between fork and exec.
[[noreturn]] void become(char* const* command, const char* folder, const char* out, const char* err) {
  const int files[] = {::open("/dev/null", O_RDONLY), ::open(out, O_WRONLY | O_CREAT, 0600), ::open(err, O_WRONLY | O_CREAT, 0600)};
  for (int at = 0; at < 3; ++at) ::dup2(files[at], at);
  if (!is_sanitized()) {  // the address space of a sanitizer is terabytes
    const rlimit memory{rlim_t{4} << 30, rlim_t{4} << 30};
    ::setrlimit(RLIMIT_AS, &memory);
  }
  if (::chdir(folder) == 0) ::execvpe(command[0], command, const_cast<char* const*>(kEnvironment));
  ::_exit(127);
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Waits for the child's end, and brings it about after `limit`.
void wait_for(pid_t child, std::chrono::seconds limit, Outcome& outcome) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  int status = 0;
  rusage used{};
  while (::wait4(child, &status, WNOHANG, &used) == 0) {
    if (Clock::now() - begin > limit) ::kill(child, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  outcome.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.peak_octets = static_cast<std::size_t>(used.ru_maxrss) * 1024;
}

std::string replaced(std::string text, std::string_view what, std::string_view mark) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + mark.size())) {
    text.replace(at, what.size(), mark);
  }
  return text;
}

}  // namespace

bool is_sanitized() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#elif defined(__has_feature)
  return __has_feature(address_sanitizer);
#else
  return false;
#endif
}

Outcome run(std::vector<std::string> command, const std::string& folder) {
  const ScratchFolder scratch;
  const std::string out = scratch.path("out");
  const std::string err = scratch.path("err");
  const std::vector<char*> words = pointers(command);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) become(words.data(), folder.c_str(), out.c_str(), err.c_str());
  Outcome outcome;
  wait_for(child, std::chrono::seconds(is_sanitized() ? 600 : 60), outcome);
  outcome.out = content_of(out);
  outcome.err = content_of(err);
  return outcome;
}

Outcome mainstay(const std::vector<std::string>& arguments, const std::string& folder) {
  std::vector<std::string> command{program_path()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(std::move(command), folder.empty() ? source_dir() : folder);
}

void check_golden(std::string_view name, const std::vector<std::string>& arguments, const std::vector<std::string>& folders) {
  std::string text = "$ mainstay";
  for (const std::string& argument : arguments) text += " " + argument;
  const Outcome outcome = mainstay(arguments);
  text += "\n" + outcome.out;
  if (!outcome.err.empty()) text += "-- standard error\n" + outcome.err;
  text += "-- exit status " + std::to_string(outcome.status) + "\n";
  for (const std::string& folder : folders) text = replaced(std::move(text), folder, "FOLDER");
  text = replaced(std::move(text), "mainstay " MAINSTAY_VERSION, "mainstay VERSION");
  const std::string path = source_dir() + "/tests/golden/e2e/" + std::string(name);
  if (std::getenv("MAINSTAY_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << text;
  CHECK(text == content_of(path));
}

}  // namespace mainstay
