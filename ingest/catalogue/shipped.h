// The catalogue's data files as they are compiled in; the build makes their definition from ingest/catalogue/data/.
#pragma once

#include <span>
#include <string_view>

namespace mainstay {

struct ShippedFile {
  std::string_view name;  // "hosts.json"
  std::string_view bytes;
};

/// All shipped data files, sorted by name.
std::span<const ShippedFile> shipped_files();

}  // namespace mainstay
