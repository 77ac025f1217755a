#include "ingest/logs/json_line.h"

#include <charconv>
#include <cstring>

#include "ingest/logs/scan.h"

namespace mainstay {
namespace {

constexpr std::size_t kDeepest = 32;

void append_utf8(char*& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t octet) { *out++ = static_cast<char>(octet); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0 | (code >> 6));
  } else {
    put(0xe0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3f));
  }
  put(0x80 | (code & 0x3f));
}

/// One escape behind its backslash; moves behind it. Halves of a surrogate pair become a question mark each: no name has them.
void unescape_one(std::string_view& rest, char*& out) {
  const char letter = rest.front();
  rest.remove_prefix(1);
  std::uint32_t code = 0;
  if (letter == 'u' && rest.size() >= 4 && std::from_chars(rest.data(), rest.data() + 4, code, 16).ptr == rest.data() + 4) {
    rest.remove_prefix(4);
    append_utf8(out, code >= 0xd800 && code < 0xe000 ? '?' : code);
    return;
  }
  constexpr std::string_view kLetters = "bfnrt";
  constexpr std::string_view kMeanings = "\b\f\n\r\t";
  const std::size_t at = kLetters.find(letter);
  *out++ = at == std::string_view::npos ? letter : kMeanings[at];
}

}  // namespace

std::string_view JsonValue::text(LineScratch& scratch) const {
  if (kind == JsonKind::number || kind == JsonKind::truth) return raw;
  if (kind != JsonKind::text) return {};
  std::size_t escape = find_octet(raw, '\\');
  if (escape == std::string_view::npos) return raw;
  char* const begin = scratch.room(raw.size());
  char* out = begin;
  std::string_view rest = raw;
  while (escape != std::string_view::npos && escape + 1 < rest.size()) {
    std::memcpy(out, rest.data(), escape);
    out += escape;
    rest.remove_prefix(escape + 1);
    unescape_one(rest, out);
    escape = find_octet(rest, '\\');
  }
  std::memcpy(out, rest.data(), rest.size());
  out += rest.size();
  return {begin, static_cast<std::size_t>(out - begin)};
}

std::optional<std::int64_t> JsonValue::whole() const {
  if (kind != JsonKind::number && kind != JsonKind::text) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (failure != std::errc{} || end != raw.data() + raw.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> JsonValue::millionths() const {
  if (kind != JsonKind::number && kind != JsonKind::text) return std::nullopt;
  constexpr std::int64_t kMost = std::int64_t{1} << 42;
  std::int64_t value = 0;
  const char* const stop = raw.data() + raw.size();
  const auto [point, failure] = std::from_chars(raw.data(), stop, value);
  if (failure != std::errc{} || value > kMost || value < 0) return std::nullopt;
  value *= 1000000;
  if (point == stop) return value;
  if (*point != '.') return std::nullopt;
  std::int64_t unit = 100000;
  for (const char* at = point + 1; at != stop; ++at, unit /= 10) {
    if (*at < '0' || *at > '9') return std::nullopt;
    value += unit * (*at - '0');
  }
  return value;
}

JsonWalk::JsonWalk(std::string_view text) : rest_(text) {
  skip_blanks();
  is_good_ = !rest_.empty() && (rest_.front() == '{' || rest_.front() == '[');
  is_done_ = !is_good_;
  if (is_good_) {
    is_object_ = rest_.front() == '{';
    rest_.remove_prefix(1);
  }
}

bool JsonWalk::fail() {
  is_done_ = true;
  is_good_ = false;
  return false;
}

void JsonWalk::skip_blanks() {
  while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) rest_.remove_prefix(1);
}

/// Takes a text with its quotation marks off the front.
bool JsonWalk::take_text(std::string_view& out) {
  if (rest_.empty() || rest_.front() != '"') return fail();
  for (std::size_t at = 1; at < rest_.size(); ++at) {
    at = find_octet(rest_, '"', at);
    if (at == std::string_view::npos) break;
    std::size_t backslashes = 0;
    while (rest_[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 != 0) continue;
    out = rest_.substr(1, at - 1);
    rest_.remove_prefix(at + 1);
    return true;
  }
  return fail();
}

/// Skips an object or an array, whose brackets must match in number and kind.
bool JsonWalk::take_nested(JsonValue& value) {
  value.kind = rest_.front() == '{' ? JsonKind::object : JsonKind::array;
  const std::string_view whole = rest_;
  char open[kDeepest] = {rest_.front()};
  std::size_t depth = 1;
  rest_.remove_prefix(1);
  while (true) {
    const std::size_t mark = find_json_mark(rest_);
    if (mark == std::string_view::npos) return fail();
    rest_.remove_prefix(mark);
    const char c = rest_.front();
    if (c == '"') {
      std::string_view skipped;
      if (!take_text(skipped)) return false;
      continue;
    }
    rest_.remove_prefix(1);
    if (c == '{' || c == '[') {
      if (depth == kDeepest) return fail();
      open[depth++] = c;
    } else {
      if (open[depth - 1] != (c == '}' ? '{' : '[')) return fail();
      if (--depth > 0) continue;
      value.raw = whole.substr(0, whole.size() - rest_.size());
      return true;
    }
  }
}

bool JsonWalk::take_value(JsonValue& value) {
  skip_blanks();
  if (rest_.empty()) return fail();
  const char c = rest_.front();
  if (c == '"') {
    value.kind = JsonKind::text;
    return take_text(value.raw);
  }
  if (c == '{' || c == '[') return take_nested(value);
  std::size_t end = 0;
  while (end < rest_.size() && rest_[end] != ',' && rest_[end] != '}' && rest_[end] != ']' && rest_[end] != ' ') ++end;
  value.raw = rest_.substr(0, end);
  rest_.remove_prefix(end);
  if (value.raw == "null") {
    value.kind = JsonKind::null;
  } else if (value.raw == "true" || value.raw == "false") {
    value.kind = JsonKind::truth;
  } else if (!value.raw.empty() && (value.raw.front() == '-' || (value.raw.front() >= '0' && value.raw.front() <= '9'))) {
    value.kind = JsonKind::number;
  } else {
    return fail();
  }
  return true;
}

bool JsonWalk::next(std::string_view& key, JsonValue& value) {
  if (is_done_) return false;
  skip_blanks();
  if (rest_.empty()) return fail();
  if (rest_.front() == (is_object_ ? '}' : ']')) {
    is_done_ = true;
    return false;
  }
  if (!is_first_) {
    if (rest_.front() != ',') return fail();
    rest_.remove_prefix(1);
    skip_blanks();
  }
  is_first_ = false;
  if (is_object_) {
    if (!take_text(key)) return false;
    skip_blanks();
    if (rest_.empty() || rest_.front() != ':') return fail();
    rest_.remove_prefix(1);
  }
  return take_value(value);
}

}  // namespace mainstay
