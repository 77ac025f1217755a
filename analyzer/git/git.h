// Git: reading what a repository holds, by the git program, without its work tree, its settings, its hooks or the network.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "graph/values/result.h"

namespace mainstay {

/// Runs git in a folder. Nothing of the caller's environment reaches it but PATH, and no settings but those of the repository: none of the
/// commands used here runs a program that they name. Objects that a partial clone lacks are not fetched.
/// A repository of another user is read all the same, because nothing in it is run.
class Git {
 public:
  explicit Git(std::string folder) : folder_(std::move(folder)) {}

  /// What a command prints. Errors: git cannot be started or fails (its first line says why), prints more than `most` octets, or prints
  /// nothing more until the limit is over, when there is one (0: none); it is ended then.
  Result<std::string> text(const std::vector<std::string>& arguments, std::size_t most = std::size_t{1} << 30,
                           std::chrono::milliseconds limit = {}) const;

  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

}  // namespace mainstay
