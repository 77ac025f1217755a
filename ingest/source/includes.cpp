#include "ingest/source/includes.h"

#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <set>

namespace mainstay {
namespace {

/// The pattern as a name of the tree; empty when it leads out of it or nobody knows where.
std::string in_tree(const HomeScope& home, std::string_view from, std::string_view pattern, std::span<const std::string_view> usual) {
  if (pattern.starts_with('/') && home.kind == ScopeKind::host) {
    return home.folder.empty() ? std::string(pattern.substr(1)) : home.folder + std::string(pattern);
  }
  if (pattern.starts_with('/')) {
    const auto at = std::ranges::find_if(usual, [&](std::string_view folder) { return pattern.starts_with(folder); });
    if (at == usual.end()) return {};
    pattern.remove_prefix(at->size());
  }
  const Result<std::string> path = resolve_path(from, pattern);
  return path ? *path : std::string();
}

}  // namespace

std::vector<std::string> included_files(const SourceTree& tree, std::string_view from, std::string_view pattern,
                                        std::span<const std::string_view> usual) {
  const std::string wanted = in_tree(tree.home(from), from, pattern, usual);
  if (wanted.empty()) return {};
  const std::size_t slash = wanted.rfind('/', wanted.find_first_of("*?["));
  const std::string folder = slash == std::string::npos ? std::string() : wanted.substr(0, slash);
  std::vector<std::string> found;
  for (std::string& name : tree.names_below(folder)) {
    if (fnmatch(wanted.c_str(), name.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0) found.push_back(std::move(name));
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::vector<std::string>> units_by_includes(
    std::vector<std::string> names, std::string_view main,
    const std::function<std::vector<std::string>(const std::string& name)>& includes_of) {
  std::map<std::string, std::vector<std::string>> includes;
  std::set<std::string> included;
  for (const std::string& name : names) {
    for (std::string& target : includes_of(name)) {
      if (target == name) continue;
      included.insert(target);
      includes[name].push_back(std::move(target));
    }
  }
  const auto rank = [&](const std::string& name) {
    if (!included.contains(name)) return 0;
    return std::string_view(name).substr(name.rfind('/') + 1) == main ? 1 : 2;
  };
  std::ranges::stable_sort(names, {}, rank);
  std::vector<std::vector<std::string>> units;
  std::set<std::string> taken;
  for (const std::string& name : names) {
    if (!taken.insert(name).second) continue;
    units.push_back({name});
    std::vector<std::string>& unit = units.back();
    for (std::size_t at = 0; at < unit.size(); ++at) {  // the includes of includes, each file once
      const auto targets = includes.find(unit[at]);
      if (targets == includes.end()) continue;
      for (const std::string& target : targets->second) {
        taken.insert(target);
        if (std::ranges::find(unit, target) == unit.end()) unit.push_back(target);
      }
    }
  }
  return units;
}

std::vector<std::vector<std::string>> parts_joined(std::vector<std::vector<std::string>> units,
                                                   const std::function<bool(std::string_view name)>& is_part) {
  std::vector<std::vector<std::string>> joined;
  std::map<std::string, std::size_t, std::less<>> by_folder;
  for (std::vector<std::string>& unit : units) {
    const std::string& first = unit.front();
    if (is_part(first)) {
      const std::size_t slash = first.rfind('/');
      const auto [at, fresh] = by_folder.emplace(slash == std::string::npos ? std::string() : first.substr(0, slash), joined.size());
      if (!fresh) {
        joined[at->second].insert(joined[at->second].end(), unit.begin(), unit.end());
        continue;
      }
    }
    joined.push_back(std::move(unit));
  }
  return joined;
}

}  // namespace mainstay
