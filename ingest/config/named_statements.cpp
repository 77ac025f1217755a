#include "ingest/config/named_statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace mainstay {
namespace {

constexpr std::size_t kMaxDepth = 20;
constexpr std::size_t kMaxIncludes = 1000;
constexpr std::string_view kUsual[] = {"/etc/bind/", "/etc/named/", "/etc/namedb/", "/usr/local/etc/namedb/", "/etc/"};

class Reader {
 public:
  explicit Reader(Unit& unit) : unit_(unit) {}

  std::vector<NamedStatement> read() {
    std::vector<NamedStatement> all;
    const std::size_t files = unit_.sources().size();
    for (std::size_t at = 0; at < files; ++at) {
      const auto id = static_cast<SourceId>(at);
      if (!seen_.contains(id)) read(id, all);
    }
    return all;
  }

 private:
  void read(SourceId id, std::vector<NamedStatement>& into) {
    seen_.insert(id);
    active_.push_back(id);
    const Source& source = unit_.source(id);
    take(read_braces({.text = source.bytes(), .map = TextMap(id), .source = source, .dialect = BraceDialect::bind}, unit_.problems()),
         into);
    active_.pop_back();
  }

  void take(std::vector<BraceStatement>&& statements, std::vector<NamedStatement>& into) {
    for (BraceStatement& one : statements) {
      if (one.name() == "include" && one.words.size() > 1) {
        include(one.words[1], into);
        continue;
      }
      NamedStatement& statement = into.emplace_back(std::move(one.words), one.where);
      take(std::move(one.block), statement.inner());
    }
  }

  void include(const BraceWord& pattern, std::vector<NamedStatement>& into) {
    if (active_.size() >= kMaxDepth) return unit_.error(pattern.where, "files are included more than 20 deep");
    const std::vector<std::string> names = included_files(unit_.tree(), unit_.source(pattern.where.source).name(), pattern.text, kUsual);
    if (names.empty()) unit_.note(pattern.where, "the included file is not part of the scanned folder");
    for (const std::string& name : names) {
      if (++includes_ > kMaxIncludes) return unit_.error(pattern.where, "more than 1000 files are included");
      const Source* source = unit_.include(name, pattern.where);
      if (source == nullptr) continue;
      const SourceId id = unit_.id_of(*source);
      if (std::ranges::find(active_, id) != active_.end()) {
        unit_.error(pattern.where, "the file includes itself");
      } else {
        read(id, into);
      }
    }
  }

  Unit& unit_;
  std::set<SourceId> seen_;
  std::vector<SourceId> active_;
  std::size_t includes_ = 0;
};

}  // namespace

const NamedStatement* NamedStatement::find(std::string_view name) const {
  const auto at = std::find_if(inner_.rbegin(), inner_.rend(), [&](const NamedStatement& one) { return one.name() == name; });
  return at == inner_.rend() ? nullptr : &*at;
}

std::vector<NamedStatement> named_statements(Unit& unit) { return Reader(unit).read(); }

std::vector<std::string> named_includes(const SourceTree& tree, const std::string& name) {
  std::vector<std::string> found;
  Result<std::string> bytes = tree.read(name);
  if (!bytes || bytes->find("include") == std::string::npos) return found;
  const Source source(name, *std::move(bytes));
  Diagnostics unread;  // they are told when the file is read
  std::vector<BraceStatement> open =
      read_braces({.text = source.bytes(), .map = TextMap(SourceId{}), .source = source, .dialect = BraceDialect::bind}, unread);
  while (!open.empty()) {
    BraceStatement one = std::move(open.back());
    open.pop_back();
    if (one.name() == "include" && one.words.size() > 1) {
      for (std::string& target : included_files(tree, name, one.words[1].text, kUsual)) found.push_back(std::move(target));
    }
    std::ranges::move(one.block, std::back_inserter(open));
  }
  std::ranges::sort(found);
  return found;
}

std::optional<std::uint32_t> named_duration(std::string_view text) {
  constexpr std::uint64_t kMax = 0xffffffff;
  const bool iso = !text.empty() && (text[0] == 'P' || text[0] == 'p');
  if (iso) text.remove_prefix(1);
  bool in_time = !iso;
  std::uint64_t total = 0;
  std::uint64_t number = 0;
  bool has_digits = false;
  bool any = false;
  for (const char raw : text) {
    const char c = raw >= 'a' && raw <= 'z' ? static_cast<char>(raw - 32) : raw;
    if (c >= '0' && c <= '9') {
      number = std::min(number * 10 + static_cast<std::uint64_t>(c - '0'), kMax);
      has_digits = true;
      continue;
    }
    if (c == 'T' && iso && !in_time && !has_digits) {
      in_time = true;
      continue;
    }
    const std::uint64_t factor = c == 'W' ? 604800 : c == 'D' ? 86400 : c == 'H' ? 3600 : c == 'M' && in_time ? 60 : c == 'S' ? 1 : 0;
    if (factor == 0 || !has_digits) return std::nullopt;
    total = std::min(total + number * factor, kMax);
    number = 0;
    has_digits = false;
    any = true;
  }
  if (has_digits && iso) return std::nullopt;
  if (has_digits) total = std::min(total + number, kMax);
  if (!any && !has_digits) return std::nullopt;
  return static_cast<std::uint32_t>(total);
}

}  // namespace mainstay
