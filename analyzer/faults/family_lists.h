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

/// Which sets are meant, by those of their faults that are marked.
struct SetFilter {
  enum class Wanted : std::uint8_t { all, without_marked, with_marked };
  Wanted wanted = Wanted::all;
  std::vector<bool> marked{};  // of a fault; not looked at when all are wanted
};

/// A count that means "this many or more".
constexpr std::uint64_t kCountless = std::numeric_limits<std::uint64_t>::max();

/// Shape: [n] is the number of sets of n faults, up to `order`; no zeros at the end. Counts stop at kCountless, they do not wrap round.
/// Cost:  one pass over the diagram, without listing.
std::vector<std::uint64_t> counts_by_size(const SetFamilies& families, const LevelMeanings& meanings, SetFamilies::Id family,
                                          unsigned order, const SetFilter& filter = {});

/// What is listed.
struct SetRequest {
  unsigned order = 0;     // sets of at most so many faults
  std::size_t limit = 0;  // and at most so many sets
  SetFilter filter{};
};

/// Shape: the smaller ones first; each set sorted.
std::vector<std::vector<std::uint32_t>> smallest_sets(const SetFamilies& families, const LevelMeanings& meanings, SetFamilies::Id family,
                                                      const SetRequest& request);

}  // namespace mainstay
