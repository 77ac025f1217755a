// Importance: how likely a goal is to fail, and what contributes most.
//
// The probability that some set of a family fails is that of a monotone function, so with x the element on top
//     P(f) = p(x) P(high or low) + (1 - p(x)) P(low),
// exactly, with components failing independently of each other. What is cut off at an order is missing, so the result is then a lower
// bound. Where the budget does not allow that, the sum over the minimal sets is taken: the rare-event approximation, an upper bound for the
// sets there are (Fault Tree Handbook, NUREG-0492, chapter XI).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyzer/faults/family_lists.h"
#include "analyzer/faults/set_families.h"

namespace mainstay {

/// What one fault has to do with the failure of a goal.
/// Shape: `birnbaum` is P(goal fails | the fault is there) - P(goal fails | it is not); `fussell_vesely` the part of the goal's
/// unavailability
///        that would go away if the fault never happened.
/// Source: NUREG-0492; E. Borgonovo and G. Apostolakis, A new importance measure for risk-informed decision making, 2001, for the
/// definitions.
struct Importance {
  std::uint32_t fault = 0;
  double birnbaum = 0;
  double fussell_vesely = 0;
};

struct Unavailability {
  double probability = 0;
  bool is_rare_event = false;      // the sum over the sets instead of the probability of their union
  std::vector<Importance> faults;  // by fussell_vesely, largest first
};

/// `unavailable[fault]` is the probability that the fault is there. The family gets larger while it is asked.
/// Cost: that of the decision diagram, times the faults in it.
Unavailability unavailability(SetFamilies& families, const LevelMeanings& meanings, SetFamilies::Id family,
                              std::span<const double> unavailable);

}  // namespace mainstay
