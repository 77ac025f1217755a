#include "ingest/source/confined.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace mainstay {
namespace {

int flags_for(bool is_folder) { return O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | (is_folder ? O_DIRECTORY : 0); }

int open_again(int folder, const char* path, int flags) {
  int number = -1;
  do {
    number = ::openat(folder, path, flags);
  } while (number < 0 && errno == EINTR);
  return number;
}

Descriptor open_by_component(int folder, std::string_view path, bool is_folder) {
  Descriptor at;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string part(path.substr(0, slash));
    if (part == "..") {
      errno = ELOOP;
      return {};
    }
    const bool is_last = slash == std::string_view::npos;
    at = Descriptor(open_again(at ? at.number() : folder, part.c_str(), flags_for(is_folder || !is_last)));
    if (!at || is_last) return at;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor open_below(int folder, std::string_view path, bool is_folder, Opening opening) {
  if (opening == Opening::best) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags_for(is_folder));
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const long number = ::syscall(SYS_openat2, folder, std::string(path).c_str(), &how, sizeof how);
    if (number >= 0) return Descriptor(static_cast<int>(number));
    // Kernels before 5.6 and some sandboxes have no openat2; it takes no path longer than PATH_MAX; a rename may disturb it.
    if (errno != ENOSYS && errno != EPERM && errno != ENAMETOOLONG && errno != EAGAIN && errno != EINTR) return {};
  }
  return open_by_component(folder, path, is_folder);
}

std::string reason_of(int error_number) {
  switch (error_number) {
    case ENOENT: return "it vanished while the tree was read";
    case ELOOP:
    case ENOTDIR: return "it was replaced, or became a symbolic link, while the tree was read";
    case ENXIO: return "not a regular file";
    case EACCES: return "permission denied";
    default: return std::generic_category().message(error_number);
  }
}

Result<OpenFile> OpenFile::of(Descriptor descriptor) {
  struct stat state {};
  if (::fstat(descriptor.number(), &state) != 0) return Error{reason_of(errno)};
  if (!S_ISREG(state.st_mode)) return Error{"not a regular file"};
  return OpenFile(std::move(descriptor), static_cast<std::uint64_t>(state.st_size));
}

OpenFile OpenFile::of(std::uint64_t octets, std::function<Content()> read) {
  OpenFile file({}, octets);
  file.read_ = std::move(read);
  return file;
}

Result<bool> OpenFile::fill_from_content(std::string& bytes, std::size_t wanted) {
  if (content_ == nullptr) {
    Content content = read_();
    if (!content) return Error{content.error()};
    content_ = *std::move(content);
  }
  if (bytes.size() < std::min(wanted, content_->size())) bytes.append(*content_, bytes.size(), wanted - bytes.size());
  return true;
}

Result<bool> OpenFile::fill(std::string& bytes, std::size_t wanted) {
  if (read_) return fill_from_content(bytes, wanted);
  std::size_t used = bytes.size();
  bool is_end = false;
  while (used < wanted && !is_end) {
    // Grown in steps: a size that a file only claims takes no memory; and a small file takes no more than it has, as many are kept.
    constexpr std::size_t kStep = std::size_t{1} << 20;
    const std::size_t step = used <= octets_ ? static_cast<std::size_t>(std::min<std::uint64_t>(octets_ - used + 1, kStep)) : kStep;
    if (bytes.size() == used) bytes.resize(std::min(wanted, used + step));
    const ssize_t got = ::read(descriptor_.number(), bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      bytes.resize(used);
      return Error{reason_of(error)};
    }
    is_end = got == 0;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return true;
}

}  // namespace mainstay
