// $GENERATE of BIND: one line that stands for a range of records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

/// The range of a $GENERATE: start-stop or start-stop/step.
struct GenerateRange {
  std::uint32_t start = 0;
  std::uint32_t stop = 0;
  std::uint32_t step = 1;

  std::uint64_t count() const { return (std::uint64_t{stop} - start) / step + 1; }
};

/// Errors: text that is no range, a start behind the stop, a step of 0, a number of 2^31 and more.
std::optional<GenerateRange> generate_range(std::string_view text);

/// The template with every `$` and `${offset[,width[,base]]}` replaced for one number; `\$` stands for itself, `$$` for one `$`.
/// Shape:  base is d, o, x, X, or n and N for nibbles from the last to the first, parted by dots.
/// Errors: nothing when a modifier is malformed, or the text becomes longer than 1024 octets.
/// Source: BIND 9 Administrator Reference Manual, "BIND Primary File Extension: the $GENERATE Directive".
std::optional<std::string> generated(std::string_view text, std::uint32_t number);

}  // namespace mainstay
