#include "graph/values/redaction.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::string_view kBlanks = " \t";

bool is_word(char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '-' || c == '.'; }
bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// A line of which ranges are masked from left to right.
class Masked {
 public:
  explicit Masked(std::string_view line) : line_(line) {}

  void mask(std::size_t begin, std::size_t end) {
    begin = std::max(begin, done_);
    if (begin >= end) return;
    out_ += line_.substr(done_, begin - done_);
    out_ += kMask;
    done_ = end;
  }
  std::string take() && { return std::move(out_) + std::string(line_.substr(done_)); }

 private:
  std::string_view line_;
  std::string out_;
  std::size_t done_ = 0;
};

/// Masks the user information of every URL in the line.
std::string without_user_information(std::string_view line) {
  Masked masked(line);
  for (std::size_t mark = line.find("://"); mark != std::string_view::npos; mark = line.find("://", mark + 3)) {
    const std::size_t begin = mark + 3;
    const std::size_t end = std::min(line.find_first_of("/?# \t\"'<>`", begin), line.size());
    const std::size_t user = line.substr(begin, end - begin).rfind('@');
    if (user != std::string_view::npos) masked.mask(begin, begin + user);
  }
  return std::move(masked).take();
}

/// Finds the values behind keys that are named like secrets, in whatever notation the line is written.
class SecretValues {
 public:
  explicit SecretValues(std::string_view line) : line_(line), masked_(line) {}

  std::string take() && {
    first_word_ = line_.find_first_not_of(kBlanks);
    while (at_ < line_.size()) {
      if (is_word(line_[at_])) {
        word();
      } else {
        ++at_;
      }
    }
    return std::move(masked_).take();
  }

 private:
  void word() {
    const std::size_t begin = at_;
    while (at_ < line_.size() && is_word(line_[at_])) ++at_;
    const std::string_view key = line_.substr(begin, at_ - begin);
    const bool is_pair = key == "value" && pending_;  // {"name": "DB_PASSWORD", "value": "..."}
    if (named_by_pair_) pending_ = names_a_secret(key);
    named_by_pair_ = false;
    const std::size_t value = value_behind(at_, begin);
    if (value == std::string_view::npos) return;
    if (key == "name" || key == "key") named_by_pair_ = true;
    if (!is_pair && !names_a_secret(key)) return;
    at_ = mask_value(value);
  }

  bool is_separator(std::size_t at) const { return at < line_.size() && (line_[at] == '=' || line_[at] == ':'); }
  std::size_t skip(std::size_t at, std::string_view octets) const { return std::min(line_.find_first_not_of(octets, at), line_.size()); }

  /// Where the value of the key before `at` begins; npos when the word there is no key.
  std::size_t value_behind(std::size_t at, std::size_t key_begin) const {
    const std::size_t mark = skip(at, " \t\"'`]\\+?");
    if (is_separator(mark)) return skip(mark, "=:> \t");
    if (at < line_.size() && line_[at] == '>') return at + 1;  // <password>...</password>
    const std::size_t next = skip(at, kBlanks);
    if (next == at || next == line_.size()) return std::string_view::npos;
    // secret "..."; bindpw ...; --password ...
    const bool is_argument = key_begin == first_word_ || line_.substr(key_begin).starts_with("--");
    return is_quote(line_[next]) || is_argument ? next : std::string_view::npos;
  }

  /// Masks the value and gives the position behind it.
  std::size_t mask_value(std::size_t begin) {
    if (begin >= line_.size()) return begin;
    if (begin > 0 && line_[begin - 1] == '>') return mask(begin, std::min(line_.find('<', begin), line_.size()));
    if (line_[begin] == '\\' && begin + 1 < line_.size() && is_quote(line_[begin + 1])) {  // JSON inside a JSON string
      return mask(begin + 2, std::min(line_.find(line_.substr(begin, 2), begin + 2), line_.size()));
    }
    // {"password": {"from": ...}} and the like hold keys of their own.
    if (line_[begin] == '{' || line_[begin] == '[') return begin + 1;
    if (!is_quote(line_[begin])) return mask(begin, line_.size());
    return mask(begin + 1, end_of_quoted(begin));
  }
  std::size_t mask(std::size_t begin, std::size_t end) {
    masked_.mask(begin, end);
    return end;
  }

  /// Where the closing quote stands; texts glued to it, and doubled quotes, belong to the value.
  std::size_t end_of_quoted(std::size_t open) const {
    const char quote = line_[open];
    std::size_t at = open + 1;
    while (at < line_.size()) {
      if (line_[at] == '\\' && quote != '\'') {
        at += 2;
      } else if (line_[at] == quote &&
                 (at + 1 >= line_.size() || std::string_view(" \t\r,;:})]#<>/|&").find(line_[at + 1]) != std::string_view::npos)) {
        return at;
      } else {
        ++at;
      }
    }
    return line_.size();
  }

  std::string_view line_;
  Masked masked_;
  std::size_t at_ = 0;
  std::size_t first_word_ = 0;
  bool named_by_pair_ = false;
  bool pending_ = false;
};

struct TokenShape {
  std::string_view prefix;
  std::size_t least;          // how many token characters must follow
  bool alphanumeric = false;  // none of them may be a dot, dash or underscore
};
constexpr TokenShape kTokenShapes[] = {{"AKIA", 16, true}, {"ASIA", 16, true},    {"ghp_", 20},           {"gho_", 20},   {"ghu_", 20},
                                       {"ghs_", 20},       {"ghr_", 20},          {"github_pat_", 20},    {"glpat-", 16}, {"xoxa-", 10},
                                       {"xoxb-", 10},      {"xoxp-", 10},         {"xoxr-", 10},          {"xoxs-", 10},  {"xapp-", 10},
                                       {"hvs.", 16},       {"hvb.", 16},          {"s.", 24, true},       {"eyJ", 30},    {"AIza", 30},
                                       {"ya29.", 20},      {"npm_", 30},          {"dop_v1_", 30},        {"pypi-", 30},  {"sk_live_", 16},
                                       {"rk_live_", 16},   {"LS0tLS1CRUdJTi", 8}, {"AGE-SECRET-KEY-", 20}};

bool is_token_of(std::string_view word, const TokenShape& shape) {
  if (!word.starts_with(shape.prefix) || word.size() < shape.prefix.size() + shape.least) return false;
  const std::string_view rest = word.substr(shape.prefix.size());
  return !shape.alphanumeric || std::all_of(rest.begin(), rest.end(), is_ascii_alphanumeric);
}

/// Masks words that have the shape of a token, and what follows "Bearer" or "Basic".
std::string without_tokens(std::string_view line) {
  Masked masked(line);
  constexpr std::size_t kLeastCredentials = 8;
  bool behind_scheme = false;
  for (std::size_t at = 0; at < line.size();) {
    if (!is_word(line[at])) {
      behind_scheme = behind_scheme && is_blank(line[at]);
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && is_word(line[end])) ++end;
    const std::string_view word = line.substr(at, end - at);
    const bool is_token =
        std::any_of(std::begin(kTokenShapes), std::end(kTokenShapes), [&](const TokenShape& shape) { return is_token_of(word, shape); });
    if (is_token || (behind_scheme && word.size() >= kLeastCredentials)) {
      while (end < line.size() && (is_word(line[end]) || line[end] == '+' || line[end] == '/' || line[end] == '=' || line[end] == '~'))
        ++end;
      masked.mask(at, end);
    }
    behind_scheme = word == "Bearer" || word == "bearer" || word == "Basic" || word == "basic";
    at = end;
  }
  return std::move(masked).take();
}

/// Masks what follows the armour of a private key on its own line.
std::string without_armoured_keys(std::string_view line) {
  Masked masked(line);
  constexpr std::string_view kBegin = "-----BEGIN ";
  for (std::size_t mark = line.find(kBegin); mark != std::string_view::npos; mark = line.find(kBegin, mark + kBegin.size())) {
    const std::size_t close = line.find("-----", mark + kBegin.size());
    if (close == std::string_view::npos) break;
    if (line.substr(mark, close - mark).find("PRIVATE KEY") == std::string_view::npos) continue;
    masked.mask(close + 5, std::min(line.find("-----END", close + 5), line.size()));
  }
  return std::move(masked).take();
}

bool is_pem_body(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\"'#");
  if (begin == std::string_view::npos) return false;
  constexpr std::size_t kLineOfPem = 60;
  line.remove_prefix(begin);
  return line.size() >= kLineOfPem && std::all_of(line.begin(), line.begin() + kLineOfPem,
                                                  [](char c) { return is_ascii_alphanumeric(c) || c == '+' || c == '/' || c == '='; });
}

}  // namespace

std::string redacted(std::string_view line) {
  if (is_pem_body(line)) return std::string(kMask);
  const std::string outside = without_user_information(without_armoured_keys(line));
  return without_tokens(SecretValues(outside).take());
}

}  // namespace mainstay
