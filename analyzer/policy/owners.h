// Owners: who answers for which files, as the CODEOWNERS file of a tree says.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/policy/path_pattern.h"
#include "ingest/source/source.h"

namespace mainstay {

/// Where such a file is looked for, the first one wins. Source: "About code owners" (GitHub), "Code Owners" (GitLab).
std::span<const std::string_view> codeowners_names();

class Owners {
 public:
  Owners() = default;

  /// Reads a file. Sections ("[Name][2] @default") are GitLab's, whose dialect of patterns then holds; so it does in .gitlab/.
  /// Errors: negated patterns, patterns that GitHub does not take, and owners that are none are warnings; their line is left out.
  static Owners read(const Source& source, Diagnostics& problems);

  /// The owners of a file: those of the last line that matches, of each section; in the order written, each once.
  std::vector<std::string> of(std::string_view path) const;

 private:
  struct Line {
    PathPattern pattern;
    std::vector<std::string> owners;
  };
  using Section = std::vector<Line>;
  friend class OwnersReader;
  std::vector<Section> sections_;
};

}  // namespace mainstay
