// Finding single octets nearby: fields of a line are short, and a call of memchr costs more than looking.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mainstay {

/// The position of the first `wanted` at or behind `from`; npos when there is none.
inline std::size_t find_octet(std::string_view text, char wanted, std::size_t from = 0) {
#if defined(__SSE2__)
  const __m128i pattern = _mm_set1_epi8(wanted);
  for (; from + 16 <= text.size(); from += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
    const auto hits = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, pattern)));
    if (hits != 0) return from + static_cast<std::size_t>(std::countr_zero(hits));
  }
#endif
  for (; from < text.size(); ++from) {
    if (text[from] == wanted) return from;
  }
  return std::string_view::npos;
}

/// The position of the first quotation mark or bracket of JSON at or behind `from`; npos when there is none.
inline std::size_t find_json_mark(std::string_view text, std::size_t from = 0) {
#if defined(__SSE2__)
  // Square brackets and braces differ in one bit.
  const __m128i quote = _mm_set1_epi8('"'), open = _mm_set1_epi8('{'), close = _mm_set1_epi8('}'), bit = _mm_set1_epi8(0x20);
  for (; from + 16 <= text.size(); from += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
    const __m128i braced = _mm_or_si128(block, bit);
    const __m128i brackets = _mm_or_si128(_mm_cmpeq_epi8(braced, open), _mm_cmpeq_epi8(braced, close));
    const auto hits = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(brackets, _mm_cmpeq_epi8(block, quote))));
    if (hits != 0) return from + static_cast<std::size_t>(std::countr_zero(hits));
  }
#endif
  return text.find_first_of("\"{}[]", from);
}

/// Takes the text up to the next blank off the front, and the blank.
inline std::string_view take_word(std::string_view& text) {
  const std::size_t end = find_octet(text, ' ');
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return word;
}

}  // namespace mainstay
