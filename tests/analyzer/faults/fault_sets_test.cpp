#include "analyzer/faults/fault_sets.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <map>
#include <random>
#include <set>

namespace mainstay {
namespace {

using Plain = std::set<std::uint32_t>;

FaultSets::Id stored(FaultSets& sets, const Plain& elements) {
  FaultSets::Id id = FaultSets::kEmpty;
  for (const std::uint32_t element : elements) id = sets.merged(id, sets.single(element));
  return id;
}

Plain listed(const FaultSets& sets, FaultSets::Id id) {
  const std::vector<std::uint32_t> elements = sets.elements(id);
  CHECK(std::is_sorted(elements.begin(), elements.end()));
  return {elements.begin(), elements.end()};
}

}  // namespace

TEST_CASE("fault sets: what is written down comes back", "[analyzer][faults]") {
  FaultSets sets;
  const Plain plain{0, 1, 63, 64, 65, 127, 128, 4096, 1000000, 2147483647};
  const FaultSets::Id id = stored(sets, plain);
  CHECK(listed(sets, id) == plain);
  CHECK(sets.size(id) == plain.size());
  CHECK(sets.size(FaultSets::kEmpty) == 0);
  for (const std::uint32_t element : plain) CHECK(sets.contains(id, element));
  for (const std::uint32_t element : {2u, 62u, 66u, 126u, 129u, 4095u, 4097u, 999999u, 1000001u, 2147483646u})
    CHECK_FALSE(sets.contains(id, element));
}

TEST_CASE("fault sets: everything is neutral for common and absorbs the rest", "[analyzer][faults]") {
  FaultSets sets;
  const FaultSets::Id one = sets.single(7);
  CHECK(sets.merged(one, FaultSets::kAll) == FaultSets::kAll);
  CHECK(sets.merged(FaultSets::kAll, FaultSets::kEmpty) == FaultSets::kAll);
  CHECK(sets.common(one, FaultSets::kAll) == one);
  CHECK(sets.common(FaultSets::kEmpty, FaultSets::kAll) == FaultSets::kEmpty);
  CHECK(sets.contains(FaultSets::kAll, 123));
  const FaultSets::Id three[] = {one, FaultSets::kAll, sets.single(8)};
  CHECK(sets.in_at_least(three, 0) == FaultSets::kAll);
  CHECK(sets.in_at_least(three, 1) == FaultSets::kAll);
  CHECK(sets.in_at_least(three, 2) == sets.merged(one, sets.single(8)));
  CHECK(sets.in_at_least(three, 3) == FaultSets::kEmpty);
  CHECK(sets.in_at_least(three, 4) == FaultSets::kEmpty);
  CHECK(sets.in_at_least({}, 0) == FaultSets::kAll);
  CHECK(sets.in_at_least({}, 1) == FaultSets::kEmpty);
}

TEST_CASE("fault sets: equal to ordinary sets on random operations, and equal sets are one", "[analyzer][faults]") {
  std::mt19937 random(5);
  std::size_t wrong = 0;
  std::size_t compared = 0;
  for (const std::uint32_t range : {40u, 700u, 100000u, 2147483647u}) {
    FaultSets sets;
    std::map<Plain, FaultSets::Id> ids;
    const auto check = [&](FaultSets::Id id, const Plain& plain) {
      ++compared;
      const auto [known, is_new] = ids.try_emplace(plain, id);
      wrong += known->second != id;
      if (is_new) wrong += listed(sets, id) != plain || sets.size(id) != plain.size();
    };
    for (int round = 0; round < 300; ++round) {
      std::vector<Plain> plain(2 + random() % 4);
      const auto base = static_cast<std::uint32_t>(random() % range);
      for (Plain& set : plain) {
        for (auto left = random() % 12; left > 0; --left) {
          const bool near = random() % 2 == 0;
          set.insert(near ? std::min(base + static_cast<std::uint32_t>(random() % 9), range)
                          : static_cast<std::uint32_t>(random() % range));
        }
      }
      std::vector<FaultSets::Id> stored_sets;
      for (const Plain& set : plain) stored_sets.push_back(stored(sets, set));
      Plain both;
      std::set_intersection(plain[0].begin(), plain[0].end(), plain[1].begin(), plain[1].end(), std::inserter(both, both.end()));
      check(sets.common(stored_sets[0], stored_sets[1]), both);
      std::map<std::uint32_t, std::size_t> times;
      for (const Plain& set : plain) {
        for (const std::uint32_t element : set) ++times[element];
      }
      for (std::size_t wanted = 1; wanted <= plain.size() + 1; ++wanted) {
        Plain often;
        for (const auto& [element, count] : times) {
          if (count >= wanted) often.insert(element);
        }
        check(sets.in_at_least(stored_sets, wanted), often);
      }
    }
  }
  CHECK(compared > 5000);
  CHECK(wrong == 0);
}

TEST_CASE("fault sets: added elements behave as in ordinary sets", "[analyzer][faults]") {
  std::mt19937 random(6);
  std::size_t wrong = 0;
  for (int round = 0; round < 60; ++round) {
    FaultSets sets;
    std::vector<std::pair<FaultSets::Id, Plain>> made{{FaultSets::kEmpty, {}}};
    const auto any_of_them = [&]() -> std::size_t {
      return random() % 3 > 0 ? made.size() - 1 - random() % std::min<std::size_t>(made.size(), 3) : random() % made.size();
    };
    for (std::uint32_t element = 0; element < 300; ++element) {
      const auto [a, plain_a] = made[any_of_them()];
      const auto [b, plain_b] = made[any_of_them()];
      Plain both;
      std::set_intersection(plain_a.begin(), plain_a.end(), plain_b.begin(), plain_b.end(), std::inserter(both, both.end()));
      Plain either = plain_a;
      either.insert(plain_b.begin(), plain_b.end());
      const FaultSets::Id common = sets.common(a, b);
      const FaultSets::Id merged = sets.merged(a, b);
      wrong += listed(sets, common) != both || sets.size(common) != both.size();
      wrong += listed(sets, merged) != either || sets.size(merged) != either.size();
      wrong += sets.as_tree(merged) != stored(sets, either);
      const std::uint32_t asked = static_cast<std::uint32_t>(random() % 300);
      wrong += sets.contains(merged, asked) != (either.count(asked) > 0);
      Plain& base = random() % 3 == 0 ? both : either;
      const FaultSets::Id id = sets.added(&base == &both ? common : merged, element);
      base.insert(element);
      wrong += listed(sets, id) != base || sets.size(id) != base.size();
      made.emplace_back(id, base);
    }
  }
  CHECK(wrong == 0);
}

}  // namespace mainstay
