#include "render/columns.h"

#include <fmt/format.h>
#include <unigbrk.h>
#include <uniwidth.h>

#include <algorithm>

namespace mainstay {
namespace {

const std::uint8_t* octets(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

/// Octets of the longest beginning of the text that takes at most `width` columns; never splits a grapheme cluster.
std::size_t fitting(std::string_view text, std::size_t width) {
  const std::uint8_t* const begin = octets(text);
  const std::uint8_t* const end = begin + text.size();
  const std::uint8_t* at = begin;
  std::size_t used = 0;
  while (at < end) {
    const std::uint8_t* const next = u8_grapheme_next(at, end);
    used += display_width(std::string_view(text).substr(static_cast<std::size_t>(at - begin), static_cast<std::size_t>(next - at)));
    if (used > width) break;
    at = next;
  }
  return static_cast<std::size_t>(at - begin);
}

}  // namespace

std::size_t display_width(std::string_view text) {
  const int width = u8_width(octets(text), text.size(), "UTF-8");
  return width < 0 ? 0 : static_cast<std::size_t>(width);
}

std::string cut_to(std::string_view text, std::size_t width, std::string_view mark) {
  if (display_width(text) <= width) return std::string(text);
  const std::size_t mark_width = display_width(mark);
  if (width < mark_width) return std::string(text.substr(0, fitting(text, width)));
  return std::string(text.substr(0, fitting(text, width - mark_width))) + std::string(mark);
}

std::string left_aligned(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string right_aligned(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ') + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t fits = fitting(text, width); fits < text.size(); fits = fitting(text, width)) {
    std::size_t end = std::max<std::size_t>(fits, 1);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    const std::size_t space = text.substr(0, std::min(end + 1, text.size())).rfind(' ');
    if (space != std::string_view::npos && space > 0) end = space;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  if (!text.empty() || lines.empty()) lines.emplace_back(text);
  return lines;
}

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace mainstay
