#include "tests/fuzz/sample_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace mainstay {

std::string source_folder() { return MAINSTAY_SOURCE_DIR; }

std::vector<SampleFile> files_below(std::string_view folder) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(source_folder()) / folder;
  std::vector<SampleFile> files;
  std::error_code none;
  if (!fs::is_directory(root, none)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.is_symlink()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({fs::relative(entry.path(), root).generic_string(), std::string(std::istreambuf_iterator<char>(in), {})});
  }
  std::sort(files.begin(), files.end(), [](const SampleFile& a, const SampleFile& b) { return a.name < b.name; });
  return files;
}

std::vector<SampleFile> sample_files(std::string_view folder) { return files_below("samples/" + std::string(folder)); }

}  // namespace mainstay
