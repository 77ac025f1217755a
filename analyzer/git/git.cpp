#include "analyzer/git/git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "ingest/source/confined.h"

namespace mainstay {
namespace {

/// A file in memory that holds the input of a command, so that nobody waits for a full pipe.
Descriptor file_of(std::string_view bytes) {
  Descriptor file(::memfd_create("mainstay", MFD_CLOEXEC));
  while (file && !bytes.empty()) {
    const ssize_t count = ::write(file.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return {};
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (file) ::lseek(file.number(), 0, SEEK_SET);
  return file;
}

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

/// A started git: its process, and the end of the pipe that it prints to.
class Child {
 public:
  Child() = default;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  bool start(std::vector<std::string> words, const Descriptor& input) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return false;
    out_ = Descriptor(pipe[0]);
    const Descriptor write_end(pipe[1]);
    problems_ = file_of("");
    if (!problems_) return false;
    posix_spawn_file_actions_t actions;
    if (::posix_spawn_file_actions_init(&actions) != 0) return false;
    ::posix_spawn_file_actions_adddup2(&actions, input.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, write_end.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, problems_.number(), STDERR_FILENO);
    std::vector<std::string> set = environment();
    const int failed = ::posix_spawnp(&process_, "git", &actions, nullptr, pointers(words).data(), pointers(set).data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) process_ = -1;
    errno = failed;
    return failed == 0;
  }

  /// The next piece; empty at the end.
  std::string_view next() {
    while (true) {
      const ssize_t count = ::read(out_.number(), buffer_.data(), buffer_.size());
      if (count < 0 && errno == EINTR) continue;
      return {buffer_.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
    }
  }

  void stop() {
    if (process_ > 0) ::kill(process_, SIGTERM);
  }

  /// The exit status; -1 when it did not end by itself.
  int end() {
    if (process_ <= 0) return -1;
    out_ = Descriptor();
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  /// The first line that it complained with.
  std::string complaint() const {
    std::string text(500, '\0');
    const ssize_t count = ::pread(problems_.number(), text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    text = text.substr(0, text.find('\n'));
    for (const std::string_view head : {"fatal: ", "error: "}) {
      if (text.starts_with(head)) text.erase(0, head.size());
    }
    return text.empty() ? "git failed and did not say why" : text;
  }

 private:
  pid_t process_ = -1;
  Descriptor out_;
  Descriptor problems_;
  std::array<char, 65536> buffer_{};
};

}  // namespace

Result<bool> Git::stream(const std::vector<std::string>& arguments, std::string_view input,
                         const std::function<bool(std::string_view)>& take) const {
  std::vector<std::string> words = {"git", "-c", "safe.directory=*", "-C", folder_};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const Descriptor file = file_of(input);
  Child child;
  if (!file || !child.start(std::move(words), file)) return Error{fmt::format("git cannot be started: {}", std::strerror(errno))};
  for (std::string_view piece = child.next(); !piece.empty(); piece = child.next()) {
    if (take(piece)) continue;
    child.stop();
    return true;
  }
  if (child.end() != 0) return Error{child.complaint()};
  return true;
}

Result<std::string> Git::text(const std::vector<std::string>& arguments, std::size_t most) const {
  std::string all;
  bool fits = true;
  const Result<bool> done = stream(arguments, "", [&](std::string_view piece) {
    fits = all.size() + piece.size() <= most;
    if (fits) all += piece;
    return fits;
  });
  if (!done) return Error{done.error()};
  if (!fits) return Error{"git printed more than can be taken"};
  return all;
}

}  // namespace mainstay
