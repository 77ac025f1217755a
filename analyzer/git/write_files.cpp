#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>

#include "analyzer/git/revision.h"
#include "ingest/source/confined.h"
#include "ingest/source/walk.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kMaxTogether = std::uint64_t{8} << 30;  // octets
constexpr std::size_t kMaxFiles = 1'000'000;
constexpr std::string_view kLink = "120000";
constexpr std::string_view kSubmodule = "160000";

/// Why a path of a tree is not written; empty when it is.
std::string wrong_with(std::string_view path) {
  if (path.empty() || path.front() == '/') return "its name is no name of a file";
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    if (part.empty() || part == "." || part == ".." || part == ".git") return "its name is no name of a file";
    at = slash + 1;
  }
  return {};
}

/// Writes files below one folder. No path leads through a link, because links are made when all files are there.
class Writer {
 public:
  explicit Writer(std::string folder) : folder_(std::move(folder) + "/") {}

  Descriptor open(const std::string& path) {
    const std::string full = folder_ + path;
    make_folders(path);
    return Descriptor(::open(full.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  }

  bool link(const std::string& target, const std::string& path) {
    make_folders(path);
    return ::symlink(target.c_str(), (folder_ + path).c_str()) == 0;
  }

 private:
  void make_folders(const std::string& path) {
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
      // What stands in the way is found out when the file is opened.
      if (slash > made_.size() || path.compare(0, slash, made_, 0, slash) != 0) ::mkdir((folder_ + path.substr(0, slash)).c_str(), 0700);
    }
    made_ = path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
  }

  std::string folder_;
  std::string made_;  // the folder of the last file
};

/// Takes apart what `git cat-file --batch` prints: "<id> blob <octets>\n<bytes>\n", or "<id> missing\n".
class Unpacker {
 public:
  Unpacker(Writer& writer, const std::vector<std::pair<std::string, const RevisionFile*>>& wanted,
           std::map<std::string, std::string>& failed)
      : writer_(writer), wanted_(wanted), failed_(failed) {}

  /// False when the disk fails.
  bool take(std::string_view piece) {
    while (!piece.empty() && at_ < wanted_.size()) {
      if (left_ == 0) {
        const std::size_t feed = piece.find('\n');
        header_ += piece.substr(0, feed);
        if (feed == std::string_view::npos) return true;
        piece.remove_prefix(feed + 1);
        begin();
        continue;
      }
      const std::size_t count = std::min<std::size_t>(left_, piece.size());
      if (!write(piece.substr(0, left_ > count ? count : count - 1))) return false;
      piece.remove_prefix(count);
      left_ -= count;
      if (left_ == 0) finish();
    }
    return true;
  }

  bool is_done() const { return at_ == wanted_.size(); }
  std::vector<std::pair<std::string, std::string>>& links() { return links_; }

 private:
  void begin() {
    const std::string_view header = header_;
    const std::size_t blank = header.rfind(' ');
    std::uint64_t octets = 0;
    const char* end = header.data() + header.size();
    const bool has_size = blank != std::string_view::npos && std::from_chars(header.data() + blank + 1, end, octets).ec == std::errc();
    if (!has_size) {
      failed_[wanted_[at_].first] = "its content is not in the repository";
      header_.clear();
      ++at_;
      return;
    }
    header_.clear();
    left_ = octets + 1;  // and the line feed behind it
    const auto& [path, file] = wanted_[at_];
    if (file->mode == kLink) return;
    file_ = writer_.open(path);
    if (!file_) failed_[path] = "it cannot be written: " + reason_of(errno);
  }

  bool write(std::string_view bytes) {
    if (wanted_[at_].second->mode == kLink) {
      target_ += bytes;
      return true;
    }
    while (file_ && !bytes.empty()) {
      const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  void finish() {
    if (wanted_[at_].second->mode == kLink) links_.emplace_back(std::exchange(target_, {}), wanted_[at_].first);
    file_ = Descriptor();
    ++at_;
  }

  Writer& writer_;
  const std::vector<std::pair<std::string, const RevisionFile*>>& wanted_;
  std::map<std::string, std::string>& failed_;
  std::size_t at_ = 0;
  std::uint64_t left_ = 0;
  std::string header_;
  std::string target_;
  Descriptor file_;
  std::vector<std::pair<std::string, std::string>> links_;
};

}  // namespace

Result<std::map<std::string, std::string>> write_files(const Git& git, const Revision& revision, const std::string& folder) {
  std::map<std::string, std::string> failed;
  std::vector<std::pair<std::string, const RevisionFile*>> wanted;
  std::string ids;
  std::uint64_t together = 0;
  Writer writer(folder);
  for (const auto& [path, file] : revision.files) {
    if (file.mode == kSubmodule) {
      failed[path] = "a submodule is another repository";
    } else if (std::string wrong = wrong_with(path); !wrong.empty()) {
      failed[path] = std::move(wrong);
    } else if (file.octets > TreeOptions{}.max_octets) {
      const Descriptor made = writer.open(path);
      if (!made || ::ftruncate(made.number(), static_cast<off_t>(file.octets)) != 0) failed[path] = "it cannot be written";
    } else {
      together += file.octets;
      ids += file.object + "\n";
      wanted.emplace_back(path, &file);
    }
  }
  if (together > kMaxTogether || wanted.size() > kMaxFiles) return Error{fmt::format("'{}' is too large to be read", revision.name)};
  Unpacker unpacker(writer, wanted, failed);
  bool written = true;
  const Result<bool> done =
      git.stream({"cat-file", "--batch"}, ids, [&](std::string_view piece) { return written = unpacker.take(piece); });
  if (!done) return Error{fmt::format("the files of '{}' cannot be read: {}", revision.name, done.error())};
  if (!written) return Error{"the files cannot be written for the time of the comparison: " + reason_of(errno)};
  if (!unpacker.is_done()) return Error{fmt::format("the files of '{}' cannot be read: git stopped early", revision.name)};
  for (const auto& [target, path] : unpacker.links()) {
    if (!writer.link(target, path)) failed[path] = "the link cannot be made";
  }
  return failed;
}

}  // namespace mainstay
