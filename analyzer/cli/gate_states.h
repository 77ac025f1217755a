// The two states that a gate compares, read from git's objects.
#pragma once

#include <memory>
#include <string>

#include "analyzer/cli/input.h"
#include "analyzer/gate/verdict.h"
#include "analyzer/git/revision.h"

namespace mainstay {

/// One of the two. Shape: findings are there and not judged yet.
struct GateState {
  Revision revision;
  HeadFiles files;
  std::shared_ptr<Loaded> loaded;
};

struct GateStates {
  GateState base;
  GateState head;
  std::vector<std::string> changed;  // files, sorted
  std::string prefix;                // from the root of the repository to the folder: "" or "infra/"
};

/// Which revisions; names as given.
struct GateQuestion {
  std::string folder;
  std::string base;
  std::string head;
  bool from_merge_base = false;
};

/// Reads both; what did not change is read once. Nothing is written to disk.
/// Errors: no repository, no such revision, git fails.
Result<GateStates> read_states(const GateQuestion& question, const Input& input, Session& session);

}  // namespace mainstay
