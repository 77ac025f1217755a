#include "analyzer/faults/minimal_sets.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "analyzer/faults/family_lists.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kLevels = 7;
constexpr CutBudget kPlenty{.seconds = 1000};

/// A monotone function, as its value for each set of elements.
using Truth = std::vector<bool>;

Truth truth_of(const MonotoneFunctions& functions, MonotoneFunctions::Id id) {
  Truth truth(1u << kLevels);
  for (std::uint32_t set = 0; set < truth.size(); ++set) {
    MonotoneFunctions::Id at = id;
    while (!MonotoneFunctions::is_constant(at)) at = (set >> functions.level(at) & 1u) != 0 ? functions.high(at) : functions.low(at);
    truth[set] = at == MonotoneFunctions::kAlways;
  }
  return truth;
}

std::vector<std::vector<std::uint32_t>> minimal_of(const Truth& truth) {
  std::vector<std::vector<std::uint32_t>> found;
  for (std::uint32_t set = 0; set < truth.size(); ++set) {
    bool is_minimal = truth[set];
    std::vector<std::uint32_t> elements;
    for (std::uint32_t level = 0; level < kLevels; ++level) {
      if ((set >> level & 1u) == 0) continue;
      elements.push_back(level);
      is_minimal = is_minimal && !truth[set & ~(1u << level)];
    }
    if (is_minimal) found.push_back(std::move(elements));
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// Functions made of each other by "at least so many of", with what they should be.
std::vector<std::pair<MonotoneFunctions::Id, Truth>> random_functions(std::mt19937& random, MonotoneFunctions& functions) {
  std::vector<std::pair<MonotoneFunctions::Id, Truth>> made;
  for (std::uint32_t level = 0; level < kLevels; ++level) {
    Truth truth(1u << kLevels);
    for (std::uint32_t set = 0; set < truth.size(); ++set) truth[set] = (set >> level & 1u) != 0;
    made.emplace_back(functions.single(level), std::move(truth));
  }
  for (int step = 0; step < 40; ++step) {
    std::vector<MonotoneFunctions::Id> chosen;
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
    made.emplace_back(functions.at_least(chosen, times), std::move(expected));
  }
  return made;
}

}  // namespace

TEST_CASE("minimal sets: functions are their truth tables, and their minimal sets those of the tables", "[analyzer][faults][families]") {
  std::mt19937 random(52);
  std::size_t wrong = 0;
  std::size_t sets_seen = 0;
  for (int round = 0; round < 100; ++round) {
    MonotoneFunctions functions(kPlenty);
    SetFamilies families(kLevels, SetFamilies::kNoLimit, kPlenty);
    MinimalSets minimal(functions, families);
    LevelMeanings meanings;
    for (std::uint32_t level = 0; level < kLevels; ++level) meanings.push_back({.fault = level});
    for (const auto& [id, truth] : random_functions(random, functions)) {
      wrong += truth_of(functions, id) != truth;
      const SetFamilies::Id family = minimal.of(id);
      auto sets = smallest_sets(families, meanings, family, {.order = kLevels, .limit = 1000});
      std::sort(sets.begin(), sets.end());
      wrong += sets != minimal_of(truth);
      sets_seen += sets.size();
      // The same sets made by families are the same family.
      SetFamilies::Id again = SetFamilies::kNone;
      for (const auto& set : sets) {
        SetFamilies::Id all = SetFamilies::kAlways;
        for (const std::uint32_t level : set) all = families.both(all, families.single(level));
        again = families.either(again, all);
      }
      wrong += again != family;
    }
  }
  CHECK(sets_seen > 4000);
  CHECK(wrong == 0);
}

TEST_CASE("minimal sets: a budget that is used up is said, and nothing runs on", "[analyzer][faults][families]") {
  MonotoneFunctions functions({.seconds = 1000, .octets = std::size_t{1} << 16});
  std::vector<MonotoneFunctions::Id> singles;
  for (std::uint32_t level = 0; level < 400; ++level) singles.push_back(functions.single(level));
  functions.at_least(singles, 200);
  CHECK(functions.is_exhausted());
  CHECK(functions.memory() < std::size_t{1} << 17);
}

}  // namespace mainstay
