// Availability: how likely each fault is, from a file of the user's or from defaults by kind.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analyzer/faults/fault_groups.h"
#include "graph/values/diagnostic.h"

namespace mainstay {

/// What is taken for a kind of which nobody says anything.
struct DefaultAvailability {
  std::string_view kind;  // a word of NodeKind or of Grouping
  double availability = 0;
  std::string_view source;
};
/// Shape: sorted by kind. docs/cuts.md shows the same table.
std::span<const DefaultAvailability> default_availabilities();

/// For each cause the probability that it is there, with the defaults; 0 for inherent ones, which are taken as working.
std::vector<double> unavailabilities(const CommonCause& cause);

/// Puts what a file says in place of the defaults.
/// Shape:  {"kinds": [{"kind": "resolver", "availability": 0.999, "source": "..."}],
///          "components": [{"kind": "resolver", "name": "10.0.0.53", "availability": 0.99, "source": "..."}]}; `source` may be left out.
/// Errors: diagnostics with file and line; the good rows are used. A row that fits no cause is told, because a wrong name is a wrong
/// answer.
void read_availabilities(std::string_view file, std::string_view bytes, const CommonCause& cause, std::vector<double>& unavailable,
                         std::vector<Diagnostic>& problems);

}  // namespace mainstay
