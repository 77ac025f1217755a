// What-if: how every workload stands while certain things are faulty, each in its own way.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/faults/degraded.h"
#include "analyzer/faults/fault_modes.h"
#include "analyzer/faults/lockout.h"
#include "analyzer/faults/lookup_waits.h"
#include "graph/findings/impact.h"

namespace mainstay {

/// What is faulty, and what is otherwise than the estate says.
struct Scenario {
  std::vector<Fault> faults;
  OtherMembers edits;
  StubOptions options;
  bool without_deadlines = false;
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

/// Shape: one outcome for each goal of the analysis, in their order. `works` and `lost_shares` are those of all nodes.
struct Impact {
  std::vector<Outcome> outcomes;
  std::vector<bool> works;
  std::vector<Share> lost_shares;

  std::size_t count(Standing standing) const;
};

/// Cost: linear in the graph; without edits the fixed points of the analysis are used, with edits they are made anew.
Impact what_if(const Analysis& analysis, const Scenario& scenario);

}  // namespace mainstay
