#include "ingest/logs/latency_sketch.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace mainstay {
namespace {

/// Below 128 each value has its own step; above, the seven leading bits choose it.
std::uint16_t step_of(std::uint64_t value) {
  if (value < 128) return static_cast<std::uint16_t>(value);
  const auto doubling = static_cast<unsigned>(std::bit_width(value)) - 7;
  return static_cast<std::uint16_t>(std::uint64_t{64} * doubling + (value >> doubling));
}

/// The middle of a step, which is at most 1/128 away from everything in it.
std::uint64_t middle_of(std::uint16_t step) {
  if (step < 128) return step;
  const unsigned doubling = step / 64u - 1;
  const std::uint64_t begin = std::uint64_t{step % 64u + 64u} << doubling;
  return begin + ((std::uint64_t{1} << doubling) - 1) / 2;
}

}  // namespace

void LatencySketch::add(std::uint64_t microseconds) {
  smallest_ = steps_.empty() ? microseconds : std::min(smallest_, microseconds);
  largest_ = std::max(largest_, microseconds);
  const std::uint16_t index = step_of(microseconds);
  const auto at =
      std::lower_bound(steps_.begin(), steps_.end(), index, [](const Step& step, std::uint16_t wanted) { return step.index < wanted; });
  if (at != steps_.end() && at->index == index) {
    ++at->count;
  } else {
    steps_.insert(at, {index, 1});
  }
}

void LatencySketch::merge(const LatencySketch& other) {
  if (other.empty()) return;
  smallest_ = steps_.empty() ? other.smallest_ : std::min(smallest_, other.smallest_);
  largest_ = std::max(largest_, other.largest_);
  std::vector<Step> sum;
  sum.reserve(std::max(steps_.size(), other.steps_.size()));
  std::size_t theirs = 0;
  for (const Step& mine : steps_) {
    while (theirs < other.steps_.size() && other.steps_[theirs].index < mine.index) sum.push_back(other.steps_[theirs++]);
    sum.push_back(mine);
    if (theirs < other.steps_.size() && other.steps_[theirs].index == mine.index) sum.back().count += other.steps_[theirs++].count;
  }
  sum.insert(sum.end(), other.steps_.begin() + static_cast<std::ptrdiff_t>(theirs), other.steps_.end());
  steps_ = std::move(sum);
}

std::uint64_t LatencySketch::count() const {
  std::uint64_t sum = 0;
  for (const Step& step : steps_) sum += step.count;
  return sum;
}

std::uint64_t LatencySketch::quantile(unsigned percent) const {
  const std::uint64_t all = count();
  const std::uint64_t wanted = all / 100 * percent + (all % 100 * percent + 99) / 100;
  std::uint64_t seen = 0;
  for (const Step& step : steps_) {
    seen += step.count;
    if (seen >= wanted) return std::clamp(middle_of(step.index), smallest_, largest_);
  }
  return largest_;
}

bool LatencySketch::restore(std::vector<Step> steps, std::uint64_t smallest, std::uint64_t largest, LatencySketch& out) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < steps.size(); ++at) {
    if (steps[at].count == 0 || steps[at].index >= kSteps || (at > 0 && steps[at].index <= steps[at - 1].index)) return false;
    if (sum + steps[at].count < sum) return false;
    sum += steps[at].count;
  }
  const bool fits = steps.empty()
                        ? smallest == 0 && largest == 0
                        : step_of(smallest) == steps.front().index && step_of(largest) == steps.back().index && smallest <= largest;
  if (!fits) return false;
  out.steps_ = std::move(steps);
  out.smallest_ = smallest;
  out.largest_ = largest;
  return true;
}

}  // namespace mainstay
