#include "ingest/logs/name_form.h"

#include <bit>
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

/// Looks at the labels of a name, eight octets at a time: none is empty, and none is longer than 63.
class Labels {
 public:
  /// `at` is where the octets stand, which are those of a host name.
  void take(std::uint64_t word, std::size_t at) {
    for (std::uint64_t dots = equal_to(word, '.'); dots != 0; dots &= dots - 1)
      end(at + static_cast<std::size_t>(std::countr_zero(dots)) / 8);
  }
  void end(std::size_t at) {
    are_good_ = are_good_ && at - begin_ - 1 < 63;  // of an empty one the difference is far above
    begin_ = at + 1;
  }
  bool are_good() const { return are_good_; }

 private:
  std::size_t begin_ = 0;
  bool are_good_ = true;
};

constexpr std::uint64_t kMixed = 0x9ddfea08eb382d69ull;
constexpr std::uint64_t kLast = 0xc3a5c85c97cb3127ull;

std::uint64_t hash_of(const char* text, std::size_t size, std::uint64_t seed) {
  std::uint64_t hash = seed ^ size;
  std::size_t at = 0;
  std::uint64_t word = 0;
  for (; at + 8 <= size; at += 8) {
    std::memcpy(&word, text + at, 8);
    hash = folded(hash ^ word, kMixed);
  }
  word = 0;
  std::memcpy(&word, text + at, size - at);
  return folded(hash ^ word, kLast ^ seed);
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
  Labels labels;
  std::uint64_t hash = seed ^ (name.size() + 1);  // as hash_of() has it, with the dot behind the name
  std::size_t at = 0;
  std::uint64_t word = 0;
  for (; at + 8 <= name.size(); at += 8) {
    std::memcpy(&word, name.data() + at, 8);
    word = lowered(word, plain);
    std::memcpy(out + at, &word, 8);
    labels.take(word, at);
    hash = folded(hash ^ word, kMixed);
  }
  const std::size_t rest = name.size() - at;
  word = all('a');
  std::memcpy(&word, name.data() + at, rest);
  word = lowered(word, plain);
  std::memcpy(out + at, &word, 8);
  labels.take(word, at);
  labels.end(name.size());
  if (!plain || !labels.are_good()) return through_domain_name(written, out, seed);
  out[name.size()] = '.';
  word = 0;
  std::memcpy(&word, out + at, rest + 1);
  if (rest == 7) {
    hash = folded(hash ^ word, kMixed);
    word = 0;
  }
  return NameForm{static_cast<std::uint16_t>(name.size() + 1), folded(hash ^ word, kLast ^ seed)};
}

}  // namespace mainstay
