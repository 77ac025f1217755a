#include "graph/values/evidence.h"

#include <algorithm>
#include <utility>

namespace mainstay {

std::span<const std::string_view> words(Confidence) {
  static constexpr std::string_view kWords[] = {"assumed", "default", "observed", "declared"};
  return kWords;
}

std::string_view word(Confidence confidence) { return words(confidence)[static_cast<std::size_t>(confidence)]; }

Evidence Evidence::declared(Place place) { return {.confidence = Confidence::declared, .place = std::move(place)}; }

Evidence Evidence::observed(std::string log, std::uint64_t queries, std::string first, std::string last) {
  return {.confidence = Confidence::observed,
          .place = {.file = std::move(log)},
          .queries = queries,
          .first = std::move(first),
          .last = std::move(last)};
}

Evidence Evidence::by_default(std::string note) { return {.confidence = Confidence::product_default, .note = std::move(note)}; }

Evidence Evidence::assumed(std::string note) { return {.confidence = Confidence::assumed, .note = std::move(note)}; }

Confidence strongest(const std::vector<Evidence>& evidence) {
  Confidence best = Confidence::assumed;
  for (const Evidence& one : evidence) best = std::max(best, one.confidence);
  return best;
}

}  // namespace mainstay
