#include "ingest/code/expression_tokens.h"

#include <algorithm>
#include <array>

#include "graph/values/ascii.h"
#include "ingest/code/code_file.h"

namespace mainstay::code {

std::string_view last_word(std::string_view path) { return path.substr(path.rfind('.') + 1); }

bool is_transparent(std::string_view name) {
  constexpr std::array<std::string_view, 35> kNames = {"string",
                                                       "wstring",
                                                       "basic_string",
                                                       "string_view",
                                                       "String",
                                                       "QString",
                                                       "QStringLiteral",
                                                       "QLatin1String",
                                                       "QUrl",
                                                       "Url",
                                                       "QByteArray",
                                                       "fromStdString",
                                                       "fromUtf8",
                                                       "fromLatin1",
                                                       "move",
                                                       "forward",
                                                       "TEXT",
                                                       "_T",
                                                       "_TEXT",
                                                       "StringPiece",
                                                       "strdup",
                                                       "sdsnew",
                                                       "U",
                                                       "g_strdup",
                                                       "xstrdup",
                                                       "ToString",
                                                       "str",
                                                       "to_string",
                                                       "Aws.String",
                                                       "fromUserInput",
                                                       "static_cast",
                                                       "const_cast",
                                                       "reinterpret_cast",
                                                       "discard_const",
                                                       "make_string"};
  return std::ranges::find(kNames, name) != kNames.end();
}

bool is_environment_read(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames = {"getenv",   "secure_getenv", "qgetenv",     "qEnvironmentVariable",
                                                      "g_getenv", "GetEnv",        "curl_getenv", "_wgetenv"};
  return std::ranges::find(kNames, name) != kNames.end();
}

bool is_view_member(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames = {"c_str",       "data",     "str", "toUtf8", "toStdString", "constData", "toLatin1",
                                                       "toLocal8Bit", "toString", "get", "value",  "toEncoded",   "string",    "native"};
  return std::ranges::find(kNames, name) != kNames.end();
}

std::size_t behind_brackets(CxxTokens tokens, std::size_t at) {
  std::size_t depth = 0;
  for (; at < tokens.size(); ++at) {
    if (is_open(tokens[at])) ++depth;
    if (is_close(tokens[at]) && --depth == 0) return at + 1;
  }
  return tokens.size();
}

std::size_t find_outside(CxxTokens tokens, std::string_view mark) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (is_open(tokens[at])) {
      at = behind_brackets(tokens, at) - 1;
    } else if (tokens[at].is(mark)) {
      return at;
    }
  }
  return tokens.size();
}

bool is_cast(CxxTokens tokens, std::size_t end) {
  if (end >= tokens.size() || end < 3) return false;
  const CxxToken& next = tokens[end];
  if (next.kind == CxxTokenKind::mark && !next.is("(") && !next.is("&") && !next.is("*")) return false;
  return std::all_of(tokens.begin() + 1, tokens.begin() + static_cast<std::ptrdiff_t>(end) - 1,
                     [](const CxxToken& one) { return one.kind == CxxTokenKind::word || one.is("*") || one.is("&") || one.is("::"); });
}

Location extent(CxxTokens tokens) {
  if (tokens.empty()) return {};
  return {tokens.front().where.source, tokens.front().where.begin, std::max(tokens.front().where.end, tokens.back().where.end)};
}

bool is_null(CxxTokens value) {
  if (value.size() != 1) return false;
  return value[0].text == "NULL" || value[0].text == "nullptr" || value[0].text == "0" || value[0].text == "\"\"";
}

std::string_view plain_number(std::string_view text) {
  const std::size_t end = text.find_last_not_of("uUlLfF");
  return text.substr(0, end == std::string_view::npos ? text.size() : end + 1);
}

PathAhead path_ahead(CxxTokens rest) {
  PathAhead path;
  std::size_t& end = path.end;
  while (end < rest.size() && !(end > 0 && rest[end].is("("))) {
    const bool is_joint = rest[end].is("::") || rest[end].is(".") || rest[end].is("->");
    const bool is_word = rest[end].kind == CxxTokenKind::word && (end == 0 || rest[end - 1].kind == CxxTokenKind::mark);
    if (!is_joint && !is_word) break;
    if (is_word && rest[end].text != "this") path.text += (path.text.empty() ? "" : ".") + std::string(rest[end].text);
    ++end;
  }
  if (end >= rest.size() || !rest[end].is("<")) return path;
  std::size_t close = end;  // static_cast<const char*>(x)
  while (close < rest.size() && !rest[close].is(">")) ++close;
  if (close + 1 < rest.size() && rest[close + 1].is("(")) end = close + 1;
  return path;
}

}  // namespace mainstay::code
