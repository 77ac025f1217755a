// Functions with regular expressions: RE2, the syntax and the rules of Go's package regexp.
#include <re2/re2.h>

#include <map>
#include <string>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {
namespace {

using Result = std::optional<Value>;

constexpr std::size_t kMaxGroups = 64;
constexpr std::size_t kMaxMatches = 10'000;

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{1} << 20);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// One pattern at work on one text.
class Search {
 public:
  Search(const std::string& pattern, std::string_view text)
      : pattern_(pattern, quiet()),
        text_(text),
        groups_(pattern_.ok() ? static_cast<std::size_t>(pattern_.NumberOfCapturingGroups()) + 1 : 0) {}

  bool is_good() const { return pattern_.ok() && groups_.size() <= kMaxGroups; }

  /// The next match that is not an empty one right behind the last; false when there is none.
  bool next() {
    while (from_ <= text_.size()) {
      if (!pattern_.Match(piece(text_), from_, text_.size(), re2::RE2::UNANCHORED, groups_.data(), static_cast<int>(groups_.size())))
        return false;
      const std::size_t begin = begin_of(0), end = begin + groups_[0].size();
      const bool follows = begin == end && matched_to_ && *matched_to_ == begin;
      from_ = end > begin ? end : begin + width_at(begin);
      if (follows) continue;
      matched_to_ = end;
      return true;
    }
    return false;
  }

  std::size_t begin_of(std::size_t group) const { return static_cast<std::size_t>(groups_[group].data() - text_.data()); }
  bool has(std::size_t group) const { return group < groups_.size() && groups_[group].data() != nullptr; }
  std::string_view group(std::size_t at) const { return {groups_[at].data(), groups_[at].size()}; }
  const std::map<std::string, int>& names() const { return pattern_.NamedCapturingGroups(); }

  /// What `regex` gives for the match: its text, its groups as a list, or its named groups as a map.
  Result value() const {
    const auto one = [&](std::size_t at) { return has(at) ? Value::of_text(std::string(group(at))) : Value(); };
    if (groups_.size() == 1) return one(0);
    if (names().empty()) {
      std::vector<Value> all;
      for (std::size_t at = 1; at < groups_.size(); ++at) all.push_back(one(at));
      return Value::of_list(std::move(all));
    }
    if (names().size() + 1 != groups_.size()) return std::nullopt;  // both kinds in one pattern are refused
    std::vector<Entry> all;
    for (const auto& [name, at] : names()) all.push_back({name, one(static_cast<std::size_t>(at))});
    return Value::of_map(std::move(all));
  }

 private:
  /// Octets of the character there.
  std::size_t width_at(std::size_t at) const {
    std::size_t width = 1;
    while (at + width < text_.size() && (static_cast<unsigned char>(text_[at + width]) & 0xc0) == 0x80) ++width;
    return width;
  }

  re2::RE2 pattern_;
  std::string_view text_;
  std::vector<re2::StringPiece> groups_;
  std::size_t from_ = 0;
  std::optional<std::size_t> matched_to_;
};

Value refused() {
  Value value = Value::unknown("");
  value.fails = true;
  return value;
}

Result regex(Arguments arguments) {
  if (arguments.size() != 2) return std::nullopt;
  const std::optional<std::string> pattern = known_text(arguments[0]), text = known_text(arguments[1]);
  if (!pattern || !text) return std::nullopt;
  Search search(*pattern, *text);
  if (!search.is_good()) return std::nullopt;
  return search.next() ? search.value() : Result(refused());
}

Result regexall(Arguments arguments) {
  if (arguments.size() != 2) return std::nullopt;
  const std::optional<std::string> pattern = known_text(arguments[0]), text = known_text(arguments[1]);
  if (!pattern || !text) return std::nullopt;
  Search search(*pattern, *text);
  if (!search.is_good()) return std::nullopt;
  std::vector<Value> all;
  while (search.next()) {
    Result one = search.value();
    if (!one || all.size() >= kMaxMatches) return std::nullopt;
    all.push_back(*std::move(one));
  }
  return Value::of_list(std::move(all));
}

/// Takes a group's name off that stands behind a dollar sign: "1", "{1}", "name", "{name}"; empty when none does.
std::string_view taken_name(std::string_view& rest) {
  const auto is_word = [](char c) { return is_ascii_alphanumeric(c) || c == '_'; };
  const bool is_braced = rest.starts_with('{');
  std::size_t end = is_braced ? 1 : 0;
  const std::size_t begin = end;
  while (end < rest.size() && is_word(rest[end])) ++end;
  if (end == begin || (is_braced && (end == rest.size() || rest[end] != '}'))) return {};
  const std::string_view name = rest.substr(begin, end - begin);
  rest.remove_prefix(end + (is_braced ? 1 : 0));
  return name;
}

void append_filled(std::string_view form, const Search& search, std::string& out) {
  while (!form.empty()) {
    const std::size_t dollar = std::min(form.find('$'), form.size());
    out += form.substr(0, dollar);
    form.remove_prefix(std::min(dollar + 1, form.size()));
    if (form.starts_with('$')) {
      out += '$';
      form.remove_prefix(1);
      continue;
    }
    const std::string_view name = taken_name(form);
    if (name.empty()) continue;  // a stray sign is left out, as Go does
    std::size_t group = 0;
    if (name.find_first_not_of("0123456789") == std::string_view::npos && name.size() < 4) {
      for (const char digit : name) group = group * 10 + static_cast<std::size_t>(digit - '0');
    } else if (const auto at = search.names().find(std::string(name)); at != search.names().end()) {
      group = static_cast<std::size_t>(at->second);
    } else {
      continue;
    }
    if (search.has(group)) out += search.group(group);
  }
}

}  // namespace

std::optional<Value> replaced_by_pattern(const std::string& text, const std::string& pattern, const std::string& form) {
  Search search(pattern, text);
  if (!search.is_good()) return std::nullopt;
  std::string out;
  std::size_t from = 0;
  while (search.next()) {
    out += std::string_view(text).substr(from, search.begin_of(0) - from);
    append_filled(form, search, out);
    from = search.begin_of(0) + search.group(0).size();
    if (out.size() > Value::kMaxOctets) return std::nullopt;
  }
  return Value::of_text(out + text.substr(from));
}

namespace {

constexpr Function kFunctions[] = {{"regex", &regex}, {"regexall", &regexall}};

}  // namespace

std::span<const Function> pattern_functions() { return kFunctions; }

}  // namespace mainstay::terraform
