// What the compiler's parser is told about a file: its language, and what its build says, as far as that is harmless.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/source.h"
#include "ingest/source/unit.h"

namespace mainstay::code::ast {

/// The language by a file's name; a ".h" is C++ when its text has words of C++.
std::vector<std::string> language_flags(std::string_view name, std::string_view text);

/// Of the words of a command the macros, the folders inside the root ("-Isrc/include") and the standard; nothing else is taken over.
/// Shape: `root` is the root of the tree as the command writes it: without its first slash, "home/build/app/"; a folder outside of it is
/// left out.
std::vector<std::string> allowed_flags(const std::vector<std::string>& words, std::string_view directory, std::string_view root);

/// allowed_flags() of the file's entry in the compile_commands.json of the folders around it or their `build`; none without one.
/// Source: the JSON compilation database format, as clang documents it.
std::vector<std::string> flags_of_build(Unit& unit);

}  // namespace mainstay::code::ast
