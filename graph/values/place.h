// Place: a Location as a person reads it, with the line that stands there.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace mainstay {

/// Where something is written: file, line and column, and the text of that line.
/// Shape:  `file` is relative to the scanned root, with forward slashes; `text` is the line without its ends of white space,
///         cut at 200 octets, secrets masked (see redaction.h).
/// Units:  line and column count from 1; the column counts octets; `length` is the number of octets on that line, at least 1.
struct Place {
  std::string file;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t length = 1;
  std::string text;

  friend auto operator<=>(const Place&, const Place&) = default;
};

}  // namespace mainstay
