// Texts between quotes, with what stands between them.
#include <charconv>
#include <utility>

#include "ingest/syntax/bicep/parser.h"
#include "ingest/syntax/utf8.h"

namespace mainstay::bicep {

using Kind = ExpressionKind;

/// What a backslash stands for; false for what Bicep refuses.
bool Parser::escape(std::string& into) {
  const char c = peek();
  ++at_;
  switch (c) {
    case 'n': into += '\n'; return true;
    case 'r': into += '\r'; return true;
    case 't': into += '\t'; return true;
    case '\\':
    case '\'':
    case '$': into += c; return true;
    case 'u': break;
    default: return false;
  }
  constexpr std::size_t kMostDigits = 10;
  const std::size_t brace = text_.substr(at_, kMostDigits).find('}');
  const std::size_t end = brace == std::string_view::npos ? brace : at_ + brace;
  if (!take("{") || end == std::string_view::npos) return false;
  std::uint32_t code = 0;
  const auto [last, error] = std::from_chars(text_.data() + at_, text_.data() + end, code, 16);
  if (error != std::errc() || last != text_.data() + end || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
  at_ = end + 1;
  append_utf8(into, code);
  return true;
}

Expression Parser::quoted() {
  const std::size_t begin = at_;
  expect("'");
  std::vector<Expression> parts;
  std::string known;
  std::size_t piece = at_;
  const auto end_piece = [&] {
    if (known.empty()) return;
    parts.push_back(node(Kind::text, piece));
    parts.back().text = std::exchange(known, {});
  };
  while (!failed_) {
    if (at_end() || peek() == '\n') {
      failed("this text does not end on its line");
      break;
    }
    if (take("'")) {
      if (!is_template_ || !take("'")) break;
      known += '\'';
    } else if (!is_template_ && take("${")) {
      --at_, --at_;
      end_piece();
      at_ += 2;
      skip(true);
      parts.push_back(expression());
      skip(true);
      expect("}");
      piece = at_;
    } else if (!is_template_ && take("\\")) {
      if (!escape(known)) failed("no such escape");
    } else {
      known += text_[at_++];
    }
  }
  if (parts.empty()) {
    Expression made = node(Kind::text, begin);
    made.text = std::move(known);
    return made;
  }
  end_piece();
  Expression made = node(Kind::interpolated, begin);
  made.children = std::move(parts);
  return made;
}

Expression Parser::multi_line() {
  const std::size_t begin = at_;
  at_ += 3;
  std::size_t first = at_;
  if (peek() == '\r') ++first;
  if (text_.substr(first).starts_with('\n')) ++first;
  std::size_t end = text_.find("'''", at_);
  if (end == std::string_view::npos) {
    failed("this text does not end");
    return {};
  }
  while (text_.substr(end + 3).starts_with('\'')) ++end;
  at_ = end + 3;
  Expression made = node(Kind::text, begin);
  if (end > first) made.text = text_.substr(first, end - first);
  return made;
}

}  // namespace mainstay::bicep
