// StoredFiles: a tree that lies elsewhere than in folders on disk, as the objects of a repository do.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "graph/values/result.h"

namespace mainstay {

/// One file of a stored tree, or a symbolic link whose content is where it leads.
struct StoredFile {
  std::string path;     // with forward slashes; no component is "", "." or ".."
  std::string content;  // names what the file holds: equal names, equal octets
  std::uint64_t octets = 0;
  bool is_link = false;
};

class StoredFiles {
 public:
  virtual ~StoredFiles() = default;
  /// All of them, sorted by path.
  virtual std::span<const StoredFile> files() const = 0;
  /// What one holds. Safe to call from several threads. Errors: its content cannot be had.
  virtual Result<std::shared_ptr<const std::string>> read(const StoredFile& file) const = 0;

  /// The file of that path; null when there is none.
  const StoredFile* find(std::string_view path) const;
};

}  // namespace mainstay
