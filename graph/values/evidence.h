// Evidence: why a fact, an edge or a finding is believed.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/place.h"

namespace mainstay {

/// How sure a statement is, from the weakest to the strongest.
enum class Confidence : std::uint8_t { assumed, product_default, observed, declared };

/// The word for a confidence in every output: "assumed", "default", "observed", "declared".
std::string_view word(Confidence confidence);
/// All these words, in the order of the enumerators; the argument only says which enumeration.
std::span<const std::string_view> words(Confidence);

/// One reason to believe a statement.
/// Shape:  declared  - `place` is where it is written.
///         observed  - `place.file` is the log, `queries` how many lines say so, `first` and `last` their times (RFC 3339, UTC).
///         default   - `note` names the product and the document that states the default.
///         assumed   - `note` says what was assumed and why.
struct Evidence {
  Confidence confidence = Confidence::assumed;
  Place place;
  std::uint64_t queries = 0;
  std::string first;
  std::string last;
  std::string note;

  static Evidence declared(Place place);
  static Evidence observed(std::string log, std::uint64_t queries, std::string first, std::string last);
  static Evidence by_default(std::string note);
  static Evidence assumed(std::string note);

  friend auto operator<=>(const Evidence&, const Evidence&) = default;
};

/// The strongest confidence among several reasons for one statement; `assumed` when there is none.
Confidence strongest(const std::vector<Evidence>& evidence);

}  // namespace mainstay
