// What the rules about paths in need share: which workloads are for what.
#pragma once

#include <vector>

#include "analyzer/analysis.h"

namespace mainstay {

Purpose purpose_of(const Analysis& analysis, NodeId goal);

/// True for what is needed when other things have failed: a break-glass path, a status page, monitoring.
bool is_for_need(Purpose purpose);

/// The goals that are for need, and the other ones.
struct GoalsByPurpose {
  std::vector<NodeId> for_need;
  std::vector<NodeId> others;
};
GoalsByPurpose by_purpose(const Analysis& analysis, const std::vector<NodeId>& goals);

/// Those of `goals` that a path for need can be there for: what stands on one machine with it is lost with that machine.
std::vector<NodeId> there_for(const Analysis& analysis, NodeId path, const std::vector<NodeId>& goals);

}  // namespace mainstay
