#include "ingest/logs/live/file_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace mainstay {

FileWatch::FileWatch(const std::string& path, Means means) : is_input_(path == "-") {
  if (is_input_ || means == Means::clock) return;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  folder_ = folder.empty() ? "." : folder.string();
  descriptor_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}

FileWatch::~FileWatch() {
  if (descriptor_ >= 0) close(descriptor_);
}

/// The folder and not the file is watched: the file comes and goes. The folder may too, so that it is tried again as long as it is away.
void FileWatch::watch_folder() {
  constexpr std::uint32_t kChanges = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
  if (descriptor_ >= 0 && watch_ < 0) watch_ = inotify_add_watch(descriptor_, folder_.c_str(), kChanges);
}

void FileWatch::wait(std::chrono::milliseconds most, int other) {
  constexpr std::chrono::milliseconds kLongest{1000};
  watch_folder();
  std::array<pollfd, 2> waited{
      {{.fd = is_input_ ? STDIN_FILENO : descriptor_, .events = POLLIN, .revents = 0}, {.fd = other, .events = POLLIN, .revents = 0}}};
  poll(waited.data(), waited.size(), static_cast<int>(std::clamp(most, std::chrono::milliseconds(0), kLongest).count()));
  if (is_input_ || descriptor_ < 0) return;
  alignas(inotify_event) std::array<char, 4096> events{};
  while (true) {
    const ssize_t got = read(descriptor_, events.data(), events.size());
    if (got <= 0) return;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      const auto* const event = reinterpret_cast<const inotify_event*>(events.data() + at);
      at += sizeof(inotify_event) + event->len;
      if ((event->mask & IN_MOVE_SELF) != 0) inotify_rm_watch(descriptor_, watch_);
      if ((event->mask & (IN_IGNORED | IN_MOVE_SELF)) != 0) watch_ = -1;
    }
  }
}

}  // namespace mainstay
