// LatencySketch: how long answers took, in a few counters, with quantiles that are at most 1 % off.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace mainstay {

/// Counts of latencies by steps that grow with the value: 64 for each doubling, exact below 128.
/// The steps are cut by whole numbers alone, so that every machine counts into the same ones, and merging adds counts: any order and any
/// grouping of merges gives equal sketches.
/// Units:  microseconds.
/// Cost:   10 octets a step that was met; at most 3776 steps.
/// Source: Masson, Rim, Lee, "DDSketch", VLDB 2019, with the steps cut linearly within each doubling as in its section 4.
class LatencySketch {
 public:
  struct Step {
    std::uint16_t index = 0;
    std::uint64_t count = 0;
    friend auto operator<=>(const Step&, const Step&) = default;
  };
  static constexpr std::uint16_t kSteps = 64 * 59;

  void add(std::uint64_t microseconds);
  void merge(const LatencySketch& other);

  bool empty() const { return steps_.empty(); }
  std::uint64_t count() const;
  std::uint64_t smallest() const { return smallest_; }
  std::uint64_t largest() const { return largest_; }
  /// The value that `percent` of all are not above; at most 1 % off. Of an empty sketch: 0.
  std::uint64_t quantile(unsigned percent) const;

  /// Sorted by index; no count is 0.
  std::span<const Step> steps() const { return steps_; }
  /// A sketch from what steps(), smallest() and largest() gave; false when they cannot be those of a sketch.
  static bool restore(std::vector<Step> steps, std::uint64_t smallest, std::uint64_t largest, LatencySketch& out);

  friend auto operator<=>(const LatencySketch&, const LatencySketch&) = default;

 private:
  std::vector<Step> steps_;
  std::uint64_t smallest_ = 0;
  std::uint64_t largest_ = 0;
};

}  // namespace mainstay
