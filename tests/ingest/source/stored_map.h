// StoredMap: a stored tree in memory; the name of a content is the content.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/source/stored_files.h"

namespace mainstay {

class StoredMap final : public StoredFiles {
 public:
  /// Links are those whose text begins with "-> ".
  explicit StoredMap(const std::map<std::string, std::string>& texts) {
    for (const auto& [path, text] : texts) {
      const bool is_link = text.starts_with("-> ");
      const std::string content = is_link ? text.substr(3) : text;
      files_.push_back({.path = path, .content = "content:" + content, .octets = content.size(), .is_link = is_link});
    }
  }

  std::span<const StoredFile> files() const override { return files_; }
  Result<std::shared_ptr<const std::string>> read(const StoredFile& file) const override {
    if (file.content == "content:missing") return Error{"its content is not here"};
    return std::make_shared<const std::string>(file.content.substr(file.content.find(':') + 1));
  }

 private:
  std::vector<StoredFile> files_;
};

}  // namespace mainstay
