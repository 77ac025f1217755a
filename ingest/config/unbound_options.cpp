#include "ingest/config/unbound_options.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace mainstay {
namespace {

constexpr std::size_t kMaxDepth = 20;
constexpr std::size_t kMaxIncludes = 1000;

constexpr std::string_view kClauses[] = {"server", "remote-control", "stub-zone", "forward-zone", "auth-zone", "view", "python",
                                         "dynlib", "dnscrypt",       "cachedb",   "ipset",        "dnstap",    "rpz"};

// Options with more than one value; every other one has one (unbound.conf(5)).
struct Arity {
  std::string_view name;
  std::size_t values;
};
constexpr Arity kArities[] = {{"access-control", 2},
                              {"access-control-tag", 2},
                              {"access-control-tag-action", 3},
                              {"access-control-tag-data", 3},
                              {"access-control-view", 2},
                              {"interface-action", 2},
                              {"interface-tag", 2},
                              {"interface-tag-action", 3},
                              {"interface-tag-data", 3},
                              {"interface-view", 2},
                              {"local-zone", 2},
                              {"local-zone-tag", 2},
                              {"local-zone-override", 3},
                              {"response-ip", 2},
                              {"response-ip-data", 2},
                              {"response-ip-tag", 2},
                              {"ratelimit-for-domain", 2},
                              {"ratelimit-below-domain", 2},
                              {"wait-limit-netblock", 2},
                              {"wait-limit-cookie-netblock", 2},
                              {"edns-client-string", 2},
                              {"proxy-protocol-port", 1}};

std::size_t arity(std::string_view name) {
  const auto* row = std::ranges::find(kArities, name, &Arity::name);
  return row == std::end(kArities) ? 1 : row->values;
}

bool is_keyword(const UnboundWord& word) { return !word.quoted && word.text.size() > 1 && word.text.ends_with(':'); }

/// Where the option's name ends in a word that may hold the first value too ("forward-addr:192.0.2.1"); npos when there is no name.
std::size_t name_end(const UnboundWord& word) {
  const std::size_t colon = word.quoted ? std::string_view::npos : word.text.find(':');
  const auto is_letter = [](char c) { return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (colon == 0 || colon == std::string_view::npos || !std::ranges::all_of(word.text.substr(0, colon), is_letter))
    return std::string_view::npos;
  return colon;
}

class Reader {
 public:
  Reader(Unit& unit, const std::function<void(const UnboundOption&)>& take) : unit_(unit), take_(take) {}

  void read(SourceId id) {
    seen_.insert(id);
    active_.push_back(id);
    UnboundLexer lexer(unit_.source(id).bytes(), id);
    UnboundWord word;
    bool have = advance(lexer, word);
    while (have) {
      if (name_end(word) == std::string_view::npos) {
        stray(word);
        have = advance(lexer, word);
      } else {
        have = option(lexer, word);
      }
    }
    active_.pop_back();
  }

  bool has_seen(SourceId id) const { return seen_.contains(id); }

 private:
  bool advance(UnboundLexer& lexer, UnboundWord& word) {
    bool open_quote = false;
    const bool have = lexer.next(word, open_quote);
    if (have && open_quote) unit_.error(word.where, "a quote is not closed on its line", "the text up to the line's end is taken");
    return have;
  }

  /// One problem for all stray words of a line.
  void stray(const UnboundWord& word) {
    if (!word.first_on_line && word.where.source == stray_.source && word.where.begin < stray_.end + 256) {
      stray_ = word.where;
      return;
    }
    stray_ = word.where;
    unit_.error(word.where, fmt::format("'{}' is no option of unbound.conf", word.text.substr(0, 64)),
                "an option is a word with a colon: 'interface: 192.0.2.1'");
  }

  /// Reads the option whose name is `word` and leaves the word behind it there.
  bool option(UnboundLexer& lexer, UnboundWord& word) {
    const std::size_t colon = name_end(word);
    const auto value_begin = static_cast<std::uint32_t>(word.where.begin + colon + 1);
    UnboundOption found{.name = word.text.substr(0, colon), .where = {word.where.source, word.where.begin, value_begin}};
    if (colon + 1 < word.text.size())
      found.values.push_back({word.text.substr(colon + 1), {word.where.source, value_begin, word.where.end}});
    if (std::ranges::find(kClauses, found.name) != std::end(kClauses)) {
      clause_ = found.name;
      found.clause = clause_;
      found.starts_clause = true;
      take_(found);
      if (found.values.empty()) return advance(lexer, word);
      word = found.values[0];  // "forward-zone:name:": the rest is the clause's first option
      word.first_on_line = false;
      return true;
    }
    const std::size_t wanted = arity(found.name);
    bool have = advance(lexer, word);
    while (have && found.values.size() < wanted && !(is_keyword(word) && word.first_on_line)) {
      found.values.push_back(word);
      have = advance(lexer, word);
    }
    if (found.values.size() < wanted) {
      unit_.error(found.where, fmt::format("{} needs {} value{}", found.name, wanted, wanted == 1 ? "" : "s"));
    } else if (found.name == "include" || found.name == "include-toplevel") {
      include(found);
    } else if (clause_.empty()) {
      unit_.error(found.where, fmt::format("{} stands in no clause", found.name), "start one: 'server:'");
    } else {
      found.clause = clause_;
      take_(found);
    }
    return have;
  }

  void include(const UnboundOption& option) {
    const UnboundWord& pattern = option.values[0];
    if (active_.size() >= kMaxDepth) return unit_.error(pattern.where, "files are included more than 20 deep");
    const std::string_view saved = clause_;
    if (option.name == "include-toplevel") clause_ = {};
    const std::vector<std::string> names = unbound_includes(unit_.tree(), unit_.source(pattern.where.source).name(), pattern.text);
    if (names.empty() && pattern.text.find_first_of("*?[") == std::string_view::npos) {
      unit_.warning(pattern.where, "the included file is not part of the scanned folder", "what it declares is not part of this scan");
    } else if (names.empty()) {
      unit_.note(pattern.where, "no file of the scanned folder fits the pattern");
    }
    for (const std::string& name : names) {
      if (++includes_ > kMaxIncludes) return unit_.error(pattern.where, "more than 1000 files are included");
      const Source* source = unit_.include(name, pattern.where);
      if (source == nullptr) continue;
      const SourceId id = unit_.id_of(*source);
      if (std::ranges::find(active_, id) != active_.end()) {
        unit_.error(pattern.where, "the file includes itself");
        continue;
      }
      read(id);
    }
    if (option.name == "include-toplevel") clause_ = saved;
  }

  Unit& unit_;
  const std::function<void(const UnboundOption&)>& take_;
  std::string_view clause_;
  std::vector<SourceId> active_;
  std::set<SourceId> seen_;
  std::size_t includes_ = 0;
  Location stray_;
};

}  // namespace

bool UnboundLexer::next(UnboundWord& word, bool& open_quote) {
  open_quote = false;
  while (position_ < text_.size()) {
    const char c = text_[position_];
    if (c == '\n') fresh_line_ = true;
    if (c == '#') {
      position_ = std::min(text_.find('\n', position_), text_.size());
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++position_;
    } else {
      break;
    }
  }
  if (position_ >= text_.size()) return false;
  const std::size_t begin = position_;
  const char first = text_[begin];
  word.first_on_line = std::exchange(fresh_line_, false);
  word.quoted = first == '"' || first == '\'';
  if (word.quoted) {
    const char stops[] = {first, '\n'};
    const std::size_t close = std::min(text_.find_first_of(std::string_view(stops, 2), begin + 1), text_.size());
    open_quote = close == text_.size() || text_[close] == '\n';
    position_ = open_quote ? close : close + 1;
    word.text = text_.substr(begin + 1, close - begin - 1);
  } else {
    position_ = std::min(text_.find_first_of(" \t\r\n\"'", begin), text_.size());
    word.text = text_.substr(begin, position_ - begin);
  }
  word.where = {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(position_)};
  return true;
}

void read_unbound_options(Unit& unit, const std::function<void(const UnboundOption&)>& take) {
  Reader reader(unit, take);
  const std::size_t own = unit.sources().size();
  for (std::size_t at = 0; at < own; ++at) {
    if (!reader.has_seen(SourceId(static_cast<std::uint32_t>(at)))) reader.read(SourceId(static_cast<std::uint32_t>(at)));
  }
}

std::vector<std::string> unbound_includes(const SourceTree& tree, std::string_view from, std::string_view pattern) {
  constexpr std::string_view kUsual[] = {"/etc/unbound/", "/usr/local/etc/unbound/", "/opt/unbound/etc/unbound/", "/var/unbound/"};
  return included_files(tree, from, pattern, kUsual);
}

}  // namespace mainstay
