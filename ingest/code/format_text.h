// Formatted strings: a format with what is filled into it.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "graph/values/text.h"

namespace mainstay::code {

/// What stands for the argument at that position, counted from 0.
using Argument = std::function<Text(std::size_t at)>;

/// "https://%s:%d/x", as printf(3) reads it. A star takes an argument of its own.
Text percents_filled(std::string_view format, const Argument& argument);
/// "https://{}/{0}", as std::format reads it. A name between the braces stays unknown.
Text braces_filled(std::string_view format, const Argument& argument);
/// The place marker with the lowest number ("%1") replaced, as QString::arg does.
Text qt_filled(const Text& format, const Text& argument);

}  // namespace mainstay::code
