#include "ingest/source/open_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace mainstay {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Stream = std::unique_ptr<DIR, CloseFolder>;

class FolderOnDisk final : public OpenFolder {
 public:
  explicit FolderOnDisk(Stream stream) : stream_(std::move(stream)) {}

  FolderListing list(std::size_t limit) override {
    FolderListing listing;
    errno = 0;
    while (const dirent* entry = ::readdir(stream_.get())) {
      const std::string_view base = entry->d_name;
      if (base == "." || base == "..") continue;
      listing.has_more = listing.entries.size() == limit;
      if (listing.has_more) break;
      listing.entries.push_back({std::string(base), entry->d_type});
      errno = 0;
    }
    listing.error = listing.has_more ? 0 : errno;
    for (FolderEntry& entry : listing.entries) {
      if (entry.type == DT_UNKNOWN) entry.type = type_of(entry.base);
    }
    std::sort(listing.entries.begin(), listing.entries.end());
    return listing;
  }

  std::string link_target(const std::string& base) const override {
    std::array<char, 4096> target{};
    const ssize_t length = ::readlinkat(number(), base.c_str(), target.data(), target.size());
    return length < 0 ? std::string() : std::string(target.data(), static_cast<std::size_t>(length));
  }

  Result<std::optional<OpenFile>> open(std::string_view base) const override {
    Descriptor descriptor = open_below(number(), base, false);
    if (!descriptor && (errno == ENOENT || errno == ELOOP)) return std::optional<OpenFile>();
    if (!descriptor) return Error{reason_of(errno)};
    Result<OpenFile> file = OpenFile::of(std::move(descriptor));
    if (!file) return Error{file.error()};
    return std::optional<OpenFile>(*std::move(file));
  }

 private:
  int number() const { return ::dirfd(stream_.get()); }

  /// The type of an entry that the file system does not tell while listing.
  unsigned char type_of(const std::string& base) const {
    struct stat state {};
    if (::fstatat(number(), base.c_str(), &state, AT_SYMLINK_NOFOLLOW) != 0) return DT_UNKNOWN;
    return static_cast<unsigned char>(IFTODT(state.st_mode));
  }

  Stream stream_;
};

class StoredFolder final : public OpenFolder {
 public:
  StoredFolder(const StoredFiles& files, std::string prefix) : files_(files), prefix_(std::move(prefix)) {}

  FolderListing list(std::size_t limit) override {
    FolderListing listing;
    const std::span<const StoredFile> all = files_.files();
    const auto first_from = [&](const std::string& path) {
      return std::lower_bound(all.begin(), all.end(), path,
                              [](const StoredFile& one, const std::string& wanted) { return one.path < wanted; });
    };
    for (auto at = first_from(prefix_); at != all.end() && at->path.starts_with(prefix_);) {
      listing.has_more = listing.entries.size() == limit;
      if (listing.has_more) break;
      const std::size_t slash = at->path.find('/', prefix_.size());
      std::string base = at->path.substr(prefix_.size(), slash - prefix_.size());
      if (slash == std::string::npos) {
        listing.entries.push_back({std::move(base), static_cast<unsigned char>(at->is_link ? DT_LNK : DT_REG)});
        ++at;
      } else {
        at = first_from(prefix_ + base + static_cast<char>('/' + 1));  // behind all that lies in the folder
        listing.entries.push_back({std::move(base), DT_DIR});
      }
    }
    std::sort(listing.entries.begin(), listing.entries.end());
    return listing;
  }

  std::string link_target(const std::string& base) const override {
    constexpr std::uint64_t kMaxPath = 4096;
    const StoredFile* file = files_.find(prefix_ + base);
    if (file == nullptr || file->octets > kMaxPath) return {};
    const Result<std::shared_ptr<const std::string>> content = files_.read(*file);
    return content ? **content : std::string();
  }

  Result<std::optional<OpenFile>> open(std::string_view base) const override {
    const StoredFile* file = files_.find(prefix_ + std::string(base));
    if (file == nullptr || file->is_link) return std::optional<OpenFile>();
    return std::optional<OpenFile>(open_stored(files_, *file));
  }

 private:
  const StoredFiles& files_;
  std::string prefix_;
};

}  // namespace

std::unique_ptr<OpenFolder> open_folder(int root, std::string_view path) {
  Descriptor descriptor = open_below(root, path.empty() ? std::string_view(".") : path, true);
  if (!descriptor) return nullptr;
  Stream stream(::fdopendir(descriptor.number()));
  if (!stream) return nullptr;
  descriptor.release();
  return std::make_unique<FolderOnDisk>(std::move(stream));
}

std::unique_ptr<OpenFolder> stored_folder(const StoredFiles& files, std::string_view path) {
  return std::make_unique<StoredFolder>(files, path.empty() ? std::string() : std::string(path) + "/");
}

OpenFile open_stored(const StoredFiles& files, const StoredFile& file) {
  return OpenFile::of(file.octets, [&files, &file] { return files.read(file); });
}

const StoredFile* StoredFiles::find(std::string_view path) const {
  const std::span<const StoredFile> all = files();
  const auto at =
      std::lower_bound(all.begin(), all.end(), path, [](const StoredFile& one, std::string_view wanted) { return one.path < wanted; });
  return at == all.end() || at->path != path ? nullptr : &*at;
}

}  // namespace mainstay
