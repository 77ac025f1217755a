// The table of minimal sets: goals that have the same answer are one row.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/faults/cut_sets.h"
#include "analyzer/faults/fault_groups.h"

namespace mainstay {

/// Goals with equal minimal sets and equally many alternatives.
struct CutRow {
  std::vector<NodeId> goals;  // sorted
  FaultState state = FaultState::cold_and_warm;
  std::optional<unsigned> smallest;   // size of the smallest set; for cuts the redundancy degree
  std::size_t listed = 0;             // resolvers that its stub lists, through the stub of a host below a container; 0 when unknown
  std::vector<std::uint64_t> counts;  // by size, from 0
  std::vector<std::vector<std::uint32_t>> sets;  // numbers of causes, smaller sets first
  std::optional<Unavailability> unavailability;  // when it was asked for
  std::vector<NodeId> inherent;                  // inherent nodes whose lone failure takes the goals down, sorted
  // Sets of two and more with something inherent in them; `counts`, `sets` and `smallest` are of those without.
  std::vector<std::uint64_t> mixed_counts{};
  std::vector<std::vector<std::uint32_t>> mixed_sets{};

  /// Alternatives that are listed and do not count, because something else fails the goal first.
  std::optional<std::size_t> false_redundancy() const {
    return smallest && state != FaultState::never && listed > *smallest ? std::optional<std::size_t>(listed - *smallest) : std::nullopt;
  }
};

struct CutTable {
  std::vector<CutRow> rows;  // most goals first
  unsigned order = 0;        // every set of at most this many causes is counted
  bool truncated = false;
};

/// Workloads, or the uses of those endpoints whose host contains `endpoint`.
std::vector<NodeId> cut_goals(const Analysis& analysis, std::string_view endpoint);

/// What is asked of a table.
struct CutRequest {
  std::vector<NodeId> goals;
  CutOptions options;
  std::size_t limit = 10;           // sets that are listed for a row
  std::vector<double> unavailable;  // of each cause, for the unavailability of goals; empty when nobody asks
};

/// Cost: that of CutSets, and that of importance for each row when it is asked for.
CutTable cut_table(const Analysis& analysis, const CommonCause& cause, const CutRequest& request);

}  // namespace mainstay
