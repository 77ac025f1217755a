#include "analyzer/git/git_process.h"

#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace mainstay {
namespace {

std::vector<std::string> environment() {
  const char* const path = std::getenv("PATH");
  return {std::string("PATH=") + (path == nullptr ? "/usr/bin:/bin" : path),
          "LC_ALL=C",
          "GIT_CONFIG_NOSYSTEM=1",
          "GIT_CONFIG_GLOBAL=/dev/null",
          "GIT_ATTR_NOSYSTEM=1",
          "GIT_OPTIONAL_LOCKS=0",
          "GIT_TERMINAL_PROMPT=0",
          "GIT_NO_REPLACE_OBJECTS=1",
          "GIT_NO_LAZY_FETCH=1",
          "GIT_ALLOW_PROTOCOL=none",
          "GIT_PAGER=cat"};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

bool GitProcess::start(const std::string& folder, const std::vector<std::string>& arguments, int input, int output) {
  problems_ = Descriptor(::memfd_create("mainstay", MFD_CLOEXEC));
  if (!problems_) return false;
  posix_spawn_file_actions_t actions;
  if (::posix_spawn_file_actions_init(&actions) != 0) return false;
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, problems_.number(), STDERR_FILENO);
  std::vector<std::string> words = {"git", "-c", "safe.directory=*", "-C", folder};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> set = environment();
  const int failed = ::posix_spawnp(&process_, "git", &actions, nullptr, pointers(words).data(), pointers(set).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) process_ = -1;
  errno = failed;
  return failed == 0;
}

void GitProcess::kill() const {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

int GitProcess::end() {
  if (process_ <= 0) return -1;
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string GitProcess::complaint() const {
  std::string text(500, '\0');
  const ssize_t count = ::pread(problems_.number(), text.data(), text.size(), 0);
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  text = text.substr(0, text.find('\n'));
  for (const std::string_view head : {"fatal: ", "error: "}) {
    if (text.starts_with(head)) text.erase(0, head.size());
  }
  return text.empty() ? "git failed and did not say why" : text;
}

}  // namespace mainstay
