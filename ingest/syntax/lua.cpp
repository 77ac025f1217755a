#include "ingest/syntax/lua.h"

#include <algorithm>
#include <string>

namespace mainstay {
namespace {

/// The offset behind a long bracket ("[[ ]]", "[==[ ]==]") that begins here; `at` itself when none does.
std::size_t behind_long_bracket(std::string_view text, std::size_t at) {
  std::size_t inner = at + 1;
  while (inner < text.size() && text[inner] == '=') ++inner;
  if (text[at] != '[' || inner >= text.size() || text[inner] != '[') return at;
  const std::string closing = "]" + std::string(inner - at - 1, '=') + "]";
  const std::size_t end = text.find(closing, inner + 1);
  return end == std::string_view::npos ? text.size() : end + closing.size();
}

/// The offset behind a quoted string; one that is not closed ends with its line.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

std::size_t behind_comment(std::string_view text, std::size_t at) {
  at += 2;
  if (at < text.size()) {
    if (const std::size_t end = behind_long_bracket(text, at); end != at) return end;
  }
  return std::min(text.find('\n', at), text.size());
}

}  // namespace

std::size_t end_of_lua_block(std::string_view text, std::size_t begin) {
  std::size_t open = 1;
  for (std::size_t at = begin; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = behind_string(text, at);
    } else if (c == '-' && text.substr(at).starts_with("--")) {
      at = behind_comment(text, at);
    } else if (c == '[') {
      at = std::max(behind_long_bracket(text, at), at + 1);
    } else {
      if (c == '{') ++open;
      if (c == '}' && --open == 0) return at;
      ++at;
    }
  }
  return std::string_view::npos;
}

}  // namespace mainstay
