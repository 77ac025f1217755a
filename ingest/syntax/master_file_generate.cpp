#include "ingest/syntax/master_file_generate.h"

#include <fmt/format.h>

#include <charconv>

namespace mainstay {
namespace {

constexpr std::size_t kMaxGenerated = 1024;
constexpr unsigned kMaxWidth = 255;

/// Reads a whole number from the front of `text`.
template <class Number>
bool take_number(std::string_view& text, Number& number) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

struct Modifier {
  std::int64_t offset = 0;
  unsigned width = 0;
  char base = 'd';
};

/// Reads "{offset[,width[,base]]}" from the front of `text`.
std::optional<Modifier> take_modifier(std::string_view& text) {
  Modifier modifier;
  text.remove_prefix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (!take_number(text, modifier.offset)) return std::nullopt;
  if (text.starts_with(',')) {
    text.remove_prefix(1);
    if (!take_number(text, modifier.width) || modifier.width > kMaxWidth) return std::nullopt;
  }
  if (text.starts_with(',')) {
    text.remove_prefix(1);
    if (text.empty() || std::string_view("doxXnN").find(text[0]) == std::string_view::npos) return std::nullopt;
    modifier.base = text[0];
    text.remove_prefix(1);
  }
  if (!text.starts_with('}') || modifier.offset > 0x7fffffff || modifier.offset < -0x7fffffff) return std::nullopt;
  text.remove_prefix(1);
  return modifier;
}

/// Hexadecimal digits from the last to the first, parted by dots; the width counts digits and dots.
std::string nibbles(std::uint64_t value, unsigned width, bool upper) {
  std::string out;
  do {
    out += (upper ? "0123456789ABCDEF" : "0123456789abcdef")[value & 15];
    value >>= 4;
    width -= width > 0 ? 1 : 0;
    if (value != 0 || width > 0) {
      out += '.';
      width -= width > 0 ? 1 : 0;
    }
  } while (value != 0 || width > 0);
  return out;
}

std::optional<std::string> written(const Modifier& modifier, std::uint32_t number) {
  const std::int64_t value = std::int64_t{number} + modifier.offset;
  if (modifier.base == 'd') return fmt::format("{:0{}}", value, modifier.width);
  if (value < 0) return std::nullopt;
  const auto natural = static_cast<std::uint64_t>(value);
  switch (modifier.base) {
    case 'o': return fmt::format("{:0{}o}", natural, modifier.width);
    case 'x': return fmt::format("{:0{}x}", natural, modifier.width);
    case 'X': return fmt::format("{:0{}X}", natural, modifier.width);
    default: return nibbles(natural, modifier.width, modifier.base == 'N');
  }
}

}  // namespace

std::optional<GenerateRange> generate_range(std::string_view text) {
  GenerateRange range;
  if (!take_number(text, range.start) || !text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  if (!take_number(text, range.stop)) return std::nullopt;
  if (text.starts_with('/')) {
    text.remove_prefix(1);
    if (!take_number(text, range.step)) return std::nullopt;
  }
  constexpr std::uint32_t kMax = 0x7fffffff;
  if (!text.empty() || range.start > range.stop || range.step == 0 || range.stop > kMax || range.step > kMax) return std::nullopt;
  return range;
}

std::optional<std::string> generated(std::string_view text, std::uint32_t number) {
  std::string out;
  while (!text.empty()) {
    const char c = text[0];
    if (c == '\\' && text.size() > 1) {
      if (text[1] != '$') out += c;
      out += text[1];
      text.remove_prefix(2);
    } else if (c != '$') {
      out += c;
      text.remove_prefix(1);
    } else if (text.starts_with("$$")) {
      out += '$';
      text.remove_prefix(2);
    } else {
      text.remove_prefix(1);
      const std::optional<Modifier> modifier = text.starts_with('{') ? take_modifier(text) : Modifier{};
      const std::optional<std::string> value = modifier ? written(*modifier, number) : std::nullopt;
      if (!value) return std::nullopt;
      out += *value;
    }
    if (out.size() > kMaxGenerated) return std::nullopt;
  }
  return out;
}

}  // namespace mainstay
