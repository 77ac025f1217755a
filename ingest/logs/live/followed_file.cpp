#include "ingest/logs/live/followed_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace mainstay {

FollowedFile::~FollowedFile() {
  if (descriptor_ > STDIN_FILENO) close(descriptor_);
}

std::size_t FollowedFile::read_input(std::span<char> room) {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  if (has_ended_ || poll(&input, 1, 0) <= 0) return 0;
  const ssize_t got = ::read(STDIN_FILENO, room.data(), room.size());
  if (got > 0) return static_cast<std::size_t>(got);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  if (got < 0) error_ = std::string("standard input cannot be read: ") + std::strerror(errno);
  has_ended_ = true;
  return 0;
}

/// Goes on with what now has the name; false while nothing has.
bool FollowedFile::open_next() {
  const int opened = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe must not keep us waiting before it is refused
  if (opened < 0) return false;
  struct stat status {};
  if (fstat(opened, &status) != 0 || !S_ISREG(status.st_mode)) {
    error_ = path_ + " is no file";
    close(opened);
    return false;
  }
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = opened;
  device_ = status.st_dev;
  number_ = status.st_ino;
  position_ = 0;
  mark_.clear();
  next_joint_ = was_open_ ? Joint::next_file : Joint::none;
  was_open_ = true;
  return true;
}

bool FollowedFile::has_successor() const {
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0 || status.st_size == 0) return false;
  return status.st_dev != device_ || status.st_ino != number_;
}

/// It is shorter than what was read of it, or has other octets there: it may have grown past them already.
bool FollowedFile::was_cut() const {
  struct stat status {};
  if (fstat(descriptor_, &status) != 0) return false;
  if (static_cast<std::uint64_t>(status.st_size) < position_) return true;
  char before[kMark];
  const ssize_t got = pread(descriptor_, before, mark_.size(), static_cast<off_t>(position_ - mark_.size()));
  return std::string_view(before, static_cast<std::size_t>(std::max<ssize_t>(got, 0))) != mark_;
}

void FollowedFile::remember(std::span<const char> octets) {
  position_ += octets.size();
  const std::span<const char> last = octets.last(std::min(octets.size(), kMark));
  mark_.append(last.data(), last.size());
  mark_.erase(0, mark_.size() - std::min(mark_.size(), kMark));
}

std::size_t FollowedFile::read(std::span<char> room) {
  joint_ = Joint::none;
  if (path_ == "-") return read_input(room);
  if (descriptor_ < 0 && !open_next()) return 0;
  if (was_cut()) {
    position_ = 0;
    mark_.clear();
    next_joint_ = Joint::cut;
  }
  bool is_last_look = false;
  while (true) {
    const ssize_t got = pread(descriptor_, room.data(), room.size(), static_cast<off_t>(position_));
    if (got < 0 && errno != EINTR) {
      error_ = path_ + " cannot be read: " + std::strerror(errno);
      return 0;
    }
    if (got > 0) {
      remember(room.first(static_cast<std::size_t>(got)));
      joint_ = std::exchange(next_joint_, Joint::none);
      return static_cast<std::size_t>(got);
    }
    if (got < 0) continue;
    // What was written between the end that was met and the successor is read before that is turned to.
    if (is_last_look && !open_next()) return 0;
    if (!is_last_look && !has_successor()) return 0;
    is_last_look = !is_last_look;
  }
}

}  // namespace mainstay
