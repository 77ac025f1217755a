// ClientSketch: how many different clients there were, in at most 4 KiB.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// Counts different texts: exactly up to 128 of them, beyond that with a standard error of 1.6 %.
/// It depends on the set of texts alone, so that any order and any grouping of merges gives equal sketches.
/// Source: Flajolet et al., "HyperLogLog", AofA 2007, with 4096 registers; Ertl, "New cardinality estimation algorithms", 2017, section 4
///         (an estimate without tables of corrections).
class ClientSketch {
 public:
  static constexpr std::size_t kExact = 128;
  static constexpr std::size_t kRegisters = 4096;
  static constexpr std::uint8_t kMaxRank = 53;

  /// The number that stands for a text; the same everywhere.
  static std::uint64_t hash_of(std::string_view text);

  void add(std::uint64_t hash);
  /// Adds many, which are sorted for that. Cost: less than one after the other.
  void add(std::vector<std::uint64_t>& hashes);
  void merge(const ClientSketch& other);

  bool empty() const { return hashes_.empty() && registers_.empty(); }
  bool is_exact() const { return registers_.empty(); }
  std::uint64_t estimate() const;

  /// The numbers, sorted, while they are few; and behind that the registers, 4096 of them or none.
  std::span<const std::uint64_t> hashes() const { return hashes_; }
  std::span<const std::uint8_t> registers() const { return registers_; }
  /// A sketch from what hashes() and registers() gave; false when they cannot be those of a sketch.
  static bool restore(std::vector<std::uint64_t> hashes, std::vector<std::uint8_t> registers, ClientSketch& out);

  friend auto operator<=>(const ClientSketch&, const ClientSketch&) = default;

 private:
  void note(std::uint64_t hash);
  void limit();

  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint8_t> registers_;
};

}  // namespace mainstay
