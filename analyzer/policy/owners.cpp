#include "analyzer/policy/owners.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace mainstay {
namespace {

constexpr std::array<std::string_view, 4> kNames = {".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"};
constexpr std::size_t kMaxOctets = std::size_t{3} << 20;  // GitHub's own limit
constexpr std::size_t kMaxLines = 20000;                  // each may be tried on each finding

/// "@user", "@org/team", "@@role", "someone@example.com".
bool is_owner(std::string_view word) {
  const std::size_t at = word.find('@');
  return at != std::string_view::npos && at + 1 < word.size() && word.find_first_of("[]()<>\"'`\\") == std::string_view::npos;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

std::span<const std::string_view> codeowners_names() { return kNames; }

class OwnersReader {
 public:
  OwnersReader(const Source& source, Diagnostics& problems) : source_(source), bytes_(source.bytes()), problems_(problems) {
    const bool has_sections = bytes_.starts_with('[') || bytes_.starts_with("^[") || bytes_.find("\n[") != std::string_view::npos ||
                              bytes_.find("\n^[") != std::string_view::npos;
    const bool is_gitlab = has_sections || source.name().ends_with(".gitlab/CODEOWNERS");
    dialect_ = is_gitlab ? PathDialect::gitlab : PathDialect::github;
    owners_.sections_.emplace_back();
  }

  Owners read() {
    if (bytes_.size() > kMaxOctets) {
      problems_.warning(source_, {}, "the file is larger than 3 MiB and is not read: nobody owns anything", "");
      return {};
    }
    std::size_t lines = 0;
    for (std::size_t at = 0; at < bytes_.size();) {
      const std::size_t feed = std::min(bytes_.find('\n', at), bytes_.size());
      if (++lines > kMaxLines) {
        warn(bytes_.substr(at, feed - at), "the lines from here on are not read", "");
        break;
      }
      read_line(bytes_.substr(at, feed - at));
      at = feed + 1;
    }
    return std::move(owners_);
  }

 private:
  void warn(std::string_view part, std::string message, std::string hint) {
    const auto begin = static_cast<std::uint32_t>(part.data() - bytes_.data());
    problems_.warning(source_, {SourceId{}, begin, begin + static_cast<std::uint32_t>(part.size())}, std::move(message), std::move(hint));
  }

  void read_line(std::string_view line) {
    while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    if (line.empty() || line.front() == '#') return;
    if (line.front() == '[' || line.starts_with("^[")) return read_section(line);
    std::size_t end = 0;
    std::string pattern;
    for (; end < line.size() && !is_blank(line[end]); ++end) {
      if (line[end] == '\\' && end + 1 < line.size() && (line[end + 1] == ' ' || line[end + 1] == '#')) ++end;
      pattern += line[end];
    }
    if (const char* wrong = wrong_with(pattern)) return warn(line.substr(0, end), wrong, "the line is left out");
    std::optional<std::vector<std::string>> owners = owners_in(line.substr(end));
    if (!owners) return;
    if (owners->empty()) owners = defaults_;
    owners_.sections_[section_].push_back({PathPattern(pattern, dialect_), *std::move(owners)});
  }

  const char* wrong_with(std::string_view pattern) const {
    if (pattern.starts_with('!')) return "patterns of CODEOWNERS cannot be negated";
    if (dialect_ == PathDialect::github && pattern.find('[') != std::string_view::npos) return "GitHub takes no character ranges here";
    return nullptr;
  }

  /// "[Name]", "^[Name][2] @default": sections of one name are one.
  void read_section(std::string_view line) {
    const std::size_t open = line.find('[');
    const std::size_t close = line.find(']', open);
    if (close == std::string_view::npos) return warn(line, "the name of the section has no end", "add a closing bracket");
    std::string name(line.substr(open + 1, close - open - 1));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    std::string_view rest = line.substr(close + 1);
    if (rest.starts_with('[')) rest.remove_prefix(std::min(rest.find(']') + 1, rest.size()));
    defaults_ = owners_in(rest).value_or(std::vector<std::string>());
    const auto [at, is_new] = names_.try_emplace(name, owners_.sections_.size());
    if (is_new) owners_.sections_.emplace_back();
    section_ = at->second;
  }

  /// Nothing when a word is no owner. A comment may end the list.
  std::optional<std::vector<std::string>> owners_in(std::string_view rest) {
    std::vector<std::string> owners;
    while (true) {
      while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
      if (rest.empty() || rest.front() == '#') return owners;
      const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r"));
      rest.remove_prefix(word.size());
      if (!is_owner(word)) {
        warn(word, "this is no owner: it is neither @user, @organisation/team nor an e-mail address", "the line is left out");
        return std::nullopt;
      }
      owners.emplace_back(word);
    }
  }

  const Source& source_;
  std::string_view bytes_;
  Diagnostics& problems_;
  PathDialect dialect_{};
  Owners owners_;
  std::size_t section_ = 0;
  std::vector<std::string> defaults_;
  std::map<std::string, std::size_t> names_;
};

Owners Owners::read(const Source& source, Diagnostics& problems) { return OwnersReader(source, problems).read(); }

std::vector<std::string> Owners::of(std::string_view path) const {
  std::vector<std::string> all;
  for (const Section& section : sections_) {
    const auto line = std::find_if(section.rbegin(), section.rend(), [&](const Line& one) { return one.pattern.matches(path); });
    if (line == section.rend()) continue;
    for (const std::string& owner : line->owners) {
      if (std::find(all.begin(), all.end(), owner) == all.end()) all.push_back(owner);
    }
  }
  return all;
}

}  // namespace mainstay
