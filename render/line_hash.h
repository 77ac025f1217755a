// LineHash: how GitHub recognises a line again after the file around it changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// The value of `primaryLocationLineHash` for each line of a file, the first one at the front.
/// Shape:  a rolling hash over the 100 UTF-16 code units from the start of the line on that are neither space nor tab, line ends as one
///         line feed; in hexadecimal, with ":" and how many lines so far have that hash.
/// Source: the upload action of GitHub code scanning, which computes it too and warns where another value stands.
std::vector<std::string> line_hashes(std::string_view bytes);

/// UTF-16 code units of the text; what is not valid UTF-8 counts as the U+FFFD that readers put in its place.
std::u16string utf16(std::string_view text);

}  // namespace mainstay
