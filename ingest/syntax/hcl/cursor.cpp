#include "ingest/syntax/hcl/cursor.h"

#include <algorithm>

#include "graph/values/ascii.h"

namespace mainstay::hcl {
namespace {

bool is_letter(char c) { return is_ascii_letter(c) || c == '_'; }

/// Octets of the UTF-8 sequence at the start of `text`; 0 when it is none.
/// Source: Unicode table 3-7 (no overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t sequence_octets(std::string_view text, char32_t& code) {
  const auto octet = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned lead = octet(0);
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (size == 1) {
    code = lead;
    return 1;
  }
  if (lead < 0xc2 || lead > 0xf4 || size > text.size()) return 0;
  code = lead & (0xffu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((octet(i) & 0xc0) != 0x80) return 0;
    code = (code << 6) | (octet(i) & 0x3f);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[size] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return 0;
  return size;
}

/// Code points above ASCII that are no letters: punctuation, symbols and spaces of the common blocks.
/// An approximation of UAX 31: rare symbols beyond these ranges pass as letters.
bool is_symbol(char32_t code) {
  struct Range {
    char32_t first, last;
  };
  constexpr Range kSymbols[] = {{0x80, 0xa9},     {0xab, 0xb4},     {0xb6, 0xb9},      {0xbb, 0xbf},     {0xd7, 0xd7},
                                {0xf7, 0xf7},     {0x2000, 0x206f}, {0x20a0, 0x20cf},  {0x2190, 0x2bff}, {0x2e00, 0x2e7f},
                                {0x3000, 0x3004}, {0x3008, 0x3020}, {0xe000, 0xf8ff},  {0xfe10, 0xfe1f}, {0xfe30, 0xfe6f},
                                {0xfeff, 0xff0f}, {0xfff0, 0xffff}, {0x1f000, 0x1faff}};
  return std::any_of(std::begin(kSymbols), std::end(kSymbols), [&](const Range& r) { return code >= r.first && code <= r.last; });
}

}  // namespace

bool Cursor::skip_comment() {
  if (peek() == '#' || sees("//")) {
    seek(line_end());
    return true;
  }
  if (!sees("/*") || at_ >= unclosed_comment_) return false;
  const std::size_t close = bytes_.find("*/", at_ + 2);
  if (close == std::string_view::npos) {
    unclosed_comment_ = at_;
    return false;
  }
  seek(close + 2);
  return true;
}

void Cursor::skip_blanks(bool newlines) {
  while (!at_end()) {
    if (peek() == ' ' || peek() == '\t') {
      advance();
    } else if (newlines && at_newline()) {
      take_newline();
    } else if (!skip_comment()) {
      return;
    }
  }
}

std::size_t Cursor::line_end() const {
  const std::size_t end = bytes_.find('\n', at_);
  if (end == std::string_view::npos) return bytes_.size();
  return end > at_ && bytes_[end - 1] == '\r' ? end - 1 : end;
}

std::size_t Cursor::identifier_octets(std::size_t ahead, bool first) const {
  const char c = peek(ahead);
  if (is_letter(c)) return 1;
  if (!first && (is_ascii_digit(c) || c == '-')) return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;
  char32_t code = 0;
  const std::size_t size = sequence_octets(bytes_.substr(at_ + ahead), code);
  return is_symbol(code) ? 0 : size;
}

std::string_view Cursor::take_identifier() {
  const std::size_t begin = at_;
  for (std::size_t size = identifier_octets(0, true); size > 0; size = identifier_octets(0, false)) advance(size);
  return between(begin, at_);
}

std::string_view Cursor::take_number() {
  const std::size_t begin = at_;
  const auto digits = [&] {
    while (is_ascii_digit(peek())) advance();
  };
  if (!is_ascii_digit(peek())) return {};
  digits();
  if (peek() == '.' && is_ascii_digit(peek(1))) {
    advance();
    digits();
  }
  if (peek() == 'e' || peek() == 'E') {
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
    if (is_ascii_digit(peek(sign))) {
      advance(sign);
      digits();
    }
  }
  return between(begin, at_);
}

std::size_t first_invalid_utf8(std::string_view text) {
  char32_t code = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = sequence_octets(text.substr(at, 4), code);
    if (size == 0) return at;
    at += size;
  }
  return std::string_view::npos;
}

}  // namespace mainstay::hcl
