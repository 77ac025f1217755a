#include "ingest/logs/name_form.h"

#include <cstring>

#include "graph/values/domain_name.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101ull;
constexpr std::uint64_t kHighs = 0x8080808080808080ull;

constexpr std::uint64_t all(unsigned char c) { return kOnes * c; }

/// The high bit of each octet below 128 that is `least` or more; exact where no octet has its high bit.
constexpr std::uint64_t not_below(std::uint64_t word, unsigned char least) {
  return (word + all(static_cast<unsigned char>(128 - least))) & kHighs;
}

/// The high bit of each octet that is `c`; exact where no octet has its high bit.
constexpr std::uint64_t equal_to(std::uint64_t word, unsigned char c) { return ~((word ^ all(c)) + all(127)) & kHighs; }

__extension__ using Wide = unsigned __int128;

std::uint64_t folded(std::uint64_t left, std::uint64_t right) {
  const Wide product = static_cast<Wide>(left) * right;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Eight octets in lower case; false in `plain` when one of them is no usual letter of a host name.
std::uint64_t lowered(std::uint64_t word, bool& plain) {
  const std::uint64_t unusual = (word & kHighs) | (~not_below(word, '!') & kHighs) | not_below(word, 127) | equal_to(word, '\\');
  plain = plain && unusual == 0;
  const std::uint64_t upper = not_below(word, 'A') & ~not_below(word, 'Z' + 1);
  return word | (upper >> 2);
}

/// No label is empty, and none is longer than 63.
bool has_good_labels(std::string_view name) {
  if (name.front() == '.' || name.size() > 253) return false;
  std::size_t begin = 0;
  while (true) {
    const std::size_t dot = name.find('.', begin);
    const std::size_t size = (dot == std::string_view::npos ? name.size() : dot) - begin;
    if (size == 0 || size > 63) return false;
    if (dot == std::string_view::npos) return true;
    begin = dot + 1;
  }
}

std::uint64_t hash_of(const char* text, std::size_t size, std::uint64_t seed) {
  std::uint64_t hash = seed ^ size;
  std::size_t at = 0;
  std::uint64_t word = 0;
  for (; at + 8 <= size; at += 8) {
    std::memcpy(&word, text + at, 8);
    hash = folded(hash ^ word, 0x9ddfea08eb382d69ull);
  }
  word = 0;
  std::memcpy(&word, text + at, size - at);
  return folded(hash ^ word, 0xc3a5c85c97cb3127ull ^ seed);
}

std::optional<NameForm> through_domain_name(std::string_view name, char* out, std::uint64_t seed) {
  const Result<DomainName> parsed = name.size() < kLongestName ? DomainName::parse(name) : Error{"too long"};
  if (!parsed || parsed->text().size() > kLongestName) return std::nullopt;
  std::memcpy(out, parsed->text().data(), parsed->text().size());
  return NameForm{static_cast<std::uint16_t>(parsed->text().size()), hash_of(out, parsed->text().size(), seed)};
}

}  // namespace

std::optional<NameForm> write_canonical_name(std::string_view name, char* out, std::uint64_t seed) {
  const std::string_view written = name;
  if (name.size() > 1 && name.back() == '.') name.remove_suffix(1);
  if (name.empty() || name.size() > 253 || name == "." || name.back() == '\\') return through_domain_name(written, out, seed);
  bool plain = true;
  std::size_t at = 0;
  std::uint64_t word = 0;
  for (; at + 8 <= name.size(); at += 8) {
    std::memcpy(&word, name.data() + at, 8);
    word = lowered(word, plain);
    std::memcpy(out + at, &word, 8);
  }
  if (at < name.size()) {
    word = all('a');
    std::memcpy(&word, name.data() + at, name.size() - at);
    word = lowered(word, plain);
    std::memcpy(out + at, &word, 8);
  }
  if (!plain || !has_good_labels({out, name.size()})) return through_domain_name(written, out, seed);
  out[name.size()] = '.';
  return NameForm{static_cast<std::uint16_t>(name.size() + 1), hash_of(out, name.size() + 1, seed)};
}

}  // namespace mainstay
