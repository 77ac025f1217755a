// Lua, as far as finding where it ends: programs that stand in braces inside another notation.
#pragma once

#include <cstddef>
#include <string_view>

namespace mainstay {

/// The offset of the brace that closes the one before `begin`, with strings, long brackets and comments passed over; npos when there is
/// none.
/// Source: Lua 5.1 Reference Manual, section 2.1 (lexical conventions), the version that OpenResty embeds.
std::size_t end_of_lua_block(std::string_view text, std::size_t begin);

}  // namespace mainstay
