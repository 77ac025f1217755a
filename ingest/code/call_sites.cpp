#include "ingest/code/call_sites.h"

#include <algorithm>
#include <array>
#include <set>

#include "graph/values/ascii.h"

namespace mainstay::code {
namespace {

/// Two words side by side, or a word of types: what stands in the brackets are parameters.
bool is_declared(CxxTokens argument) {
  constexpr std::array<std::string_view, 6> kWords = {"const", "struct", "char", "void", "unsigned", "volatile"};
  constexpr std::array<std::string_view, 3> kOperators = {"sizeof", "new", "not"};
  std::size_t depth = 0;
  for (std::size_t at = 0; at < argument.size(); ++at) {
    const CxxToken& token = argument[at];
    if (token.is("(") || token.is("[") || token.is("{") || token.is("<")) ++depth;
    if ((token.is(")") || token.is("]") || token.is("}") || token.is(">")) && depth > 0) --depth;
    if (depth > 0 || token.kind != CxxTokenKind::word) continue;
    if (std::ranges::find(kWords, token.text) != kWords.end()) return true;
    const bool is_pair = at + 1 < argument.size() && argument[at + 1].kind == CxxTokenKind::word;
    if (is_pair && std::ranges::find(kOperators, token.text) == kOperators.end()) return true;
  }
  return false;
}

std::optional<std::vector<CxxTokens>> arguments_in(const CodeFile& file, std::size_t bracket) {
  const std::size_t close = file.partner(bracket);
  if (close >= file.tokens().size() || close < bracket) return std::nullopt;
  std::vector<CxxTokens> arguments = split_arguments(file.tokens().subspan(bracket + 1, close - bracket - 1));
  if (std::any_of(arguments.begin(), arguments.end(), &is_declared)) return std::nullopt;
  return arguments;
}

class Finder {
 public:
  explicit Finder(const CodeFile& file) : file_(file), tokens_(file.tokens()) {
    for (const CxxToken& token : tokens_) {
      if (token.kind == CxxTokenKind::word) words_.insert(token.text);
    }
  }

  std::vector<CallSite> find() const {
    std::vector<CallSite> sites;
    for (std::size_t at = 0; at < tokens_.size() && sites.size() < kMaxCallSites; ++at) {
      if (tokens_[at].kind != CxxTokenKind::word) continue;
      for (const KnownCall& row : known_calls(tokens_[at].text)) {
        if (!is_in_scope(row, at)) continue;
        std::optional<std::vector<CxxTokens>> arguments = row.is_type ? constructed(at) : arguments_at(file_, at);
        if (arguments) sites.push_back({&row, at, *std::move(arguments)});
      }
    }
    return sites;
  }

 private:
  bool is_in_scope(const KnownCall& row, std::size_t at) const {
    if (row.scope == KnownCall::kAnyScope) return true;
    const std::string path = file_.path(at).text;
    const std::string_view before = std::string_view(path).substr(0, path.size() - row.name.size());
    if (row.scope.empty()) return before.empty();
    if (row.scope == KnownCall::kSomeScope) return !before.empty();
    if (ascii_lower(before).find(ascii_lower(row.scope)) != std::string::npos) return true;
    const bool is_name_space = row.scope[0] >= 'A' && row.scope[0] <= 'Z';
    return row.is_type && is_name_space && words_.contains(row.scope);
  }

  /// What a type is constructed with, when it is.
  std::optional<std::vector<CxxTokens>> constructed(std::size_t at) const {
    constexpr std::array<std::string_view, 5> kNoValue = {"class", "struct", "enum", "using", "friend"};
    const std::size_t begin = file_.path(at).begin;
    if (begin > 0 && std::ranges::find(kNoValue, tokens_[begin - 1].text) != kNoValue.end()) return std::nullopt;
    const auto token = [&](std::size_t further) { return at + further < tokens_.size() ? tokens_[at + further] : CxxToken{}; };
    if (token(1).is("(") || token(1).is("{")) return arguments_in(file_, at + 1);
    if (token(1).is(">") && token(2).is("(") && begin >= 2 && tokens_[begin - 1].is("<")) {
      constexpr std::array<std::string_view, 4> kMakers = {"make_unique", "make_shared", "MakeShared", "MakeUnique"};
      return std::ranges::find(kMakers, tokens_[begin - 2].text) != kMakers.end() ? arguments_in(file_, at + 2) : std::nullopt;
    }
    if (token(1).kind != CxxTokenKind::word) return std::nullopt;
    if (token(2).is(";")) return std::vector<CxxTokens>();
    const bool is_empty = token(2).is("(") && token(3).is(")");  // a function that returns one
    return !is_empty && (token(2).is("(") || token(2).is("{")) ? arguments_in(file_, at + 2) : std::nullopt;
  }

  const CodeFile& file_;
  CxxTokens tokens_;
  std::set<std::string_view> words_;
};

}  // namespace

std::optional<std::vector<CxxTokens>> arguments_at(const CodeFile& file, std::size_t at) {
  const CxxTokens tokens = file.tokens();
  if (at + 1 >= tokens.size() || !tokens[at + 1].is("(")) return std::nullopt;
  return arguments_in(file, at + 1);
}

std::vector<CallSite> call_sites(const CodeFile& file) { return Finder(file).find(); }

}  // namespace mainstay::code
