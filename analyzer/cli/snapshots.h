// Snapshots on the command line: a file that stands where a folder could, and the file that a scan leaves behind.
#pragma once

#include <cstdint>
#include <string>

#include "graph/values/result.h"

namespace mainstay {

struct Loaded;

/// True when the path is a file that begins as a snapshot does.
bool is_snapshot_file(const std::string& path);

/// Adds the facts of a snapshot and its catalogues, and to the report its account of sources and the snapshot itself.
/// Errors: not readable, too large, cut off, damaged, or of another version; nothing is added then.
Result<bool> add_snapshot(const std::string& path, std::int64_t now, Loaded& loaded);

/// Writes what was read to a snapshot, whole or not at all. Takes the facts away.
Result<bool> save_snapshot(const std::string& path, std::int64_t now, Loaded& loaded);

}  // namespace mainstay
