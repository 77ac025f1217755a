// StringPool: each text once, named by a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// Gives equal texts equal numbers, from 0 on in the order of their first coming.
/// Cost: one hash and usually one comparison a call; 16 octets a text beside its own.
class StringPool {
 public:
  StringPool();
  /// The number of a text, which is added when it is new.
  std::uint32_t add(std::string_view text);
  /// The number of a text that is there.
  std::optional<std::uint32_t> find(std::string_view text) const;
  std::string_view text(std::uint32_t id) const;
  std::size_t size() const { return entries_.size(); }
  /// Octets that are in use.
  std::size_t octets() const { return octets_.size() + entries_.size() * sizeof(Entry) + slots_.size() * sizeof(std::uint32_t); }

 private:
  struct Entry {
    std::uint64_t offset;
    std::uint32_t size;
    std::uint32_t hash;
  };
  std::uint64_t hash_of(std::string_view text) const;
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::uint64_t seed_;
  std::string octets_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // number + 1; 0 is free; a power of two of them
};

}  // namespace mainstay
