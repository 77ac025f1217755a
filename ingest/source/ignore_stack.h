// The ignore files of a folder and of those above it, as they act together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/diagnostic.h"
#include "ingest/source/ignore_rules.h"
#include "ingest/source/open_folder.h"

namespace mainstay {

/// The ignore files of one folder.
struct IgnoreLevel {
  const IgnoreLevel* above = nullptr;  // the nearest folder above that has any
  std::string path;                    // of the folder on disk, below the root
  std::string name;                    // of the folder, with its final slash
  IgnoreRules git;                     // .gitignore
  IgnoreRules own;                     // .mainstayignore
};

/// Reads the ignore files of an open folder; a link is not followed, as git does not follow it.
/// Errors: a file that cannot be read or is larger than 1 MiB does not count, and lines behind the limit do not; each is a diagnostic.
IgnoreLevel read_ignore_level(const OpenFolder& folder, const std::string& name, const std::string& path, const IgnoreLevel* above,
                              std::vector<Diagnostic>& problems);

/// What says that a file or folder is not looked at ("src/.gitignore:3"); nothing when it is looked at.
/// The nearest .mainstayignore that has a matching rule decides; where none has, the nearest .gitignore.
/// Shape: `path` lies below the root, and in or below the folder of `rules`.
std::optional<std::string> ignoring_rule(const IgnoreLevel* rules, std::string_view path, bool is_folder);

}  // namespace mainstay
