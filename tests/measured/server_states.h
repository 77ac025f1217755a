// The states of servers that figures are about, under the short names of the tables of scenarios.
#pragma once

#include "analyzer/faults/failover.h"

namespace mainstay {

inline constexpr ServerState kGood{};
inline constexpr ServerState kDead{ServerMode::silent, {}};
inline constexpr ServerState kClosed{ServerMode::closed, {}};
inline constexpr ServerState kServfail{ServerMode::servfail, {}};
inline constexpr ServerState kRefused{ServerMode::refused, {}};
inline constexpr ServerState kNotimp{ServerMode::notimp, {}};
inline constexpr ServerState kFormerr{ServerMode::formerr, {}};
inline constexpr ServerState kNxdomain{ServerMode::nxdomain, {}};
inline constexpr ServerState kEmpty{ServerMode::empty, {}};
inline constexpr ServerState kTruncated{ServerMode::truncated, {}};

constexpr ServerState slow(int milliseconds) { return {ServerMode::good, {Milliseconds(milliseconds), Milliseconds(milliseconds)}}; }

}  // namespace mainstay
