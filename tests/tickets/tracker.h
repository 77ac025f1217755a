// Tracker: a ticket system on this machine, as long as one test, and mainstay talking to it.
#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {

/// A server of tests/tickets/, in a folder of its own.
class Tracker {
 public:
  /// `program` is "python3" or "ruby", `script` a file beside this one.
  Tracker(std::string program, std::string script);
  ~Tracker();
  Tracker(const Tracker&) = delete;
  Tracker& operator=(const Tracker&) = delete;

  /// Starts it, again with what it held when it died. False when it does not answer within `seconds`.
  bool start(int seconds);
  void stop();
  bool is_running();

  /// The first line of what it said when it was ready.
  const std::string& ready() const { return ready_; }
  const ScratchFolder& folder() const { return folder_; }
  /// Text of a file in its folder; empty when there is none.
  std::string text(const std::string& name) const;
  nlohmann::json json(const std::string& name) const;

 private:
  std::string program_;
  std::string script_;
  ScratchFolder folder_;
  std::string ready_;
  pid_t process_ = -1;
};

/// What every run against one tracker has in common.
struct TicketRuns {
  std::vector<std::string> environment;  // "GITHUB_TOKEN=..."
  std::vector<std::string> to;           // options of `plan`
  std::string url;                       // option of `apply`
  std::string folder;                    // with the tree, the plan and the state

  Outcome plan(const std::vector<std::string>& more = {}) const;
  Outcome apply(const std::vector<std::string>& more = {}) const;
  /// How many actions of the last plan are of that kind.
  std::size_t planned(const std::string& action) const;
  nlohmann::json plan_file() const;
};

/// A machine with one resolver of its own: one finding that no other machine has. With two resolvers there is none.
void write_host(const ScratchFolder& tree, int number, bool is_fixed = false);

}  // namespace mainstay
