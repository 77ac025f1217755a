// The stub header in front of every file.
#pragma once

#include <span>
#include <string_view>

namespace mainstay::code::ast {

/// What C, POSIX and the library of C++ declare, as far as calls that take names need it; types whose members nobody here asks for stay
/// empty.
std::string_view stub_of_languages();

/// The names of the headers that it stands for; they hold nothing.
std::span<const std::string_view> headers_of_languages();

}  // namespace mainstay::code::ast
