// RecordArena: records of different sizes, side by side, named by a number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mainstay {

/// Gives out memory that stays where it is until clear(). Chunks are as large as the kernel's large pages, which it is asked for: a table
/// of records is read at random places, and each small page would be a second wait. Limits: 2^32 units of 16 octets.
class RecordArena {
 public:
  RecordArena() = default;
  ~RecordArena();
  RecordArena(const RecordArena&) = delete;
  RecordArena& operator=(const RecordArena&) = delete;

  /// The number of a new record of `octets`, at most 64 KiB; its memory is not set.
  std::uint32_t add(std::size_t octets);
  void* at(std::uint32_t record) const { return chunks_[record >> kUnitBits] + (std::size_t{record} & kUnitMask) * kUnit; }
  std::size_t octets() const { return chunks_.size() * kChunk; }
  void clear();

 private:
  static constexpr std::size_t kUnit = 16;
  static constexpr std::size_t kChunk = std::size_t{2} << 20;
  static constexpr unsigned kUnitBits = 17;
  static constexpr std::size_t kUnitMask = (std::size_t{1} << kUnitBits) - 1;

  std::vector<char*> chunks_;
  std::size_t used_ = kChunk;
};

}  // namespace mainstay
