// SourceCause: the kinds of reason that a file or a log is not read for, or not wholly.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace mainstay {

/// Shape: none: it was read. not_claimed: no format or unit wants it. ignored: an ignore file or version control data. not_text.
/// not_a_file:
///        a link, a FIFO, a device, a folder that is read as another root. over_limit: too large, too deep, or one too many.
///        unreadable: it could not be opened or read. reader_failed: a fault of this program. read_in_part: it was read, and what could
///        not be understood of it is counted as errors, of a log as warnings.
enum class SourceCause : std::uint8_t {
  none,
  not_claimed,
  ignored,
  not_text,
  not_a_file,
  over_limit,
  unreadable,
  reader_failed,
  read_in_part
};
/// "none", "not-claimed", "ignored", "not-text", "not-a-file", "over-limit", "unreadable", "reader-failed", "read-in-part".
std::span<const std::string_view> words(SourceCause);
std::string_view word(SourceCause cause);

}  // namespace mainstay
