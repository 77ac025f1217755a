// Ttl: how long a DNS answer may be kept.
#pragma once

#include <compare>
#include <cstdint>

#include "graph/values/result.h"

namespace mainstay {

/// A DNS time to live.
/// Units:  whole seconds, 0 to 2^31-1; a bare number does not convert.
/// Source: RFC 2181 section 8 (a TTL with the top bit set is treated as 0 by a reader of the wire; text with one is refused).
class Ttl {
 public:
  static constexpr std::uint64_t kMax = 0x7fffffff;

  static Result<Ttl> from_seconds(std::uint64_t seconds) {
    if (seconds > kMax) return Error{"a TTL is at most 2147483647 seconds (RFC 2181 section 8)"};
    return Ttl(static_cast<std::uint32_t>(seconds));
  }

  Ttl() = default;  // 0: do not keep

  std::uint32_t seconds() const { return seconds_; }

  friend auto operator<=>(const Ttl&, const Ttl&) = default;

 private:
  explicit Ttl(std::uint32_t seconds) : seconds_(seconds) {}
  std::uint32_t seconds_ = 0;
};

}  // namespace mainstay
