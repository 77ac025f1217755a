// Which program a source file belongs to, and whether it belongs to one that runs here at all.
#pragma once

#include <string_view>

#include "ingest/source/unit.h"

namespace mainstay::code {

/// What a source file is for, told from its name and folders.
enum class CodePurpose : std::uint8_t { product, test, example, vendored };

/// Shape: the outermost folder that says something decides ("third_party/x/test/" is vendored).
CodePurpose purpose_of(std::string_view name);
/// "test code", "example code", "code of others".
std::string_view word(CodePurpose purpose);

/// The workload that the unit's file is part of: the first of these that is there,
///   the one service of a compose file whose build context is the nearest around the file;
///   the program of the nearest CMakeLists.txt or meson.build around it that lists the file, or that is the only one there;
///   the nearest folder around it with a Dockerfile or a build file, as one process;
///   the root of the tree.
/// Never one for each source file. The reasons are places in the file that says so; the file is read through the unit.
Workload workload_of(Unit& unit);

}  // namespace mainstay::code
