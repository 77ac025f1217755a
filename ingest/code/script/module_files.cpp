#include "ingest/code/script/module_files.h"

#include <algorithm>
#include <array>

#include "ingest/source/unit.h"

namespace mainstay::script {
namespace {

constexpr std::size_t kMaxModule = 200;  // octets
constexpr int kMaxFolders = 6;           // around a file

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash + 1));
}

std::vector<std::string> javascript_files(const std::string& from, std::string_view module) {
  if (!module.starts_with('.')) return {};
  constexpr std::array<std::string_view, 7> kEnds = {".ts", ".js", ".mjs", ".cjs", ".mts", ".tsx", ".jsx"};
  const Result<std::string> path = resolve_path(from, module);
  if (!path) return {};
  std::vector<std::string> names;
  const auto is_end = [&](std::string_view end) { return path->ends_with(end); };
  const auto end = std::find_if(kEnds.begin(), kEnds.end(), is_end);
  if (end != kEnds.end()) names.push_back(*path);
  const std::string stem = end == kEnds.end() ? *path : path->substr(0, path->size() - end->size());
  for (const std::string_view each : kEnds) names.push_back(stem + std::string(each));  // "./a.js" may be written in a.ts
  for (const std::string_view each : kEnds) names.push_back(*path + "/index" + std::string(each));
  return names;
}

std::vector<std::string> python_files(const std::string& from, std::string_view module) {
  std::size_t dots = 0;
  while (dots < module.size() && module[dots] == '.') ++dots;
  std::string path(module.substr(dots));
  std::replace(path.begin(), path.end(), '.', '/');
  std::vector<std::string> names;
  std::string folder = folder_of(from);
  const auto up = [&] { folder = folder_of(std::string_view(folder).substr(0, folder.size() - 1)); };
  const auto add = [&] {
    if (!path.empty()) names.push_back(folder + path + ".py");
    names.push_back(folder + path + (path.empty() ? "__init__.py" : "/__init__.py"));
  };
  for (std::size_t dot = 1; dot < dots; ++dot) {
    if (folder.empty()) return {};
    up();
  }
  if (dots > 0) {
    add();
    return names;
  }
  for (int around = 0; around < kMaxFolders; ++around) {
    add();
    if (folder.empty()) break;
    up();
  }
  return names;
}

}  // namespace

std::vector<std::string> module_files(Language language, const std::string& from, std::string_view module) {
  if (module.empty() || module.size() > kMaxModule) return {};
  if (language == Language::javascript) return javascript_files(from, module);
  return language == Language::python ? python_files(from, module) : std::vector<std::string>();
}

}  // namespace mainstay::script
