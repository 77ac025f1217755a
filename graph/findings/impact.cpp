#include "graph/findings/impact.h"

#include <algorithm>
#include <array>

namespace mainstay {
namespace {

constexpr std::array<std::string_view, 8> kWords = {"now", "time-out", "degraded", "later", "slow", "fine", "unknown", "lost-anyway"};

}  // namespace

std::span<const std::string_view> words(Standing) { return kWords; }
std::string_view word(Standing standing) { return kWords[static_cast<std::size_t>(standing)]; }

std::uint64_t ImpactReport::count(Standing standing) const {
  return static_cast<std::uint64_t>(
      std::count_if(rows.begin(), rows.end(), [&](const ImpactRow& row) { return row.standing == standing; }));
}

}  // namespace mainstay
