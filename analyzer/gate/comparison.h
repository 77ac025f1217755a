// Comparison: what of a change makes things worse, by the ids of findings and by who loses access.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/findings/report.h"

namespace mainstay {

/// A finding that is there in both states, and is worse now.
struct WorseFinding {
  Finding finding;  // as it is now
  std::string why;  // "medium → high", "now takes access from 2 more workloads"
};

/// How an identity endpoint stands before and after.
struct EndpointChange {
  std::string name;
  Role role{};
  std::size_t workloads_before = 0;
  std::size_t workloads_after = 0;
  std::vector<std::string> gained;  // single faults that it has now and had not, by label
  std::vector<std::string> lost;    // single faults that it has no more
  std::size_t faults_before = 0;
  std::size_t faults_after = 0;
};

/// Shape: findings worst first, as reports list them; endpoints by name, only those that differ.
struct Comparison {
  std::vector<Finding> fresh;       // not there before under any name
  std::vector<WorseFinding> worse;  // there before
  std::vector<Finding> moved;       // of another subject than before, and takes access only from those whom the same rule named before
  std::vector<Finding> accepted;    // not there before, and suppressed now
  std::vector<Finding> fixed;       // as they were before
  std::size_t unchanged = 0;
  std::vector<EndpointChange> endpoints;
  std::vector<std::string> cannot_start;  // workloads that could start when everything starts at once, and cannot now
};

/// Compares two judged reports. What was suppressed before was there before: taking the suppression away makes nothing worse.
Comparison compare(const Report& base, const Report& head);

}  // namespace mainstay
