// String literals of C and C++: the octets that they mean.
#pragma once

#include <string>
#include <string_view>

namespace mainstay {

/// The octets of one string literal as it is written: with its prefix (L, u8, u, U, R), its quotes, its escapes and its suffix.
/// Shape:  code points of \u and \U are UTF-8, also in wide strings. A literal that does not end is taken to its end.
/// Source: ISO C++ [lex.string], [lex.ccon].
std::string cxx_string(std::string_view written);

}  // namespace mainstay
