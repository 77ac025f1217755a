// Ignore files: the octets up to the first blank line are rules, every line behind it is a path that they are asked about.
#include <algorithm>
#include <string>
#include <string_view>

#include "graph/values/assert.h"
#include "ingest/source/ignore_rules.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {

extern const FuzzTarget ignore_rules_target;

namespace {

/// A path without special characters is a pattern that matches itself and nothing longer.
void check_plain(std::string_view path) {
  if (path.empty() || path.find_first_of("*?[\\/") != std::string_view::npos) return;
  MAINSTAY_ASSERT(Glob(path).matches(path), "plain text matches itself");
  MAINSTAY_ASSERT(!Glob(path).matches(std::string(path) + "x"), "plain text matches nothing longer");
}

void run(std::string_view bytes) {
  const std::size_t blank = std::min(bytes.find("\n\n"), bytes.size());
  const IgnoreRules rules = IgnoreRules::parse(bytes.substr(0, blank));
  std::string_view paths = bytes.substr(std::min(blank + 2, bytes.size()));
  for (int count = 0; count < 50 && !paths.empty(); ++count) {
    const std::size_t feed = std::min(paths.find('\n'), paths.size());
    const std::string_view path = paths.substr(0, feed);
    paths.remove_prefix(std::min(feed + 1, paths.size()));
    const IgnoreRule* for_folder = rules.deciding(path, true);
    const IgnoreRule* for_file = rules.deciding(path, false);
    MAINSTAY_ASSERT(for_file == nullptr || !for_file->folders_only, "a rule for folders says nothing of files");
    MAINSTAY_ASSERT(for_file == nullptr || for_folder == nullptr || for_folder->line >= for_file->line, "a folder has more rules");
    MAINSTAY_ASSERT(for_file == nullptr || for_folder != nullptr, "what decides on a file decides on a folder");
    check_plain(path);
  }
}

}  // namespace

constinit const FuzzTarget ignore_rules_target{.name = "ignore-rules", .samples = "", .run = &run};

}  // namespace mainstay
