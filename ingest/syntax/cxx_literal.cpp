#include "ingest/syntax/cxx_literal.h"

#include <algorithm>
#include <cstdint>

namespace mainstay {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/// At most `most` digits of a base, taken off the text.
std::uint32_t number(std::string_view& text, int base, std::size_t most) {
  std::uint32_t value = 0;
  for (; most > 0 && !text.empty() && digit(text.front()) < base; --most) {
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit(text.front()));
    text.remove_prefix(1);
  }
  return value;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t octet) { out += static_cast<char>(octet); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xc0 | point >> 6);
  } else {
    if (point < 0x10000) {
      put(0xe0 | point >> 12);
    } else {
      put(0xf0 | (point >> 18 & 0x07));
      put(0x80 | (point >> 12 & 0x3f));
    }
    put(0x80 | (point >> 6 & 0x3f));
  }
  put(0x80 | (point & 0x3f));
}

/// What stands behind a backslash.
void append_escape(std::string& out, std::string_view& text) {
  constexpr std::string_view kLetters = "abfnrtv";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v";
  const char c = text.front();
  if (c >= '0' && c <= '7') {
    out += static_cast<char>(number(text, 8, 3));
    return;
  }
  text.remove_prefix(1);
  if (c == 'x') {
    out += static_cast<char>(number(text, 16, text.size()));
  } else if (c == 'u' || c == 'U') {
    append_utf8(out, number(text, 16, c == 'u' ? 4 : 8));
  } else if (c == '\r' || c == '\n') {
    if (c == '\r' && text.starts_with('\n')) text.remove_prefix(1);  // a line that goes on
  } else if (const std::size_t at = kLetters.find(c); at != std::string_view::npos) {
    out += kMeanings[at];
  } else {
    out += c;
  }
}

std::string raw_string(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return {};
  const std::string end = ")" + std::string(text.substr(0, open)) + "\"";
  text.remove_prefix(open + 1);
  return std::string(text.substr(0, text.rfind(end)));
}

}  // namespace

std::string cxx_string(std::string_view written) {
  const std::size_t quote = written.find('"');
  if (quote == std::string_view::npos) return {};
  std::string_view text = written.substr(quote + 1);
  if (written.substr(0, quote).ends_with('R')) return raw_string(text);
  std::string out;
  while (!text.empty() && text.front() != '"') {
    const char c = text.front();
    text.remove_prefix(1);
    if (c != '\\') {
      out += c;
    } else if (!text.empty()) {
      append_escape(out, text);
    }
  }
  return out;
}

}  // namespace mainstay
