// Location: which bytes of which source something was read from.
#pragma once

#include <compare>
#include <cstdint>

namespace mainstay {

/// Position of a source within the unit that is being read; 0 is the unit's first file.
enum class SourceId : std::uint32_t {};

/// A half-open byte range [begin, end) in one source; 12 octets.
/// Lines and columns are computed from it only when it becomes evidence or a diagnostic (see Source::place).
struct Location {
  SourceId source{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend auto operator<=>(const Location&, const Location&) = default;
};

}  // namespace mainstay
