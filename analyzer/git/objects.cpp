#include "analyzer/git/objects.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace mainstay {

Result<std::shared_ptr<Objects>> Objects::of(const Git& git) {
  std::array<int, 2> ends{};
  // A socket, because writing to a pipe that nobody reads any more ends the program.
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return Error{reason_of(errno)};
  const std::shared_ptr<Objects> objects(new Objects);
  objects->talk_ = Descriptor(ends[0]);
  const Descriptor other(ends[1]);
  if (!objects->process_.start(git.folder(), {"cat-file", "--batch"}, other.number(), other.number()))
    return Error{fmt::format("git cannot be started: {}", std::strerror(errno))};
  return objects;
}

bool Objects::ask(std::string line) {
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t count = ::send(talk_.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Objects::more() {
  if (used_ == ahead_.size()) {
    ahead_.clear();
    used_ = 0;
  }
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = ::read(talk_.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    ahead_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }
}

bool Objects::take_line(std::string& line) {
  std::size_t feed = ahead_.find('\n', used_);
  while (feed == std::string::npos) {
    if (!more()) return false;
    feed = ahead_.find('\n', used_);
  }
  line = ahead_.substr(used_, feed - used_);
  used_ = feed + 1;
  return true;
}

bool Objects::take(std::string& bytes, std::size_t count) {
  while (bytes.size() < count) {
    if (used_ == ahead_.size() && !more()) return false;
    const std::size_t piece = std::min(count - bytes.size(), ahead_.size() - used_);
    bytes.append(ahead_, used_, piece);
    used_ += piece;
  }
  return true;
}

/// The answer is "<id> blob <octets>", the octets and a line feed, or "<id> missing".
Result<std::string> Objects::bring(const std::string& id) {
  const Error ended{"git ended while it was asked for the content"};
  std::string header;
  if (!ask(id + "\n") || !take_line(header)) return ended;
  const std::size_t blank = header.rfind(' ');
  std::size_t octets = 0;
  const char* const end = header.data() + header.size();
  const bool has_size = blank != std::string::npos && std::from_chars(header.data() + blank + 1, end, octets).ec == std::errc();
  if (!has_size) return Error{"its content is not in the repository"};
  std::string bytes;
  std::string feed;
  if (!take(bytes, octets) || !take(feed, 1)) return ended;
  return bytes;
}

Result<Objects::Content> Objects::read(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (const auto known = kept_.find(id); known != kept_.end()) return known->second;
  Result<std::string> bytes = bring(id);
  if (!bytes) return Error{bytes.error()};
  const auto content = std::make_shared<const std::string>(*std::move(bytes));
  if (content->size() <= room_) {
    room_ -= content->size();
    kept_.emplace(id, content);
  }
  return content;
}

}  // namespace mainstay
