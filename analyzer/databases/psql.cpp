#include "analyzer/databases/psql.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

extern char** environ;

namespace mainstay {
namespace {

/// What a running psql prints; its end is looked at when there is no more.
class PsqlSource : public ByteSource {
 public:
  PsqlSource(pid_t process, int output, int complaints) : process_(process), output_(output), complaints_(complaints) {}
  ~PsqlSource() override {
    close(output_);
    close(complaints_);
    if (process_ <= 0) return;
    kill(process_, SIGTERM);
    wait();
  }
  PsqlSource(const PsqlSource&) = delete;
  PsqlSource& operator=(const PsqlSource&) = delete;

  std::size_t read(std::span<char> room) override {
    while (process_ > 0) {
      const ssize_t got = ::read(output_, room.data(), room.size());
      if (got > 0) return static_cast<std::size_t>(got);
      if (got < 0 && errno == EINTR) continue;
      const int status = wait();
      if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) error_ = complaint();
    }
    return 0;
  }
  const std::string& error() const override { return error_; }

 private:
  int wait() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status;
  }
  std::string complaint() const {
    std::string text(500, '\0');
    const ssize_t count = pread(complaints_, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    text = text.substr(0, text.find('\n'));
    return text.empty() ? "psql failed and did not say why" : text;
  }

  pid_t process_;
  int output_;
  int complaints_;
  std::string error_;
};

bool has_password(std::string_view url) {
  if (url.find("password=") != std::string_view::npos) return true;
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view authority = url.substr(scheme + 3, url.find('/', scheme + 3) - scheme - 3);
  const std::size_t at = authority.rfind('@');
  return at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos;
}

}  // namespace

Result<std::unique_ptr<ByteSource>> ask_psql(const std::string& url, const std::string& query) {
  if (has_password(url))
    return Error{"--url: the password stands in ~/.pgpass or PGPASSWORD, where other users of this machine do not see it"};
  std::array<int, 2> pipe{-1, -1};
  const int complaints = memfd_create("mainstay", MFD_CLOEXEC);
  if (complaints < 0 || pipe2(pipe.data(), O_CLOEXEC) != 0) {
    if (complaints >= 0) close(complaints);
    return Error{std::string("psql cannot be started: ") + std::strerror(errno)};
  }
  std::vector<std::string> words = {"psql",
                                    "--no-psqlrc",
                                    "--quiet",
                                    "--no-password",
                                    "--set=ON_ERROR_STOP=1",
                                    "--dbname=" + url,
                                    "--command=COPY (" + query + ") TO STDOUT WITH (FORMAT csv, HEADER)"};
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);
  pid_t process = -1;
  const int failed = posix_spawnp(&process, "psql", &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(pipe[1]);
  if (failed == 0) return std::unique_ptr<ByteSource>(std::make_unique<PsqlSource>(process, pipe[0], complaints));
  close(pipe[0]);
  close(complaints);
  return Error{std::string("psql cannot be started: ") + std::strerror(failed) + " (the package postgresql-client has it)"};
}

}  // namespace mainstay
