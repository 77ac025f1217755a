// WireTime: a time as seconds and nanoseconds since 1970, as capture formats have it.
#pragma once

#include <cstdint>

#include "ingest/logs/log_format.h"

namespace mainstay {

struct WireTime {
  std::uint64_t seconds = 0;
  std::uint64_t nanoseconds = 0;
  bool is_known = false;

  /// In microseconds; kNoTime where it is not known, or behind the year 9999.
  std::int64_t microseconds() const {
    constexpr std::uint64_t kLastSecond = 253402300799;
    if (!is_known || seconds > kLastSecond || nanoseconds > 999999999) return LogLine::kNoTime;
    return static_cast<std::int64_t>(seconds * 1000000 + nanoseconds / 1000);
  }
};

}  // namespace mainstay
