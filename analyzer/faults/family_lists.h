// Reading of families of sets: how many there are of each size, and which.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "analyzer/faults/set_families.h"

namespace mainstay {

/// What an element of a family stands for: one fault, or any one set of another family (of a module).
struct LevelMeaning {
  bool is_module = false;
  std::uint32_t fault = 0;
  SetFamilies::Id module{};
};
using LevelMeanings = std::vector<LevelMeaning>;

/// A count that means "this many or more".
constexpr std::uint64_t kCountless = std::numeric_limits<std::uint64_t>::max();

/// Shape: [n] is the number of sets of n faults, up to `order`; no zeros at the end. Counts stop at kCountless, they do not wrap round.
/// Cost:  one pass over the diagram, without listing.
std::vector<std::uint64_t> counts_by_size(const SetFamilies& families, const LevelMeanings& meanings, SetFamilies::Id family,
                                          unsigned order);

/// At most `limit` sets of at most `order` faults, the smaller ones first; each set sorted.
std::vector<std::vector<std::uint32_t>> smallest_sets(const SetFamilies& families, const LevelMeanings& meanings, SetFamilies::Id family,
                                                      unsigned order, std::size_t limit);

}  // namespace mainstay
