// What-if: how every workload stands while certain things are faulty, each in its own way.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/faults/degraded.h"
#include "analyzer/faults/fault_modes.h"
#include "analyzer/faults/lockout.h"
#include "analyzer/faults/lookup_waits.h"
#include "analyzer/faults/node_memo.h"
#include "graph/findings/impact.h"

namespace mainstay {

/// What is faulty, and what is otherwise than the estate says.
struct Scenario {
  std::vector<Fault> faults;
  OtherMembers edits;
  StubOptions options;
  bool without_deadlines = false;
  bool without_endings = false;  // when somebody is lost is not asked for: whoever is, is lost now
};

/// How one workload stands.
struct Outcome {
  NodeId goal{};
  Standing standing = Standing::fine;
  bool is_near = false;                   // reaches something faulty, by whatever path
  std::vector<NodeId> uses;               // the uses that are concerned; empty when none is
  Share lost;                             // of its lookups, to wrong answers
  Share slowed;                           // of its lookups, to something slow
  std::optional<Ending> ending;           // for those who are lost
  std::optional<LookupWait> time;         // of the use that waits longest; unset when none waits
  std::optional<std::uint32_t> deadline;  // of that use, in milliseconds
};

/// Shape: one outcome for each goal that was asked for, in their order. `works` and `lost_shares` are those of all nodes.
struct Impact {
  std::vector<Outcome> outcomes;
  std::vector<bool> works;
  std::vector<Share> lost_shares;

  std::size_t count(Standing standing) const;
};

/// Questions of one analysis, one after the other; what does not depend on the scenario is worked out once.
class WhatIf {
 public:
  /// The analysis must outlive the object.
  explicit WhatIf(const Analysis& analysis)
      : analysis_(analysis), cycles_(analysis.graph(), analysis.fixed_points().gates()), uses_(analysis.graph().size()) {}

  const Analysis& analysis() const { return analysis_; }
  /// Those of the graph without edits.
  const AskingCycles& cycles() const { return cycles_; }
  /// Cost: linear in the graph; without edits the fixed points of the analysis are used, with edits they are made anew.
  Impact of(const Scenario& scenario);
  /// The outcomes of some goals only.
  Impact of(const Scenario& scenario, std::span<const NodeId> goals);

  /// What the facts behind a use say.
  struct UseFacts {
    std::optional<std::uint32_t> deadline;  // the shortest, in milliseconds
    bool looks_up = false;                  // false: every host is an address
  };
  const UseFacts& facts(NodeId use);
  KnownWaits& known_waits() { return waits_; }

 private:
  const Analysis& analysis_;
  AskingCycles cycles_;
  KnownWaits waits_;
  NodeMemo<UseFacts> uses_;
};

}  // namespace mainstay
