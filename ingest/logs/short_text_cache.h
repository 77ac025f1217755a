// ShortTextCache: numbers of short texts that come again and again, in front of a StringPool.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "ingest/logs/string_pool.h"

namespace mainstay {

/// Remembers the number of the text that was last seen in each of its places; texts of more than 16 octets go to the pool.
class ShortTextCache {
 public:
  /// `places` is a power of two.
  explicit ShortTextCache(std::size_t places) : entries_(places) {}

  std::uint32_t number_of(std::string_view text, StringPool& pool) {
    if (text.empty() || text.size() > 16) return pool.add(text);
    Words words;
    if (text.size() >= 8) {
      // Two words that overlap, with the size, are the text.
      std::memcpy(&words.front, text.data(), 8);
      std::memcpy(&words.back, text.data() + text.size() - 8, 8);
    } else {
      std::memcpy(&words.front, text.data(), text.size());
    }
    const std::uint64_t mixed = (words.front ^ (words.back * 0x9e3779b97f4a7c15ull) ^ text.size()) * 0xbf58476d1ce4e5b9ull;
    Entry& entry = entries_[(mixed >> 40) & (entries_.size() - 1)];
    if (entry.size == text.size() && entry.words.front == words.front && entry.words.back == words.back) return entry.number;
    entry = {words, static_cast<std::uint32_t>(text.size()), pool.add(text)};
    return entry.number;
  }
  void clear() { entries_.assign(entries_.size(), {}); }

 private:
  struct Words {
    std::uint64_t front = 0;
    std::uint64_t back = 0;
  };
  struct Entry {
    Words words;
    std::uint32_t size = 0;
    std::uint32_t number = 0;
  };
  std::vector<Entry> entries_;
};

}  // namespace mainstay
