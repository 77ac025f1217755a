#include "ingest/source/ignore_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace mainstay {
namespace {

constexpr std::string_view kSpecial = "*?[\\";

struct CharacterClass {
  std::string_view name;
  bool (*holds)(unsigned char octet);
};

constexpr bool is_between(unsigned char octet, char first, char last) {
  return octet >= static_cast<unsigned char>(first) && octet <= static_cast<unsigned char>(last);
}
constexpr bool is_upper(unsigned char octet) { return is_between(octet, 'A', 'Z'); }
constexpr bool is_lower(unsigned char octet) { return is_between(octet, 'a', 'z'); }
constexpr bool is_digit(unsigned char octet) { return is_between(octet, '0', '9'); }
constexpr bool is_alpha(unsigned char octet) { return is_upper(octet) || is_lower(octet); }
constexpr bool is_print(unsigned char octet) { return is_between(octet, ' ', '~'); }

// Classes hold ASCII only, in every locale; git counts neither vertical tab nor form feed as space.
constexpr std::array<CharacterClass, 12> kClasses{{
    {"alnum", [](unsigned char c) { return is_alpha(c) || is_digit(c); }},
    {"alpha", is_alpha},
    {"blank", [](unsigned char c) { return c == ' ' || c == '\t'; }},
    {"cntrl", [](unsigned char c) { return c < 0x20 || c == 0x7f; }},
    {"digit", is_digit},
    {"graph", [](unsigned char c) { return is_print(c) && c != ' '; }},
    {"lower", is_lower},
    {"print", is_print},
    {"punct", [](unsigned char c) { return is_print(c) && c != ' ' && !is_alpha(c) && !is_digit(c); }},
    {"space", [](unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }},
    {"upper", is_upper},
    {"xdigit", [](unsigned char c) { return is_digit(c) || is_between(c, 'a', 'f') || is_between(c, 'A', 'F'); }},
}};

/// Reads what stands between "[" and "]". Errors: nothing when the closing bracket is missing or a class has no such name.
class SetReader {
 public:
  SetReader(std::string_view pattern, std::size_t at) : pattern_(pattern), at_(at) {}

  std::optional<std::bitset<256>> read() {
    const bool is_negated = peek() == '!' || peek() == '^';
    if (is_negated) ++at_;
    // The first character is a member even when it is "]".
    do {
      if (!member()) return std::nullopt;
    } while (peek() != ']');
    ++at_;
    if (is_negated) set_.flip();
    set_.reset('/');
    return set_;
  }

  /// Where the pattern goes on behind the set.
  std::size_t end() const { return at_; }

 private:
  /// The octet there, or nothing at the end.
  std::optional<unsigned char> peek(std::size_t ahead = 0) const {
    if (at_ + ahead >= pattern_.size()) return std::nullopt;
    return static_cast<unsigned char>(pattern_[at_ + ahead]);
  }

  std::optional<unsigned char> take_escaped() {
    if (peek() == '\\') ++at_;
    const std::optional<unsigned char> octet = peek();
    ++at_;
    return octet;
  }

  bool member() {
    if (!peek()) return false;
    if (peek() == '-' && previous_ && peek(1) && peek(1) != ']') return range();
    if (peek() == '[' && peek(1) == ':') return character_class();
    const std::optional<unsigned char> octet = take_escaped();
    if (!octet) return false;
    set_.set(*octet);
    previous_ = octet;
    return true;
  }

  bool range() {
    ++at_;
    const std::optional<unsigned char> last = take_escaped();
    if (!last) return false;
    for (unsigned octet = *previous_; octet <= *last; ++octet) set_.set(octet);
    previous_.reset();
    return true;
  }

  bool character_class() {
    const std::size_t name = at_ + 2;
    const std::size_t bracket = pattern_.find(']', name);
    if (bracket == std::string_view::npos) return false;
    if (bracket == name || pattern_[bracket - 1] != ':') {
      // No ":]": the bracket is a plain member.
      set_.set('[');
      previous_ = '[';
      ++at_;
      return true;
    }
    const std::string_view wanted = pattern_.substr(name, bracket - 1 - name);
    const auto found = std::find_if(kClasses.begin(), kClasses.end(), [&](const CharacterClass& one) { return one.name == wanted; });
    if (found == kClasses.end()) return false;
    for (unsigned octet = 0; octet < set_.size(); ++octet) {
      if (found->holds(static_cast<unsigned char>(octet))) set_.set(octet);
    }
    previous_.reset();
    at_ = bracket + 1;
    return true;
  }

  std::string_view pattern_;
  std::size_t at_;
  std::bitset<256> set_;
  std::optional<unsigned char> previous_;
};

/// Drops unescaped spaces at the end; a tab is part of the pattern.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == ' ') continue;
    if (line[at] == '\\') ++at;
    kept = std::min(at + 1, line.size());
  }
  return line.substr(0, kept);
}

IgnoreRule rule_of(std::string_view pattern, std::uint32_t line) {
  IgnoreRule rule{.line = line};
  if (pattern.starts_with('!')) {
    rule.is_negated = true;
    pattern.remove_prefix(1);
  }
  if (pattern.ends_with('/')) {
    rule.folders_only = true;
    pattern.remove_suffix(1);
  }
  rule.base_name_only = pattern.find('/') == std::string_view::npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  rule.glob = Glob(pattern);
  return rule;
}

}  // namespace

Glob::Glob(std::string_view pattern) {
  const std::size_t special = std::min(pattern.find_first_of(kSpecial), pattern.size());
  plain_ = pattern.substr(0, special);
  if (special == 0 && pattern.starts_with('*') && pattern.find_first_of("*?[\\/", 1) == std::string_view::npos) {
    is_suffix_ = true;
    tail_ = pattern.substr(1);
  } else {
    read(pattern.substr(special));
    for (const Step& step : steps_) {
      if (step.kind == Kind::octet || step.kind == Kind::any || step.kind == Kind::set) ++shortest_;
    }
    shortest_ -= static_cast<std::size_t>(std::count_if(steps_.begin(), steps_.end(), [](const Step& step) {
      return step.kind == Kind::gap;  // the slash behind its `**` may be left out
    }));
  }
}

void Glob::read(std::string_view pattern) {
  std::size_t at = 0;
  while (at < pattern.size() && can_match_) {
    if (pattern[at] == '*') {
      at = read_stars(pattern, at);
      continue;
    }
    if (pattern[at] == '[') {
      at = read_set(pattern, at + 1);
    } else if (pattern[at] == '?') {
      steps_.push_back({.kind = Kind::any});
      ++at;
    } else {
      if (pattern[at] == '\\') ++at;
      can_match_ = at < pattern.size();
      if (can_match_) steps_.push_back({.kind = Kind::octet, .octet = static_cast<unsigned char>(pattern[at++])});
    }
  }
}

std::size_t Glob::read_stars(std::string_view pattern, std::size_t at) {
  const std::size_t first = at;
  while (at < pattern.size() && pattern[at] == '*') ++at;
  const std::string_view rest = pattern.substr(at);
  const bool begins = first == 0 || pattern[first - 1] == '/';
  const bool ends = rest.empty() || rest.front() == '/' || rest.starts_with("\\/");
  if (at - first < 2 || !begins || !ends) {
    steps_.push_back({.kind = Kind::star});
  } else {
    if (rest.starts_with('/')) steps_.push_back({.kind = Kind::gap});
    steps_.push_back({.kind = Kind::star_star});
  }
  return at;
}

std::size_t Glob::read_set(std::string_view pattern, std::size_t at) {
  SetReader reader(pattern, at);
  if (const std::optional<std::bitset<256>> set = reader.read()) {
    steps_.push_back({.kind = Kind::set, .set = static_cast<std::uint32_t>(sets_.size())});
    sets_.push_back(*set);
  } else {
    can_match_ = false;
  }
  return reader.end();
}

bool Glob::matches(std::string_view text) const {
  if (!can_match_ || !text.starts_with(plain_)) return false;
  text.remove_prefix(plain_.size());
  if (is_suffix_) return text.ends_with(tail_) && text.find('/') == std::string_view::npos;
  if (steps_.empty() || text.size() < shortest_) return steps_.empty() && text.empty();
  // Most names end otherwise, which spares the simulation. The slash behind a gap may be left out, so it tells nothing.
  const Step& last = steps_.back();
  const bool is_needed = last.kind == Kind::octet && last.octet != '/';
  if (is_needed && (text.empty() || static_cast<unsigned char>(text.back()) != last.octet)) return false;
  return simulate(text);
}

bool Glob::takes(const Step& step, unsigned char octet) const {
  switch (step.kind) {
    case Kind::octet: return step.octet == octet;
    case Kind::any: return octet != '/';
    case Kind::set: return sets_[step.set].test(octet);
    case Kind::star: return octet != '/';
    case Kind::star_star: return true;
    case Kind::gap: return false;
  }
  return false;
}

bool Glob::simulate(std::string_view text) const {
  // One mark for each step that may be the next one; all are moved on together, so no choice is ever tried twice.
  std::vector<char> here(steps_.size() + 1, 0);
  std::vector<char> next(steps_.size() + 1, 0);
  const auto pass_empty = [&](std::vector<char>& marks) {
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      if (marks[at] == 0) continue;
      const Kind kind = steps_[at].kind;
      if (kind == Kind::star || kind == Kind::star_star || kind == Kind::gap) marks[at + 1] = 1;
      if (kind == Kind::gap) marks[at + 3] = 1;  // past the `**` and its slash
    }
  };
  here[0] = 1;
  pass_empty(here);
  for (const char character : text) {
    std::fill(next.begin(), next.end(), char{0});
    bool is_alive = false;
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      if (here[at] == 0 || !takes(steps_[at], static_cast<unsigned char>(character))) continue;
      const bool stays = steps_[at].kind == Kind::star || steps_[at].kind == Kind::star_star;
      next[stays ? at : at + 1] = 1;
      is_alive = true;
    }
    if (!is_alive) return false;
    pass_empty(next);
    std::swap(here, next);
  }
  return here.back() != 0;
}

IgnoreRules IgnoreRules::parse(std::string_view bytes) {
  IgnoreRules rules;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  for (std::uint32_t line = 1; !bytes.empty(); ++line) {
    const std::size_t feed = std::min(bytes.find('\n'), bytes.size());
    std::string_view text = bytes.substr(0, feed);
    bytes.remove_prefix(std::min(feed + 1, bytes.size()));
    if (text.empty() || text.front() == '#') continue;
    if (text.ends_with('\r')) text.remove_suffix(1);
    // git reads a line up to a NUL octet.
    text = without_trailing_spaces(text.substr(0, text.find('\0')));
    if (text.empty()) continue;
    if (rules.rules_.size() == kMaxRules) {
      ++rules.dropped_;
    } else {
      rules.rules_.push_back(rule_of(text, line));
    }
  }
  return rules;
}

const IgnoreRule* IgnoreRules::deciding(std::string_view path, bool is_folder) const {
  const std::string_view base = path.substr(path.rfind('/') + 1);
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->folders_only && !is_folder) continue;
    if (rule->glob.matches(rule->base_name_only ? base : path)) return &*rule;
  }
  return nullptr;
}

}  // namespace mainstay
