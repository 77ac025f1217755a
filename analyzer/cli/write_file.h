// Output files: whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "graph/values/result.h"

namespace mainstay {

/// Writes the bytes to a temporary file beside `path`, brings them to the disk, and renames it; "-" is not special here.
/// A file that is there keeps who may read and write it.
/// Errors: the folder is not there, is full or may not be written; nothing is left behind then.
Result<bool> write_file(const std::string& path, std::string_view bytes);

}  // namespace mainstay
