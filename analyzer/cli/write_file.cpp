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

Error cannot_write(const std::string& path) { return Error{path + " cannot be written: " + std::strerror(errno)}; }

}  // namespace

Result<OutputFile> OutputFile::open(const std::string& path) {
  struct stat existing {};
  const bool is_there = ::stat(path.c_str(), &existing) == 0;
  // A device or a pipe cannot be replaced, only written to.
  if (is_there && !S_ISREG(existing.st_mode)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return cannot_write(path);
    return OutputFile(path, {}, file, 0);
  }
  std::string temporary = path + ".XXXXXX";
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0) return cannot_write(path);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return OutputFile(path, std::move(temporary), file, is_there ? existing.st_mode & 0777 : 0666 & ~mask);
}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<bool> OutputFile::write(std::string_view bytes) {
  if (write_all(descriptor_, bytes)) return true;
  return cannot_write(path_);
}

Result<bool> OutputFile::finish() {
  bool done = temporary_.empty() || (::fchmod(descriptor_, mode_) == 0 && ::fsync(descriptor_) == 0);
  int reason = errno;
  if (::close(std::exchange(descriptor_, -1)) != 0 && done) {
    done = false;
    reason = errno;
  }
  if (done && !temporary_.empty() && ::rename(temporary_.c_str(), path_.c_str()) != 0) {
    done = false;
    reason = errno;
  }
  if (done) return true;
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  errno = reason;
  return cannot_write(path_);
}

Result<bool> write_file(const std::string& path, std::string_view bytes) {
  Result<OutputFile> file = OutputFile::open(path);
  if (!file) return Error{file.error()};
  if (Result<bool> written = file->write(bytes); !written) return written;
  return file->finish();
}

}  // namespace mainstay
