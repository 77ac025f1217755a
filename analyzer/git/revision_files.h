// RevisionFiles: a revision as a tree that can be scanned, without writing any of it to disk.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analyzer/git/objects.h"
#include "analyzer/git/revision.h"
#include "ingest/source/stored_files.h"

namespace mainstay {

class RevisionFiles final : public StoredFiles {
 public:
  /// Submodules and names that no tree should have are left out.
  RevisionFiles(const Revision& revision, std::shared_ptr<Objects> objects);

  std::span<const StoredFile> files() const override { return files_; }
  Result<std::shared_ptr<const std::string>> read(const StoredFile& file) const override { return objects_->read(file.content); }
  /// What is left out, with the reason.
  const std::map<std::string, std::string>& left_out() const { return left_out_; }

 private:
  std::vector<StoredFile> files_;
  std::map<std::string, std::string> left_out_;
  std::shared_ptr<Objects> objects_;
};

}  // namespace mainstay
