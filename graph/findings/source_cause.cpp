#include "graph/findings/source_cause.h"

#include <array>

namespace mainstay {

std::span<const std::string_view> words(SourceCause) {
  static constexpr std::array<std::string_view, 9> kWords = {"none",       "not-claimed", "ignored",       "not-text",    "not-a-file",
                                                             "over-limit", "unreadable",  "reader-failed", "read-in-part"};
  return kWords;
}

std::string_view word(SourceCause cause) { return words(cause)[static_cast<std::size_t>(cause)]; }

}  // namespace mainstay
