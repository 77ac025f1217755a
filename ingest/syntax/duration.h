// Durations as configuration files write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mainstay {

/// Milliseconds of "60", "500ms", "1m30s", "1h 30m" or "0.25s": numbers with units (ms, s, m, h, d, w), blanks between them; a number
/// without a unit counts seconds. Nothing for other texts, and for what does not fit into 32 bits.
/// Source: nginx "Configuration file measurement units"; Go time.ParseDuration; Spring Boot "Converting Durations".
std::optional<std::uint32_t> milliseconds_of(std::string_view text);

}  // namespace mainstay
