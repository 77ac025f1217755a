// Indexes that find the few patterns of a large table that can fit a name at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mainstay {

/// Host patterns by their last labels.
/// Cost: a lookup is two searches in hash tables, whatever the size of the table.
class HostPatternIndex {
 public:
  void add(std::string_view pattern, std::size_t row);
  /// The rows whose patterns may fit a host that ends so, ascending; labels with unknown octets fit no known label.
  std::vector<std::size_t> candidates(std::string_view host) const;

 private:
  std::unordered_map<std::string, std::vector<std::size_t>> rows_;  // by the last two labels, the last one, or none
};

/// Key patterns: whole keys, keys with a star in front, and the rest.
/// Cost: a lookup is linear in the key and in the number of patterns with a star elsewhere.
class KeyPatternIndex {
 public:
  void add(std::string_view pattern, std::size_t row);
  /// The first row whose pattern fits the key; npos when there is none.
  std::size_t first(std::string_view key) const;

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  std::unordered_map<std::string, std::size_t> whole_;
  std::unordered_map<std::string, std::size_t> ends_;
  std::vector<std::pair<std::string, std::size_t>> rest_;
  std::size_t longest_end_ = 0;
};

/// Compares without case; `*` in the pattern stands for any octets, at least `least` of them (0 or 1).
bool glob(std::string_view pattern, std::string_view text, std::size_t least);

}  // namespace mainstay
