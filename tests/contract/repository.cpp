#include "tests/contract/repository.h"
#include "tests/places.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace mainstay {
namespace {

namespace fs = std::filesystem;

fs::path root() { return source_dir(); }

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool is_code(const std::string& name) { return name.ends_with(".h") || name.ends_with(".cpp") || name.ends_with(".inc"); }

}  // namespace

std::vector<RepositoryFile> repository_files(std::string_view folder) {
  std::vector<RepositoryFile> files;
  if (!fs::is_directory(root() / folder)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root() / folder)) {
    if (!entry.is_regular_file() || entry.is_symlink()) continue;
    files.push_back({fs::relative(entry.path(), root()).generic_string(), text_of(entry.path())});
  }
  std::sort(files.begin(), files.end(), [](const RepositoryFile& a, const RepositoryFile& b) { return a.name < b.name; });
  return files;
}

const std::vector<RepositoryFile>& code_files() {
  static const std::vector<RepositoryFile> files = [] {
    std::vector<RepositoryFile> code;
    for (const char* folder : {"analyzer", "graph", "ingest", "render", "tests"}) {
      for (RepositoryFile& file : repository_files(folder)) {
        if (is_code(file.name)) code.push_back(std::move(file));
      }
    }
    return code;
  }();
  return files;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<std::string_view> includes_of(const RepositoryFile& file) {
  std::vector<std::string_view> names;
  for (std::string_view line : lines_of(file.text)) {
    if (!line.starts_with("#include ")) continue;
    line.remove_prefix(9);
    const std::size_t end = line.find_first_of("\">", 1);
    if (end != std::string_view::npos) names.push_back(line.substr(1, end - 1));
  }
  return names;
}

std::vector<std::string> listed(std::string_view list, std::string_view macro) {
  std::vector<std::string> symbols;
  const std::string text = text_of(root() / list);
  const std::string head = std::string(macro) + "(";
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with(head)) symbols.emplace_back(line.substr(head.size(), line.find(')') - head.size()));
  }
  return symbols;
}

std::string with_dashes(std::string symbol) {
  std::replace(symbol.begin(), symbol.end(), '_', '-');
  return symbol;
}

bool exists(std::string_view name) { return fs::exists(root() / name); }

}  // namespace mainstay
