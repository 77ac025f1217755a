#include "analyzer/faults/minimal_sets.h"

#include <algorithm>

namespace mainstay {

MinimalSets::MinimalSets(const MonotoneFunctions& functions, SetFamilies& families)
    : functions_(functions), families_(families), minimal_{SetFamilies::kNone, SetFamilies::kAlways}, known_(std::size_t{1} << 12) {}

SetFamilies::Id MinimalSets::of(Function function) {
  minimal_.resize(functions_.size(), kUnknown);
  for (const Function one : made_of(function)) {
    if (families_.is_exhausted()) return SetFamilies::kNone;
    const Sets high = without(minimal(functions_.high(one)), functions_.low(one));
    minimal(one) = families_.choice(functions_.level(one), minimal(functions_.low(one)), high);
  }
  return minimal(function);
}

/// The parts of a function that were not turned yet. A diagram is made after its branches, so the order of ids is one.
std::vector<MinimalSets::Function> MinimalSets::made_of(Function function) const {
  std::vector<Function> found;
  std::vector<bool> seen(minimal_.size(), false);
  const auto come_by = [&](Function one) {
    const auto slot = static_cast<std::uint32_t>(one);
    if (minimal_[slot] != kUnknown || seen[slot]) return;
    seen[slot] = true;
    found.push_back(one);
  };
  come_by(function);
  for (std::size_t at = 0; at < found.size(); ++at) {
    const Function one = found[at];
    come_by(functions_.low(one));
    come_by(functions_.high(one));
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// The sets for which the function is not true. Low branches are walked with a stack of our own, as in SetFamilies.
SetFamilies::Id MinimalSets::without(Sets sets, Function function) {
  const std::size_t base = pending_.size();
  std::optional<Sets> result;
  for (result = answer(sets, function); !result; result = answer(sets, function)) {
    pending_.push_back({sets, function});
    if (functions_.level(function) == families_.level(sets)) function = functions_.low(function);
    sets = families_.low(sets);
  }
  while (pending_.size() > base) {
    const auto [done, removed] = pending_.back();
    pending_.pop_back();
    const std::uint32_t level = families_.level(done);
    if (++depth_ > kDeepest) families_.give_up();
    const Sets high = without(families_.high(done), high_at(removed, level));
    --depth_;
    result = families_.choice(level, *result, high);
    if (families_.is_exhausted()) continue;
    if (known_.size() < families_.size()) known_.grow();
    known_.keep({done, removed}, *result);
  }
  return *result;
}

std::optional<SetFamilies::Id> MinimalSets::answer(Sets sets, Function& function) {
  if (families_.is_exhausted() || sets == SetFamilies::kNone) return SetFamilies::kNone;
  // An element that is in none of the sets has not failed in any of them.
  while (functions_.level(function) < families_.level(sets)) function = functions_.low(function);
  if (function == MonotoneFunctions::kAlways) return SetFamilies::kNone;
  if (function == MonotoneFunctions::kNone || sets == SetFamilies::kAlways) return sets;
  const Sets* known = known_.find({sets, function});
  return known == nullptr ? std::nullopt : std::optional<Sets>(*known);
}

MonotoneFunctions::Id MinimalSets::high_at(Function function, std::uint32_t level) const {
  return functions_.level(function) == level ? functions_.high(function) : function;
}

}  // namespace mainstay
