// Line ages: when lines of a scanned tree were last changed, by the history of the repository that it is a part of.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "graph/values/place.h"

namespace mainstay {

class FileTree;

struct LineChange {
  std::int64_t time = 0;  // seconds since 1970, UTC, of the commit
  std::string commit;     // the first octets of its id
};

class LineAges {
 public:
  void add(const std::string& file, std::uint32_t line, LineChange change) { changes_[{file, line}] = std::move(change); }
  /// Null where the history does not tell.
  const LineChange* of(const Place& place) const {
    const auto found = changes_.find({place.file, place.line});
    return found == changes_.end() ? nullptr : &found->second;
  }
  bool empty() const { return changes_.empty(); }

 private:
  std::map<std::pair<std::string, std::uint32_t>, LineChange> changes_;
};

/// The ages of the lines at some places. `folders` are the paths that the tree was made of, in that order.
/// Nothing is known of files outside of a repository, of those that differ from its last commit, and of shallow histories' ends; of the
/// first 50 files and 500 lines of each at most, and only as long as git takes no more than 5 s for a file and 20 s in all.
/// Cost: two runs of git for each file; none when there are no places.
LineAges line_ages(const FileTree& tree, const std::vector<std::string>& folders, const std::vector<Place>& places);

}  // namespace mainstay
