// Columns: how wide text is on a terminal, and text made to fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// Columns that the text takes: 2 for East Asian wide characters and emoji, 0 for combining marks.
/// Shape: expects text from for_terminal().
std::size_t display_width(std::string_view text);

/// The text cut to `width` columns between two characters as people see them, with `mark` ("…" or "...") where something was cut.
std::string cut_to(std::string_view text, std::size_t width, std::string_view mark);

/// The text followed, or led, by spaces up to `width` columns; longer text stays whole.
std::string left_aligned(std::string_view text, std::size_t width);
std::string right_aligned(std::string_view text, std::size_t width);

/// The text in lines of at most `width` columns, broken at spaces where there are any; never empty.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// 1234567 as "1,234,567".
std::string grouped(std::size_t number);

}  // namespace mainstay
