// The canonical form of a name in a log, and a hash of it, in one pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mainstay {

/// A name of 255 octets, each written as an escape, with its dots.
inline constexpr std::size_t kLongestName = 1040;

struct NameForm {
  std::uint16_t size = 0;
  std::uint64_t hash = 0;
};

/// Writes a name as DomainName has it (lower case, absolute) and hashes it; nothing when it is no domain name.
/// `out` has room for kLongestName octets. Cost: eight octets at a time for host names; others go through DomainName.
std::optional<NameForm> write_canonical_name(std::string_view name, char* out, std::uint64_t seed);

}  // namespace mainstay
