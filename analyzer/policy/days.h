// Days: calendar days as people write them, YYYY-MM-DD, in UTC. Days of that form compare as texts do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mainstay {

/// The day of a time. Units: seconds since 1970, UTC.
std::string day_of(std::int64_t seconds);
/// True for a day that the calendar has, in that form.
bool is_day(std::string_view text);

}  // namespace mainstay
