// Files that include others: which files a pattern means, and which files mean something only together.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/unit.h"

namespace mainstay {

/// The files of the tree that a pattern in `from` means, sorted. An absolute pattern is looked for in the file system of the host that
/// `home` is; on no host, one below a `usual` folder ("/etc/unbound/") is looked for beside `from`, where that folder's files lie.
/// Cost: the files below the pattern's fixed part.
std::vector<std::string> included_files(const SourceTree& tree, std::string_view from, std::string_view pattern,
                                        std::span<const std::string_view> usual);

/// One unit for each file that no other one includes, with all that it includes, directly or not, in the order of inclusion.
/// Shape: every one of `names` is in a unit. Of files that include only each other the one called `main` leads its unit.
std::vector<std::vector<std::string>> units_by_includes(
    std::vector<std::string> names, std::string_view main,
    const std::function<std::vector<std::string>(const std::string& name)>& includes_of);

/// Units whose first file is a part of something that no file of the tree includes, joined by the folder that they lie in; the others as
/// they are. Shape: in the order of `units`; joined ones stand where the first of them stood.
std::vector<std::vector<std::string>> parts_joined(std::vector<std::vector<std::string>> units,
                                                   const std::function<bool(std::string_view name)>& is_part);

}  // namespace mainstay
