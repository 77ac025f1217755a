// Durations: times as people say them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "graph/findings/impact.h"

namespace mainstay {

/// "0", "45 s", "15 min", "1.5 h", "72 h", "8 d": the largest unit of which there are at least one and a half, or it is whole.
/// Units: seconds.
std::string seconds_in_words(std::uint64_t seconds);
/// "0 s", "40 ms", "2.5 s". Units: milliseconds.
std::string milliseconds_in_words(std::uint64_t milliseconds);
/// "0 – 15 min"; with "+ ?" where something that is held has no known length, "0 – ?" where nothing has.
/// Units: seconds.
std::string lockout_in_words(const Bounds& lockout, bool holds_known);

}  // namespace mainstay
