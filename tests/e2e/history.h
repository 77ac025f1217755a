// History: a git repository of a test, whose steps are commits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {

class History {
 public:
  History();

  void write(std::string_view name, const std::string& text) const { folder_.write(name, text); }
  void remove(std::string_view name) const;
  void commit() const;
  /// The first line that git prints; the test fails when git does.
  std::string git(std::vector<std::string> arguments) const;
  /// The gate from the commit before the last one to the last one.
  Outcome gate(std::vector<std::string> more = {}) const;
  const ScratchFolder& folder() const { return folder_; }

 private:
  ScratchFolder folder_;
};

}  // namespace mainstay
