#include "ingest/code/ast/conditions.h"

#include <algorithm>

#include "graph/values/ascii.h"

namespace mainstay::code::ast {
namespace {

constexpr std::size_t kMaxMacros = 64;  // that one text is made of

bool is_word(char c) { return is_ascii_alphanumeric(c) || c == '_'; }

void skip_blanks(std::string_view& line) { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); }

std::string_view take_word(std::string_view& line) {
  const auto end = std::find_if_not(line.begin(), line.end(), &is_word);
  const std::string_view word = line.substr(0, static_cast<std::size_t>(end - line.begin()));
  line.remove_prefix(word.size());
  return word;
}

/// The word behind the hash of a directive, taken off; empty for other lines.
std::string_view take_directive(std::string_view& line) {
  skip_blanks(line);
  if (!line.starts_with('#')) return {};
  line.remove_prefix(1);
  skip_blanks(line);
  return take_word(line);
}

/// The end of a line, with those that a backslash puts behind it.
std::size_t line_end(std::string_view text, std::size_t at) {
  std::size_t end = std::min(text.find('\n', at), text.size());
  while (end < text.size() && end > at && (text[end - 1] == '\\' || (text[end - 1] == '\r' && end > at + 1 && text[end - 2] == '\\')))
    end = std::min(text.find('\n', end + 1), text.size());
  return end;
}

}  // namespace

Conditions::Conditions(const std::vector<TreeFile>& files) : files_(files), parts_(files.size()) {
  for (std::size_t at = 0; at < files.size(); ++at) read(files[at], SourceId{static_cast<std::uint32_t>(at)});
}

void Conditions::read(const TreeFile& file, SourceId source) {
  struct Open {
    std::size_t begin = 0;
    bool has_other = false;
    std::vector<std::string_view> defines;
  };
  const std::string_view text = file.bytes;
  std::vector<Location>& parts = parts_[static_cast<std::size_t>(source)];
  std::vector<Open> open;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = line_end(text, at);
    std::string_view line = text.substr(at, end - at);
    const std::string_view word = take_directive(line);
    if (word == "if" || word == "ifdef" || word == "ifndef") open.push_back({.begin = at, .has_other = false, .defines = {}});
    if (!open.empty() && word.starts_with("el")) open.back().has_other = true;
    if (word == "define" && open.empty()) define(line, false);
    if (word == "define" && !open.empty()) open.back().defines.push_back(line);
    if (!open.empty() && word == "endif") {
      if (open.back().has_other) parts.push_back({source, static_cast<std::uint32_t>(open.back().begin), static_cast<std::uint32_t>(end)});
      for (const std::string_view one : open.back().defines) define(one, open.back().has_other);
      open.pop_back();
    }
    at = end + 1;
  }
}

void Conditions::define(std::string_view line, bool is_conditional) {
  skip_blanks(line);
  const std::string_view name = take_word(line);
  macros_.emplace(name, Macro{line, is_conditional});
}

bool Conditions::may_differ(Location where) const {
  const auto file = static_cast<std::size_t>(where.source);
  if (file >= files_.size()) return false;
  const auto holds = [&](const Location& part) { return part.begin <= where.begin && where.begin < part.end; };
  if (std::ranges::any_of(parts_[file], holds)) return true;
  std::string_view text = std::string_view(files_[file].bytes).substr(std::min<std::size_t>(where.begin, files_[file].bytes.size()));
  std::size_t size = where.end - where.begin;
  while (size < text.size() && is_word(text[size])) ++size;  // the range of what a macro brings ends with the macro's first octet
  std::set<std::string_view> seen;
  return may_differ(text.substr(0, size), seen);
}

/// Whether a macro that is named in a text, literals left out, is defined otherwise elsewhere.
bool Conditions::may_differ(std::string_view text, std::set<std::string_view>& seen) const {
  while (!text.empty()) {
    if (text[0] == '"') {
      std::size_t end = 1;
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      text.remove_prefix(std::min(end + 1, text.size()));
      continue;
    }
    if (!is_word(text[0])) {
      text.remove_prefix(1);
      continue;
    }
    const std::string_view word = take_word(text);
    if (seen.size() >= kMaxMacros) return true;
    if (!macros_.contains(word) || !seen.insert(word).second) continue;
    const auto [begin, end] = macros_.equal_range(word);
    for (auto one = begin; one != end; ++one) {
      if (one->second.is_conditional || may_differ(one->second.body, seen)) return true;
    }
  }
  return false;
}

}  // namespace mainstay::code::ast
