// UTF-8 checks for notations that must be UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

/// A text of the same length in which every octet that is no part of valid UTF-8, or is NUL, is a question mark.
struct Utf8Repair {
  std::string text;
  std::size_t first_bad = 0;
  std::size_t bad = 0;
};

/// The repaired text; nothing when the text is valid as it is.
/// Source: RFC 3629.
std::optional<Utf8Repair> repaired_utf8(std::string_view text);

/// Appends a code point as UTF-8; surrogates and values past U+10FFFF become U+FFFD.
void append_utf8(std::string& out, unsigned code);

}  // namespace mainstay
