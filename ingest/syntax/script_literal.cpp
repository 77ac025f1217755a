#include "ingest/syntax/script_literal.h"

#include <algorithm>

#include "graph/values/ascii.h"
#include "ingest/syntax/utf8.h"

namespace mainstay {
namespace {

std::size_t run_of(std::string_view rest, char c) { return std::min(rest.find_first_not_of(c), rest.size()); }

/// C#: @"...", $"...", $@"...", """...""".
std::optional<ScriptText> csharp_text(std::string_view rest) {
  ScriptText text;
  std::size_t at = 0;
  for (; at < rest.size() && (rest[at] == '@' || rest[at] == '$'); ++at) {
    text.has_fields = text.has_fields || rest[at] == '$';
    if (rest[at] == '@') {
      text.has_escapes = false;
      text.doubles_quote = text.spans_lines = true;
    }
  }
  const std::size_t quotes = run_of(rest.substr(at), '"');
  if (quotes == 0) return std::nullopt;
  if (quotes >= 3) {
    text.has_escapes = text.doubles_quote = false;
    text.spans_lines = true;
  }
  const std::size_t width = quotes >= 3 ? quotes : 1;
  text.opening = at + width;
  text.quote.assign(width, '"');
  return text;
}

std::optional<unsigned> hexadecimal(std::string_view digits) {
  unsigned point = 0;
  if (digits.empty() || digits.size() > 8) return std::nullopt;
  for (const char written : digits) {
    const char c = ascii_lower(written);
    if (!is_ascii_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
    point = point * 16 + static_cast<unsigned>(is_ascii_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return point;
}

/// Appends what one escape stands for; gives how many octets it takes behind the backslash.
std::size_t append_escape(std::string& out, std::string_view rest) {
  if (rest.empty()) return 0;
  const auto number = [&](std::size_t begin, std::size_t digits, std::size_t length) {
    const std::optional<unsigned> point = rest.size() >= begin + digits ? hexadecimal(rest.substr(begin, digits)) : std::nullopt;
    if (!point || *point > 0x10ffff) return std::size_t{1};
    append_utf8(out, *point);
    return length;
  };
  switch (rest.front()) {
    case 'n': out += '\n'; return 1;
    case 't': out += '\t'; return 1;
    case 'r': out += '\r'; return 1;
    case '\n': return 1;
    case '\r': return rest.starts_with("\r\n") ? 2 : 1;
    case 'x': return number(1, 2, 3);
    case 'U': return number(1, 8, 9);
    case 'u': {
      if (!rest.starts_with("u{")) return number(1, 4, 5);
      const std::size_t close = rest.substr(0, 12).find('}');
      return close == std::string_view::npos ? 1 : number(2, close - 2, close + 1);
    }
    default: out += rest.front(); return 1;  // itself
  }
}

}  // namespace

std::optional<ScriptText> script_text(std::string_view rest, ScriptLexicon lexicon) {
  const char c = rest.empty() ? '\0' : rest.front();
  if (lexicon == ScriptLexicon::csharp && (c == '"' || c == '@' || c == '$')) return csharp_text(rest);
  if (lexicon == ScriptLexicon::java && rest.starts_with("\"\"\"")) return ScriptText{.opening = 3, .quote = "\"\"\"", .spans_lines = true};
  if (c == '"' || c == '\'') return ScriptText{.quote = std::string(1, c)};
  if (c != '`') return std::nullopt;
  if (lexicon == ScriptLexicon::go) return ScriptText{.quote = "`", .has_escapes = false, .spans_lines = true};
  const bool is_template = lexicon == ScriptLexicon::javascript || lexicon == ScriptLexicon::jsx;
  if (!is_template) return std::nullopt;
  return ScriptText{.quote = "`", .has_fields = true, .is_dollar = true, .spans_lines = true};
}

ScriptTextPart read_text_part(std::string_view source, std::size_t at, const ScriptText& text) {
  ScriptTextPart part;
  while (at < source.size()) {
    const std::string_view rest = source.substr(at);
    const char c = rest.front();
    if (rest.starts_with(text.quote)) {
      const bool is_doubled = text.doubles_quote && rest.size() > 1 && rest[1] == c;
      at += is_doubled ? 2 : text.quote.size();
      if (!is_doubled) {
        part.end = TextEnd::closed;
        break;
      }
      part.value += c;
    } else if (text.has_fields && (text.is_dollar ? rest.starts_with("${") : c == '{' || c == '}')) {
      if (!text.is_dollar && rest.size() > 1 && rest[1] == c) {  // {{ stands for {
        part.value += c;
        at += 2;
        continue;
      }
      at += text.is_dollar ? 2 : 1;
      if (c == '}') continue;
      part.end = TextEnd::field;
      break;
    } else if (c == '\\' && text.has_escapes) {
      at += 1 + append_escape(part.value, rest.substr(1));
    } else if (c == '\n' && !text.spans_lines) {
      break;
    } else {
      part.value += c;
      ++at;
    }
  }
  part.behind = std::min(at, source.size());
  return part;
}

}  // namespace mainstay
