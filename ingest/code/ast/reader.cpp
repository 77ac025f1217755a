#include "ingest/code/ast/reader.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "ingest/code/ast/wire.h"
#include "ingest/syntax/clang_library.h"

namespace mainstay::code::ast {
namespace {

constexpr time_t kMaxSeconds = 4;        // of the processor, for one file
constexpr int kMaxWait = 120'000;        // milliseconds in which nothing comes: the process stands still
constexpr int kMaxFiles = 200;           // that one process reads: what the library does not give back stays small
constexpr int kNoFurtherDescriptor = 3;  // standard input, output and error are all

std::string& reading_program() {
  static std::string path;
  return path;
}

bool send_all(int to, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(to, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::optional<std::string> received(int from, std::size_t size, int wait) {
  std::string octets(size, '\0');
  for (std::size_t at = 0; at < size;) {
    pollfd ready{.fd = from, .events = POLLIN, .revents = 0};
    const int polled = ::poll(&ready, 1, wait);
    if (polled < 0 && errno == EINTR) continue;
    const ssize_t got = polled <= 0 ? 0 : ::recv(from, octets.data() + at, size - at, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    at += static_cast<std::size_t>(got);
  }
  return octets;
}

std::optional<std::string> message(int from, int wait) {
  const std::optional<std::string> length = received(from, 4, wait);
  const std::size_t size = length ? read_number(*length) : 0;
  return size == 0 || size > kMaxMessage ? std::nullopt : received(from, size, wait);
}

bool send_message(int to, const std::string& octets) {
  return send_all(to, written(static_cast<std::uint32_t>(octets.size()))) && send_all(to, octets);
}

void limit(int what, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

/// The library is loaded by now, so there is nothing left that a file is needed for.
void bound_process() {
  ::close_range(kNoFurtherDescriptor, ~0U, 0);
  limit(RLIMIT_NOFILE, kNoFurtherDescriptor);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
#ifndef MAINSTAY_SANITIZED  // which takes all addresses there are
  constexpr rlim_t kMaxAddresses = rlim_t{2} << 30;
  limit(RLIMIT_AS, kMaxAddresses);
#endif
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

void bound_time(time_t seconds) {
  const itimerval once{.it_interval = {0, 0}, .it_value = {seconds, 0}};
  ::setitimer(ITIMER_PROF, &once, nullptr);  // its signal ends the process
}

/// The reading process of one thread.
class Process {
 public:
  Process() = default;
  ~Process() { end(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  Result<std::vector<SeenCall>> ask(const TreeInput& input) {
    if (process_ < 0 && !start()) return Error{"the process that reads it cannot be started"};
    std::vector<std::size_t> sizes;
    for (const TreeFile& file : input.files) sizes.push_back(file.bytes.size());
    std::optional<Result<std::vector<SeenCall>>> calls;
    if (send_message(socket_, written(input))) {
      if (const std::optional<std::string> answer = message(socket_, kMaxWait)) calls = read_calls(*answer, sizes);
    }
    if (!calls) return Error{why_it_ended(end())};
    if (++files_ >= kMaxFiles) end();
    return *std::move(calls);
  }

 private:
  bool start() {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return false;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pair[1], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, pair[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = "mainstay", verb = kReadingVerb, path;
    std::array<char*, 3> words = {name.data(), verb.data(), nullptr};
    // The compiler takes include folders and options from its environment, so it gets none.
    if (const char* folders = std::getenv("LD_LIBRARY_PATH"); folders != nullptr) path = std::string("LD_LIBRARY_PATH=") + folders;
    std::array<char*, 2> set = {path.empty() ? nullptr : path.data(), nullptr};
    const int failed = ::posix_spawn(&process_, reading_program().c_str(), &actions, nullptr, words.data(), set.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pair[1]);
    socket_ = pair[0];
    files_ = 0;
    if (failed == 0) return true;
    process_ = -1;
    end();
    return false;
  }

  /// Ends the process; how it ended, as waitpid(2) has it.
  int end() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    int status = 0;
    if (process_ <= 0) return status;
    // One that has failed by itself says how when it is waited for; one that stands still has to be told.
    pid_t gone = 0;
    for (int wait = 0; wait < 100 && gone == 0; ++wait) {
      gone = ::waitpid(process_, &status, WNOHANG);
      if (gone == 0) ::poll(nullptr, 0, 1);
    }
    if (gone == 0) {
      ::kill(process_, SIGKILL);
      while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
      }
    }
    process_ = -1;
    return status;
  }

  static std::string why_it_ended(int status) {
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF) return "it takes the compiler's parser more than 4 s";
    return "the compiler's parser gave up on it";
  }

  pid_t process_ = -1;
  int socket_ = -1;
  int files_ = 0;
};

}  // namespace

void set_reading_program(std::string path) { reading_program() = std::move(path); }
bool has_reading_program() { return !reading_program().empty(); }

int serve_trees() {
  const bool is_there = clang_library() != nullptr;
  bound_process();
  while (const std::optional<std::string> request = message(STDIN_FILENO, -1)) {
    bound_time(kMaxSeconds);
    Result<std::vector<SeenCall>> calls = Error{"libclang is not on this machine"};
    if (const std::optional<TreeInput> input = read_input(*request); input && !input->files.empty() && is_there) {
      const Result<Tree> tree = read_tree(*input);
      if (tree) {
        calls = seen_calls(*tree, *input);
      } else {
        calls = Error{tree.error()};
      }
    }
    bound_time(0);
    if (!send_message(STDOUT_FILENO, written(calls))) break;
  }
  return 0;
}

Result<std::vector<SeenCall>> read_calls_apart(const TreeInput& input) {
  thread_local Process process;
  return process.ask(input);
}

}  // namespace mainstay::code::ast
