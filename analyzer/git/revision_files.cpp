#include "analyzer/git/revision_files.h"

#include <algorithm>
#include <utility>

namespace mainstay {
namespace {

constexpr std::string_view kLink = "120000";
constexpr std::string_view kSubmodule = "160000";

bool is_name_of_file(std::string_view path) {
  if (path.empty()) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    if (part.empty() || part == "." || part == ".." || part == ".git") return false;
    at = slash + 1;
  }
  return true;
}

}  // namespace

RevisionFiles::RevisionFiles(const Revision& revision, std::shared_ptr<Objects> objects) : objects_(std::move(objects)) {
  for (const auto& [path, file] : revision.files) {
    if (file.mode == kSubmodule) {
      left_out_[path] = "a submodule is another repository";
    } else if (!is_name_of_file(path)) {
      left_out_[path] = "its name is no name of a file";
    } else {
      files_.push_back({.path = path, .content = file.object, .octets = file.octets, .is_link = file.mode == kLink});
    }
  }
}

}  // namespace mainstay
