#include "ingest/syntax/placeholders.h"

#include <algorithm>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

constexpr int kMaxDepth = 8;

bool is_name_char(char c) { return c == '_' || is_ascii_alphanumeric(c); }

std::size_t name_length(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_name_char) - text.begin());
}

/// The offset of the brace that closes the one before `from`; npos when there is none.
std::size_t closing_brace(std::string_view value, std::size_t from) {
  int open = 1;
  for (std::size_t at = from; at < value.size(); ++at) {
    if (value[at] == '{') ++open;
    if (value[at] == '}' && --open == 0) return at;
  }
  return std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t-");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t-") + 1 - begin);
}

class Filler {
 public:
  Filler(PlaceholderStyle style, const PlaceholderLookup& lookup) : style_(style), lookup_(lookup) {}

  Text fill(std::string_view value, int depth) const {
    Text out;
    std::size_t plain = 0;
    for (std::size_t at = 0; at < value.size();) {
      std::size_t end = 0;
      std::optional<Text> part = placeholder(value, at, end, depth);
      if (!part) {
        ++at;
        continue;
      }
      out.append(value.substr(plain, at - plain));
      out.append(*part);
      at = plain = end;
    }
    out.append(value.substr(plain));
    return out;
  }

 private:
  std::optional<Text> placeholder(std::string_view value, std::size_t at, std::size_t& end, int depth) const {
    const std::string_view rest = value.substr(at);
    if (style_.double_brace && rest.starts_with("{{")) {
      const std::size_t close = rest.find("}}");
      if (close == std::string_view::npos) return std::nullopt;
      end = at + close + 2;
      return Text(Hole{.name = std::string(trimmed(rest.substr(2, close - 2)))});
    }
    if (rest.size() < 2 || rest[0] != '$') return std::nullopt;
    if (rest[1] == '$') {
      end = at + 2;
      return Text("$");
    }
    if (style_.dollar_brace && rest[1] == '{') {
      const std::size_t close = closing_brace(rest, 2);
      if (close == std::string_view::npos) return std::nullopt;
      end = at + close + 1;
      return braced(rest.substr(2, close - 2), depth);
    }
    if (style_.dollar_paren && rest[1] == '(') {
      const std::size_t close = rest.find(')');
      if (close == std::string_view::npos) return std::nullopt;
      end = at + close + 1;
      return named(rest.substr(2, close - 2));
    }
    const std::size_t length = name_length(rest.substr(1));
    if (!style_.dollar_name || length == 0) return std::nullopt;
    end = at + 1 + length;
    return named(rest.substr(1, length));
  }

  Text named(std::string_view name) const {
    if (std::optional<Text> known = lookup_(name)) return *std::move(known);
    return Text(Hole{.name = std::string(name)});
  }

  Text braced(std::string_view inside, int depth) const {
    const std::size_t length = name_length(inside);
    const std::string_view name = inside.substr(0, length);
    std::string_view rest = inside.substr(length);
    if (name.empty() || rest.empty()) return named(name.empty() ? inside : name);
    const bool empty_counts_as_unset = rest[0] == ':';
    if (empty_counts_as_unset) rest.remove_prefix(1);
    if (rest.empty() || (rest[0] != '-' && rest[0] != '=' && rest[0] != '+')) return named(name);
    const std::optional<Text> known = lookup_(name);
    const bool is_set = known && !(empty_counts_as_unset && known->empty());
    if (rest[0] == '+') return is_set && depth < kMaxDepth ? fill(rest.substr(1), depth + 1) : Text();
    if (is_set) return *known;
    return depth < kMaxDepth ? fill(rest.substr(1), depth + 1) : Text(Hole{.name = std::string(name)});
  }

  PlaceholderStyle style_;
  const PlaceholderLookup& lookup_;
};

}  // namespace

Text filled_in(std::string_view value, PlaceholderStyle style, const PlaceholderLookup& lookup) {
  return Filler(style, lookup).fill(value, 0);
}

}  // namespace mainstay
