// The tokens of expressions: brackets, casts, numbers, and names of functions that give a text on as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "graph/values/location.h"
#include "ingest/syntax/cxx_tokens.h"

namespace mainstay::code {

std::string_view last_word(std::string_view path);
/// Functions and types that give their first argument on as it is.
bool is_transparent(std::string_view name);
bool is_environment_read(std::string_view name);
/// Members of strings that give the same text in another form.
bool is_view_member(std::string_view name);
/// The position behind the bracket that closes the one at `at`.
std::size_t behind_brackets(CxxTokens tokens, std::size_t at);
/// The first of such a token outside of all brackets.
std::size_t find_outside(CxxTokens tokens, std::string_view mark);
/// "(const char *)", "(LPCSTR)": a bracket with nothing but a type in it, in front of something.
bool is_cast(CxxTokens tokens, std::size_t end);
Location extent(CxxTokens tokens);
bool is_null(CxxTokens value);
/// A number without its suffix.
std::string_view plain_number(std::string_view text);
/// The path that some tokens begin with, up to a bracket; template arguments in front of a bracket are left out.
struct PathAhead {
  std::string text;
  std::size_t end = 0;
};
PathAhead path_ahead(CxxTokens rest);

}  // namespace mainstay::code
