// Revision: one state of a folder in a git repository.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/git/git.h"
#include "graph/values/result.h"

namespace mainstay {

/// One entry of a revision's tree.
struct RevisionFile {
  std::string mode;    // "100644", "100755", "120000" (link), "160000" (submodule)
  std::string object;  // id of its content
  std::uint64_t octets = 0;
  friend bool operator==(const RevisionFile&, const RevisionFile&) = default;
};

struct Revision {
  std::string name;                                        // as given: "origin/main"
  std::string commit;                                      // its id
  std::map<std::string, RevisionFile, std::less<>> files;  // by path below the folder
};

/// The commit that a name means. Errors: there is none of that name here; what looks like an option is none.
Result<std::string> commit_of(const Git& git, const std::string& name);
/// The best common ancestor of two commits.
Result<std::string> merge_base(const Git& git, const std::string& one, const std::string& other);
/// The tree of a commit below the folder that git runs in.
Result<Revision> revision_of(const Git& git, const std::string& name, const std::string& commit);

/// The paths whose content, kind or presence differs, sorted.
std::vector<std::string> changed_paths(const Revision& base, const Revision& head);

}  // namespace mainstay
