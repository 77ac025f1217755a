#include "analyzer/faults/set_families.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "analyzer/faults/family_lists.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kLevels = 7;
constexpr CutBudget kPlenty{.seconds = 1000};

/// A monotone function, as its value for each set of elements.
using Truth = std::vector<bool>;

unsigned weight_of(std::uint32_t set, const std::vector<unsigned>& weights) {
  unsigned sum = 0;
  for (std::uint32_t level = 0; level < kLevels; ++level) sum += (set >> level & 1u) != 0 ? weights[level] : 0;
  return sum;
}

Truth truth_of(const SetFamilies& families, SetFamilies::Id id) {
  if (id == SetFamilies::kNone) return Truth(1u << kLevels, false);
  if (id == SetFamilies::kAlways) return Truth(1u << kLevels, true);
  Truth truth = truth_of(families, families.low(id));
  const Truth high = truth_of(families, families.high(id));
  for (std::uint32_t set = 0; set < truth.size(); ++set) {
    if ((set >> families.level(id) & 1u) != 0 && high[set]) truth[set] = true;
  }
  return truth;
}

/// Whether two functions agree on all sets that weigh at most that much.
bool agree(const Truth& a, const Truth& b, const std::vector<unsigned>& weights, unsigned order) {
  for (std::uint32_t set = 0; set < a.size(); ++set) {
    if (a[set] != b[set] && weight_of(set, weights) <= order) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("set families: equal to truth tables on random functions, up to the order", "[analyzer][faults][families]") {
  std::mt19937 random(51);
  std::size_t wrong = 0;
  for (int round = 0; round < 200; ++round) {
    const auto order = static_cast<SetFamilies::Weight>(round % 8);
    SetFamilies families(kLevels, order, kPlenty);
    std::vector<unsigned> weights(kLevels, 1);
    for (std::uint32_t level = 0; round % 2 == 0 && level < kLevels; ++level) {
      weights[level] = 1 + static_cast<unsigned>(random() % 3);
      families.set_weight(level, static_cast<SetFamilies::Weight>(weights[level]));
    }
    std::vector<std::pair<SetFamilies::Id, Truth>> made;
    for (std::uint32_t level = 0; level < kLevels; ++level) {
      Truth truth(1u << kLevels);
      for (std::uint32_t set = 0; set < truth.size(); ++set) truth[set] = (set >> level & 1u) != 0;
      made.emplace_back(families.single(level), std::move(truth));
    }
    std::map<SetFamilies::Id, Truth> known;
    for (int step = 0; step < 40; ++step) {
      std::vector<SetFamilies::Id> chosen;
      std::vector<Truth> truths;
      for (auto left = 1 + random() % 4; left > 0; --left) {
        const auto& [id, truth] = made[random() % made.size()];
        chosen.push_back(id);
        truths.push_back(truth);
      }
      const auto times = static_cast<std::size_t>(random() % (chosen.size() + 2));
      Truth expected(1u << kLevels);
      for (std::uint32_t set = 0; set < expected.size(); ++set) {
        const auto met = std::count_if(truths.begin(), truths.end(), [&](const Truth& one) { return one[set]; });
        expected[set] = static_cast<std::size_t>(met) >= times;
      }
      const SetFamilies::Id id = families.at_least(chosen, times);
      wrong += !agree(truth_of(families, id), expected, weights, order);
      // The same function, as far as it counts, is the same id.
      for (const auto& [other, truth] : known) wrong += (other == id) != agree(truth, expected, weights, order);
      known.emplace(id, expected);
      made.emplace_back(id, std::move(expected));
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("set families: the lightest and the heaviest set", "[analyzer][faults][families]") {
  SetFamilies families(4, SetFamilies::kNoLimit, kPlenty);
  families.set_weight(3, 5);
  const SetFamilies::Id pair = families.both(families.single(0), families.single(1));
  const SetFamilies::Id all = families.either(pair, families.single(3));
  CHECK(families.lightest(all) == 2);
  CHECK(families.heaviest(all) == 5);
  CHECK(families.lightest(SetFamilies::kAlways) == 0);
  CHECK(families.lightest(SetFamilies::kNone) > SetFamilies::kNoLimit);
  CHECK(families.either(all, SetFamilies::kAlways) == SetFamilies::kAlways);
  CHECK(families.both(all, SetFamilies::kNone) == SetFamilies::kNone);
  CHECK(families.either(pair, families.single(0)) == families.single(0));
}

TEST_CASE("set families: a module is counted and listed as the sets it stands for", "[analyzer][faults][families]") {
  SetFamilies families(4, 3, kPlenty);
  const SetFamilies::Id inside = families.either(families.single(2), families.single(3));
  families.set_weight(1, families.lightest(inside));
  const LevelMeanings meanings{{.fault = 10}, {.is_module = true, .module = inside}, {.fault = 12}, {.fault = 13}};
  const SetFamilies::Id both = families.both(families.single(0), families.single(1));
  CHECK(counts_by_size(families, meanings, both, 3) == std::vector<std::uint64_t>{0, 0, 2});
  auto sets = smallest_sets(families, meanings, both, {.order = 3, .limit = 10});
  std::sort(sets.begin(), sets.end());
  CHECK(sets == std::vector<std::vector<std::uint32_t>>{{10, 12}, {10, 13}});
  CHECK(smallest_sets(families, meanings, both, {.order = 3, .limit = 1}).size() == 1);
  CHECK(counts_by_size(families, meanings, both, 1).empty());
}

TEST_CASE("set families: sets with marked faults, and those without, are counted and listed apart", "[analyzer][faults][families]") {
  std::mt19937 random(53);
  std::size_t wrong = 0;
  std::size_t seen[2] = {};
  for (int round = 0; round < 300; ++round) {
    SetFamilies families(kLevels + 1, SetFamilies::kNoLimit, kPlenty);
    LevelMeanings meanings;
    for (std::uint32_t level = 0; level <= kLevels; ++level) meanings.push_back({.fault = level});
    // The last three faults are inside a module, which stands for one element.
    const SetFamilies::Id inside = families.at_least({families.single(5), families.single(6), families.single(7)}, 1 + random() % 2);
    families.set_weight(4, families.lightest(inside));
    meanings[4] = {.is_module = true, .module = inside};
    SetFamilies::Id all = SetFamilies::kNone;
    for (int one = 0; one < 6; ++one) {
      SetFamilies::Id set = SetFamilies::kAlways;
      for (std::uint32_t level = 0; level < 5; ++level) set = random() % 2 == 0 ? set : families.both(set, families.single(level));
      all = families.either(all, set);
    }
    SetFilter filter{SetFilter::Wanted::with_marked, std::vector<bool>(kLevels + 1)};
    for (std::size_t fault = 0; fault < filter.marked.size(); ++fault) filter.marked[fault] = random() % 4 == 0;
    std::vector<std::vector<std::uint32_t>> expected[2];
    for (const auto& set : smallest_sets(families, meanings, all, {.order = 8, .limit = 1000})) {
      const bool with = std::any_of(set.begin(), set.end(), [&](std::uint32_t fault) { return filter.marked[fault]; });
      expected[with ? 1 : 0].push_back(set);
    }
    for (const bool with : {false, true}) {
      filter.wanted = with ? SetFilter::Wanted::with_marked : SetFilter::Wanted::without_marked;
      wrong += smallest_sets(families, meanings, all, {.order = 8, .limit = 1000, .filter = filter}) != expected[with ? 1 : 0];
      std::vector<std::uint64_t> counts(9, 0);
      for (const auto& set : expected[with ? 1 : 0]) ++counts[set.size()];
      while (!counts.empty() && counts.back() == 0) counts.pop_back();
      wrong += counts_by_size(families, meanings, all, 8, filter) != counts;
      seen[with ? 1 : 0] += expected[with ? 1 : 0].size();
    }
  }
  CHECK(seen[0] > 300);
  CHECK(seen[1] > 300);
  CHECK(wrong == 0);
}

}  // namespace mainstay
