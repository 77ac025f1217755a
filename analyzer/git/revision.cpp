#include "analyzer/git/revision.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace mainstay {
namespace {

std::string without_line_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

/// The word before the first blank or tab; it is taken from the text, with the blanks behind it.
std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(text.find_first_not_of(' ', end), text.size()));
  return word;
}

}  // namespace

Result<std::string> commit_of(const Git& git, const std::string& name) {
  if (name.empty() || name.starts_with('-')) return Error{fmt::format("'{}' is no revision", name)};
  const Result<std::string> said = git.text({"rev-parse", "--verify", "--end-of-options", name + "^{commit}"});
  if (!said) return Error{fmt::format("'{}' is no revision here: {}", name, said.error())};
  return without_line_end(*said);
}

Result<std::string> merge_base(const Git& git, const std::string& one, const std::string& other) {
  const Result<std::string> said = git.text({"merge-base", one, other});
  if (!said) return Error{fmt::format("{} and {} have no common ancestor here", one.substr(0, 12), other.substr(0, 12))};
  return without_line_end(*said);
}

Result<Revision> revision_of(const Git& git, const std::string& name, const std::string& commit) {
  const Result<std::string> said = git.text({"ls-tree", "-r", "-z", "-l", commit});
  if (!said) return Error{fmt::format("the files of '{}' cannot be listed: {}", name, said.error())};
  Revision out{.name = name, .commit = commit, .files = {}};
  for (std::string_view rest = *said; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    std::string_view row = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t tab = row.find('\t');
    if (tab == std::string_view::npos) continue;
    std::string path(row.substr(tab + 1));
    row = row.substr(0, tab);
    RevisionFile file;
    file.mode = take_word(row);
    take_word(row);  // its type, which the mode says too
    file.object = take_word(row);
    std::from_chars(row.data(), row.data() + row.size(), file.octets);  // "-" for a submodule
    out.files.insert_or_assign(std::move(path), std::move(file));
  }
  return out;
}

std::vector<std::string> changed_paths(const Revision& base, const Revision& head) {
  std::vector<std::string> all;
  for (const auto& [path, file] : base.files) {
    const auto now = head.files.find(path);
    if (now == head.files.end() || !(now->second == file)) all.push_back(path);
  }
  for (const auto& [path, file] : head.files) {
    if (!base.files.contains(path)) all.push_back(path);
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace mainstay
