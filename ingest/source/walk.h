// The walk: which files a tree holds, without opening any of them but the ignore files.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/source_cause.h"
#include "graph/values/diagnostic.h"
#include "ingest/source/confined.h"
#include "ingest/source/stored_files.h"

namespace mainstay {

/// How far a tree is looked at.
struct TreeOptions {
  unsigned jobs = 0;                                       // threads; 0: one for each processor
  std::uint64_t max_octets = std::uint64_t{64} << 20;      // of one file
  std::uint32_t max_depth = 64;                            // folders inside each other
  std::size_t max_files = 1'000'000;                       // and folders, all together
  std::function<void(std::string_view name)> before_open;  // called before a file is opened; for tests
};

/// One thing that the walk met.
/// Shape: a folder is listed only when it was not looked into; its name then ends with a slash.
struct TreeFile {
  std::string name;  // relative to the root, or below the root's own name; see file_name.h
  std::string path;  // the same below the root as it is on disk; empty when the name says it
  std::uint32_t root = 0;
  SourceCause cause = SourceCause::none;
  std::string reason;  // why it is not looked at; empty for a file that can be
  std::string target;  // of a symbolic link, as it is on disk

  friend bool operator==(const TreeFile&, const TreeFile&) = default;
};

/// Where a walk begins.
struct Root {
  std::string name;                           // "" or what stands in front of the names below it
  Descriptor folder;                          // the folder, or the one that holds the file
  std::shared_ptr<const StoredFiles> stored;  // in place of a folder
  std::string file;                           // on disk, when the root is a single file
  std::vector<std::string> nested;            // paths of other roots below this one, on disk; they are walked as roots of their own
  std::vector<std::string> nested_names;
};

/// What a walk found.
struct Walked {
  std::vector<TreeFile> files;  // sorted by name
  std::vector<Diagnostic> problems;
};

/// Walks the roots with `options.jobs` threads; the result does not depend on how many.
/// Folders named ".git" and what .gitignore and .mainstayignore files inside the roots ignore is listed and not looked at. The rules of a
/// folder above a root do not apply: nothing outside the roots is read. What git tracks although a .gitignore names it is left out too:
/// that stands in git's index alone, which a copy of a tree has not; a .mainstayignore takes it back ("!generated/").
/// Where a limit is reached the rest is listed by folder, with a diagnostic.
Walked walk(const std::vector<Root>& roots, const TreeOptions& options);

}  // namespace mainstay
