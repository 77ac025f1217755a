#include "render/line_hash.h"

#include <fmt/format.h>
#include <unistr.h>

#include <array>
#include <cstdint>
#include <unordered_map>

namespace mainstay {
namespace {

constexpr std::size_t kWindow = 100;
constexpr std::uint64_t kFactor = 37;

constexpr std::uint64_t oldest_factor() {
  std::uint64_t factor = 1;
  for (std::size_t at = 0; at < kWindow; ++at) factor *= kFactor;
  return factor;
}

/// The window that rolls over a file; a line's hash is known when its first character is about to leave.
class Roller {
 public:
  void take(char16_t unit) {
    const bool is_skipped = unit == u' ' || unit == u'\t' || (after_return_ && unit == u'\n');
    after_return_ = !is_skipped && unit == u'\r';
    if (is_skipped) return;
    push(unit == u'\r' ? u'\n' : unit, at_line_start_);
    at_line_start_ = unit == u'\n' || unit == u'\r';
  }

  /// The end of the file, and as many zeros as bring every line out.
  std::vector<std::string> finished() && {
    constexpr char16_t kEnd = 65535;
    take(kEnd);
    for (std::size_t at = 0; at < kWindow; ++at) push(0, false);
    return std::move(lines_);
  }

 private:
  void push(std::uint64_t value, bool starts_line) {
    Place& place = window_[at_];
    if (place.starts_line) lines_.push_back(fmt::format("{:x}:{}", hash_, ++seen_[hash_]));
    hash_ = hash_ * kFactor + value - oldest_factor() * place.value;
    place = {value, starts_line};
    at_ = (at_ + 1) % kWindow;
  }

  struct Place {
    std::uint64_t value = 0;
    bool starts_line = false;
  };
  std::array<Place, kWindow> window_{};
  std::size_t at_ = 0;
  std::uint64_t hash_ = 0;
  bool at_line_start_ = true;
  bool after_return_ = false;
  std::unordered_map<std::uint64_t, std::size_t> seen_;
  std::vector<std::string> lines_;
};

/// Octets of the sequence that starts here and is cut off or broken: they stand for one U+FFFD together.
/// Source: The Unicode Standard, section 3.9, "substitution of maximal subparts".
std::size_t broken_octets(std::string_view text) {
  const auto octet = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
  const unsigned first = octet(0);
  if (first < 0xc2 || first > 0xf4) return 1;
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (octet(1) < low || octet(1) > high) return 1;
  std::size_t count = 2;
  while (count < length && octet(count) >= 0x80 && octet(count) <= 0xbf) ++count;
  return count;
}

}  // namespace

std::u16string utf16(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  while (!text.empty()) {
    ucs4_t code = 0;
    const int length = u8_mbtoucr(&code, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    const std::size_t octets = length > 0 ? static_cast<std::size_t>(length) : broken_octets(text);
    if (length <= 0) code = 0xfffd;
    text.remove_prefix(octets);
    if (code > 0xffff) {
      out += static_cast<char16_t>(0xd800 + ((code - 0x10000) >> 10));
      out += static_cast<char16_t>(0xdc00 + ((code - 0x10000) & 0x3ff));
    } else {
      out += static_cast<char16_t>(code);
    }
  }
  return out;
}

std::vector<std::string> line_hashes(std::string_view bytes) {
  Roller roller;
  for (const char16_t unit : utf16(bytes)) roller.take(unit);
  return std::move(roller).finished();
}

}  // namespace mainstay
