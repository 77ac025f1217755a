// Merging: what the units of a tree say, put together in a fixed order.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/values/diagnostic.h"

namespace mainstay {

/// What one unit came to.
struct UnitResult {
  std::vector<Fact> facts;
  std::vector<Diagnostic> problems;
  std::uint64_t problems_dropped = 0;
  std::vector<std::string> included;  // files that the unit asked for besides its own
  std::string failure;                // why the unit was given up; empty when it was not
};

/// Counts of one file.
struct FileCounts {
  std::uint64_t facts = 0;
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
};

/// Diagnostics of a whole run: each once, counted by file, and no more than a limit.
class DiagnosticPile {
 public:
  explicit DiagnosticPile(std::size_t limit) : limit_(limit) {}

  /// Past the limit, a diagnostic that is not there yet is counted as dropped, and by file.
  void add(Diagnostic diagnostic);
  void count_dropped(std::uint64_t dropped) { dropped_ += dropped; }

  std::uint64_t dropped() const { return dropped_; }
  void count(std::map<std::string, FileCounts, std::less<>>& counts) const;
  /// The diagnostics, sorted by place; the pile is empty afterwards.
  std::vector<Diagnostic> take();

 private:
  std::size_t limit_;
  std::set<Diagnostic> all_;
  std::uint64_t dropped_ = 0;
  std::map<std::string, FileCounts, std::less<>> beyond_;
};

/// The reasons of a fact of any kind.
const Reasons& reasons_of(const Fact& fact);

/// Sorts the facts and leaves each once.
void normalise(std::vector<Fact>& facts);

/// Counts facts by the file of their first reason.
void count_facts(const std::vector<Fact>& facts, std::map<std::string, FileCounts, std::less<>>& counts);

}  // namespace mainstay
