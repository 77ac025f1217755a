// GitProcess: one running git, in an environment in which nothing of the caller's or the repository's choosing is run.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "ingest/source/confined.h"

namespace mainstay {

class GitProcess {
 public:
  GitProcess() = default;
  GitProcess(const GitProcess&) = delete;
  GitProcess& operator=(const GitProcess&) = delete;
  /// Waits for its end.
  ~GitProcess() { end(); }

  /// Starts git in a folder with these descriptors for its input and output. False, with `errno`, when it cannot be started.
  bool start(const std::string& folder, const std::vector<std::string>& arguments, int input, int output);
  /// Ends it as soon as it can be ended; end() is to follow.
  void kill() const;
  /// Waits for its end. The exit status; -1 when it did not end by itself.
  int end();
  /// The first line that it complained with.
  std::string complaint() const;

 private:
  pid_t process_ = -1;
  Descriptor problems_;
};

}  // namespace mainstay
