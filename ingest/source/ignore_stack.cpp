#include "ingest/source/ignore_stack.h"

#include <fmt/format.h>

#include <utility>

namespace mainstay {
namespace {

constexpr std::string_view kGit = ".gitignore";
constexpr std::string_view kOwn = ".mainstayignore";

/// The file's bytes; empty when it is not there or cannot be used.
std::string read_whole(const OpenFolder& folder, const std::string& file, std::string_view base, std::vector<Diagnostic>& problems) {
  constexpr std::size_t kMaxOctets = std::size_t{1} << 20;
  const auto warn = [&](std::string why) {
    problems.push_back(
        {{.file = file}, DiagnosticSeverity::warning, "the ignore file is not used: " + why, "what it ignores is looked at"});
    return std::string();
  };
  Result<std::optional<OpenFile>> open = folder.open(base);
  if (!open) return warn(open.error());
  if (!*open) return {};
  if ((*open)->octets() > kMaxOctets) return warn("larger than 1 MiB");
  std::string bytes;
  if (const Result<bool> filled = (*open)->fill(bytes, kMaxOctets + 1); !filled) return warn(filled.error());
  if (bytes.size() > kMaxOctets) return warn("larger than 1 MiB");
  return bytes;
}

IgnoreRules read_rules(const OpenFolder& folder, const std::string& file, std::string_view base, std::vector<Diagnostic>& problems) {
  IgnoreRules rules = IgnoreRules::parse(read_whole(folder, file, base, problems));
  if (rules.dropped() > 0) {
    problems.push_back({{.file = file},
                        DiagnosticSeverity::warning,
                        fmt::format("only the first {} rules of the ignore file are used", IgnoreRules::kMaxRules),
                        fmt::format("{} more were left out", rules.dropped())});
  }
  return rules;
}

/// The verdict of one kind of ignore file, from the nearest folder outwards.
struct Verdict {
  bool is_decided = false;
  std::optional<std::string> rule;
};

Verdict verdict_of(const IgnoreLevel* level, IgnoreRules IgnoreLevel::*kind, std::string_view path, bool is_folder) {
  for (; level != nullptr; level = level->above) {
    const std::string_view inside = level->path.empty() ? path : path.substr(level->path.size() + 1);
    const IgnoreRule* rule = (level->*kind).deciding(inside, is_folder);
    if (rule == nullptr) continue;
    if (rule->is_negated) return {.is_decided = true};
    return {.is_decided = true, .rule = fmt::format("{}{}:{}", level->name, kind == &IgnoreLevel::git ? kGit : kOwn, rule->line)};
  }
  return {};
}

}  // namespace

IgnoreLevel read_ignore_level(const OpenFolder& folder, const std::string& name, const std::string& path, const IgnoreLevel* above,
                              std::vector<Diagnostic>& problems) {
  IgnoreLevel level{.above = above, .path = path, .name = name};
  level.git = read_rules(folder, name + std::string(kGit), kGit, problems);
  level.own = read_rules(folder, name + std::string(kOwn), kOwn, problems);
  return level;
}

std::optional<std::string> ignoring_rule(const IgnoreLevel* rules, std::string_view path, bool is_folder) {
  const Verdict own = verdict_of(rules, &IgnoreLevel::own, path, is_folder);
  if (own.is_decided) return own.rule;
  return verdict_of(rules, &IgnoreLevel::git, path, is_folder).rule;
}

}  // namespace mainstay
