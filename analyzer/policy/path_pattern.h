// PathPattern: which files of a tree a line of CODEOWNERS or a setting means.
#pragma once

#include <string>
#include <string_view>

#include "ingest/source/ignore_rules.h"

namespace mainstay {

/// How a pattern is read where the dialects differ.
enum class PathDialect : std::uint8_t {
  gitignore,  // as a line of .gitignore: a slash inside binds it to the root; what lies below a folder that matches is meant too
  github,     // the same, but "docs/*" means nothing below the folders in docs
  gitlab      // only a leading slash binds it to the root; "docs/*" as above; a folder is meant only with its final slash
};

/// A pattern in one dialect; it cannot be negated.
/// Source: gitignore(5); "About code owners" (GitHub); "Syntax of CODEOWNERS file" (GitLab).
class PathPattern {
 public:
  PathPattern(std::string_view pattern, PathDialect dialect);
  /// Shape: `path` is relative to the root, with forward slashes, of a file.
  bool matches(std::string_view path) const;

 private:
  bool matches_name(std::string_view path) const;

  bool folders_only_ = false;
  bool base_name_only_ = false;
  bool takes_folders_ = true;  // a folder that matches stands for what lies below it
  Glob glob_{""};
};

}  // namespace mainstay
