// Which files of a tree an import may mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/known_script_calls.h"

namespace mainstay::script {

/// Names of files, the likeliest first; whether they are there is not asked. Nothing for a module that lies outside of the tree, and for
/// languages whose imports name no files.
/// Source: Node.js 20, "Modules"; TypeScript handbook, "Modules"; The Python Language Reference, chapter 5 "The import system". Folders
///         around a file are taken for the places where Python looks, as which of them it is started in is not written.
std::vector<std::string> module_files(Language language, const std::string& from, std::string_view module);

}  // namespace mainstay::script
