#include "analyzer/cli/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace mainstay {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Result<bool> write_file(const std::string& path, std::string_view bytes) {
  struct stat existing {};
  const bool is_there = ::stat(path.c_str(), &existing) == 0;
  // A device or a pipe cannot be replaced, only written to.
  if (is_there && !S_ISREG(existing.st_mode)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return Error{path + " cannot be written: " + std::strerror(errno)};
    const bool done = write_all(file, bytes);
    const int reason = errno;
    if (::close(file) == 0 && done) return true;
    return Error{path + " cannot be written: " + std::strerror(reason)};
  }
  std::string temporary = path + ".XXXXXX";
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0) return Error{path + " cannot be written: " + std::strerror(errno)};
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const mode_t mode = is_there ? existing.st_mode & 0777 : 0666 & ~mask;
  bool done = write_all(file, bytes) && ::fchmod(file, mode) == 0 && ::fsync(file) == 0;
  int reason = errno;
  if (::close(file) != 0) done = false;
  if (done && ::rename(temporary.c_str(), path.c_str()) == 0) return true;
  if (done) reason = errno;
  ::unlink(temporary.c_str());
  return Error{path + " cannot be written: " + std::strerror(reason)};
}

}  // namespace mainstay
