#include "analyzer/policy/path_pattern.h"

namespace mainstay {

PathPattern::PathPattern(std::string_view pattern, PathDialect dialect) {
  if (pattern.ends_with('/')) {
    folders_only_ = true;
    pattern.remove_suffix(1);
  }
  const bool is_bound = dialect == PathDialect::gitlab ? pattern.starts_with('/') : pattern.find('/') != std::string_view::npos;
  base_name_only_ = pattern.find('/') == std::string_view::npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  if (dialect != PathDialect::gitignore) takes_folders_ = folders_only_ || (!pattern.ends_with("/*") && pattern != "*");
  if (dialect == PathDialect::gitlab) takes_folders_ = folders_only_;
  if (pattern == "*" && base_name_only_ && !is_bound) takes_folders_ = true;  // everything
  glob_ = Glob(is_bound || base_name_only_ ? std::string(pattern) : "**/" + std::string(pattern));
}

bool PathPattern::matches_name(std::string_view path) const {
  return glob_.matches(base_name_only_ ? path.substr(path.rfind('/') + 1) : path);
}

bool PathPattern::matches(std::string_view path) const {
  if (!folders_only_ && matches_name(path)) return true;
  if (!takes_folders_) return false;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    if (matches_name(path.substr(0, slash))) return true;
  }
  return false;
}

}  // namespace mainstay
