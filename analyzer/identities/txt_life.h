// TXT life: how long an identity record holds: in caches, past its TTL, and by its own word.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "analyzer/identities/txt_identities.h"

namespace mainstay {

/// How soon a revoked identity is meant to be refused. Units: seconds.
inline constexpr std::uint32_t kRevocationObjective = 300;
/// A TTL below this makes every decision a question to the zone's servers. Units: seconds.
inline constexpr std::uint32_t kLeastTtl = 5;

/// The longest and the shortest TTL of the records of a name, in seconds; nothing when none is stated.
std::optional<std::uint32_t> longest_ttl(const TxtIdentity& identity);
std::optional<std::uint32_t> shortest_ttl(const TxtIdentity& identity);

/// The server of the tree that serves expired answers longest; null when none says that it does.
const Server* most_stale(const Estate& estate);

/// True when a field of the text states an end, whether or not it can be read ("exp", "not-after", "expires"), or a beginning ("nbf").
bool states_life(const TxtValue& value);

/// The moment from which a text does not hold any more, by the word of its "exp", "not-after" or "expires".
/// Shape: a day (2027-02-01, 20270201) holds to its last second; a time is RFC 3339, YYYYMMDDHHMMSS in UTC, or seconds since 1970.
/// Units: seconds since 1970, UTC; nothing where no end is stated or it cannot be read.
std::optional<std::int64_t> end_of(const TxtValue& value);
std::optional<std::int64_t> moment_of(std::string_view text);

}  // namespace mainstay
