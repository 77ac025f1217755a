// Tokens: what is next, and what is passed over.
#include <algorithm>
#include <array>

#include "ingest/code/script/brace_parser.h"

namespace mainstay::script {
namespace {

using Token = ScriptTokenKind;

bool opens(std::string_view written) { return written == "(" || written == "[" || written == "{"; }

}  // namespace

BraceParser::BraceParser(const std::vector<ScriptToken>& tokens) : tokens_(tokens), partners_(tokens.size(), tokens.size()) {
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != Token::op || tokens[at].written.size() != 1) continue;
    const char c = tokens[at].written.front();
    if (opens(tokens[at].written)) open.push_back(at);
    if (c != ')' && c != ']' && c != '}') continue;
    const char wanted = c == ')' ? '(' : c == ']' ? '[' : '{';
    // A brace ends brackets that are open in it; another bracket that does not
    // fit closes nothing.
    while (c == '}' && !open.empty() && tokens[open.back()].written.front() != wanted) open.pop_back();
    if (open.empty() || tokens[open.back()].written.front() != wanted) continue;
    partners_[open.back()] = at;
    open.pop_back();
  }
}

bool BraceParser::is(std::string_view written, std::size_t ahead) const {
  const ScriptToken* token = now(ahead);
  return token != nullptr && (token->kind == Token::op || token->kind == Token::name) && token->written == written;
}

bool BraceParser::take(std::string_view written) {
  if (!is(written)) return false;
  ++at_;
  return true;
}

std::string BraceParser::take_name() { return is_name() ? std::string(tokens_[at_++].written) : std::string(); }

std::size_t BraceParser::behind_bracket(std::size_t at) const { return std::min(partners_[at] + 1, tokens_.size()); }

bool BraceParser::skip_bracket() {
  if (now() == nullptr || now()->kind != Token::op || !opens(now()->written)) return false;
  at_ = behind_bracket();
  return true;
}

void BraceParser::skip_statement() {
  while (now() != nullptr && !is("}")) {
    if (take(";")) return;
    if (!skip_bracket()) ++at_;
    if (starts_line()) return;
  }
}

bool BraceParser::skip_types() {
  constexpr std::size_t kLongest = 100;  // tokens
  constexpr std::array<std::string_view, 10> kParts = {",", ".", "?", "&", "|", "[", "]", "*", "{", "::"};
  if (!is("<")) return false;
  int depth = 0;
  std::size_t at = at_;
  for (; at < tokens_.size() && at - at_ < kLongest; ++at) {
    const ScriptToken& token = tokens_[at];
    if (token.kind == Token::name || token.kind == Token::string) continue;
    if (token.kind != Token::op) return false;
    if (token.written == "<") {
      ++depth;
    } else if (token.written == ">") {
      if (--depth == 0) break;
    } else if (token.written == "{" || token.written == "[") {
      at = behind_bracket(at) - 1;
    } else if (std::find(kParts.begin(), kParts.end(), token.written) == kParts.end()) {
      return false;
    }
  }
  if (depth != 0 || at >= tokens_.size()) return false;
  at_ = at + 1;
  return true;
}

}  // namespace mainstay::script
