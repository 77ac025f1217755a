#include "analyzer/git/git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "analyzer/git/git_process.h"

namespace mainstay {

Result<std::string> Git::text(const std::vector<std::string>& arguments, std::size_t most, std::chrono::milliseconds limit) const {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = Clock::now() + limit;
  const auto cannot_start = [] { return Error{fmt::format("git cannot be started: {}", std::strerror(errno))}; };
  const Descriptor input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  std::array<int, 2> pipe{};
  if (!input || ::pipe2(pipe.data(), O_CLOEXEC) != 0) return cannot_start();
  GitProcess process;
  // Declared behind the process, so that it is closed before the end of the process is waited for.
  const Descriptor out(pipe[0]);
  {
    const Descriptor write_end(pipe[1]);
    if (!process.start(folder_, arguments, input.number(), write_end.number())) return cannot_start();
  }
  std::string all;
  std::array<char, 65536> buffer{};
  while (true) {
    if (limit.count() > 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
      pollfd ready{.fd = out.number(), .events = POLLIN, .revents = 0};
      const int polled = ::poll(&ready, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 1 << 30)));
      if (polled < 0 && errno == EINTR) continue;
      if (polled <= 0) {
        process.kill();
        return Error{"git took too long"};
      }
    }
    const ssize_t count = ::read(out.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    if (all.size() + static_cast<std::size_t>(count) > most) return Error{"git printed more than can be taken"};
    all.append(buffer.data(), static_cast<std::size_t>(count));
  }
  if (process.end() != 0) return Error{process.complaint()};
  return all;
}

}  // namespace mainstay
