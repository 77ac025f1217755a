// OpenFolder: one folder of a tree during the walk, on disk or stored.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/confined.h"
#include "ingest/source/stored_files.h"

namespace mainstay {

/// Shape: `type` is one of the DT_ words of dirent.h; DT_UNKNOWN when it vanished.
struct FolderEntry {
  std::string base;
  unsigned char type = 0;
  friend bool operator<(const FolderEntry& one, const FolderEntry& other) { return one.base < other.base; }
};

/// What a folder holds but "." and "..", sorted; `error` is an error number, or 0.
struct FolderListing {
  std::vector<FolderEntry> entries;
  bool has_more = false;
  int error = 0;
};

class OpenFolder {
 public:
  virtual ~OpenFolder() = default;
  /// At most `limit` entries.
  virtual FolderListing list(std::size_t limit) = 0;
  /// Where a link leads; empty when that cannot be had.
  virtual std::string link_target(const std::string& base) const = 0;
  /// Nothing when no file of that name is there; a link is none. Errors: it may not be read.
  virtual Result<std::optional<OpenFile>> open(std::string_view base) const = 0;
};

/// A folder below an open one, without following links. Null, with the reason in `errno`, when it cannot be opened.
std::unique_ptr<OpenFolder> open_folder(int root, std::string_view path);
/// A folder of stored files; `path` is "" for the root.
std::unique_ptr<OpenFolder> stored_folder(const StoredFiles& files, std::string_view path);

/// A stored file, whose content is asked for when it is read for the first time. `files` outlives it.
OpenFile open_stored(const StoredFiles& files, const StoredFile& file);

}  // namespace mainstay
