#include "analyzer/faults/set_families.h"

#include <algorithm>

#include "analyzer/faults/thresholds.h"

namespace mainstay {
namespace {

constexpr SetFamilies::Weight kNoWeight = 0xffff;

SetFamilies::Weight sum(SetFamilies::Weight a, SetFamilies::Weight b) {
  return static_cast<SetFamilies::Weight>(std::min<unsigned>(SetFamilies::kNoLimit, unsigned{a} + b));
}

}  // namespace

SetFamilies::SetFamilies(std::uint32_t levels, Weight order, const CutBudget& budget)
    : order_(order),
      most_octets_(budget.octets),
      until_check_(kStepsBetweenChecks),
      weights_(levels, 1),
      nodes_({kBelowAll, kNone, kNone, kNoWeight, 0}, {kBelowAll, kAlways, kAlways, 0, 0}),
      known_(std::size_t{1} << 10) {
  set_budget(budget);
}

void SetFamilies::set_budget(const CutBudget& budget) {
  most_octets_ = budget.octets;
  deadline_ = deadline_of(budget.seconds);
}

std::size_t SetFamilies::memory() const {
  return nodes_.memory() + known_.memory() + weights_.capacity() * sizeof(Weight) + pending_.capacity() * sizeof(Task);
}

SetFamilies::Id SetFamilies::single(std::uint32_t level) { return weights_[level] > order_ ? kNone : make(level, kNone, kAlways); }

SetFamilies::Id SetFamilies::at_least(std::vector<Id> families, std::size_t times) { return threshold(*this, std::move(families), times); }

SetFamilies::Id SetFamilies::run(Task task) {
  const std::size_t base = pending_.size();
  std::optional<Id> result;
  for (result = answer(task); !result; result = answer(task)) {
    pending_.push_back(task);
    task = lower(task);
  }
  while (pending_.size() > base) {
    const Task done = pending_.back();
    pending_.pop_back();
    const Id high = upper(done, *result);
    result = make(top(done), *result, high);
    if (!exhausted_) known_.keep(done, *result);
  }
  return *result;
}

std::optional<SetFamilies::Id> SetFamilies::answer(Task& task) {
  if (exhausted_) return kNone;
  std::optional<Id> known;
  switch (task.operation) {
    case Operation::either: known = answer_either(task); break;
    case Operation::both: known = answer_both(task); break;
    case Operation::without: known = answer_without(task); break;
    case Operation::lighter: known = answer_lighter(task); break;
    case Operation::none: break;
  }
  if (known) return known;
  check_time();
  const Id* kept = known_.find(task);
  return kept == nullptr ? std::nullopt : std::optional<Id>(*kept);
}

std::optional<SetFamilies::Id> SetFamilies::answer_either(Task& task) const {
  if (task.a == kAlways || task.b == kAlways) return kAlways;
  if (lightest(task.a) > task.order) task.a = kNone;
  if (lightest(task.b) > task.order) task.b = kNone;
  if (task.a == task.b) task.b = kNone;
  if (task.a == kNone) std::swap(task.a, task.b);
  if (task.b == kNone) {
    task = {task.a, task.a, task.order, Operation::lighter};
    return answer_lighter(task);
  }
  if (slot(task.a) > slot(task.b)) std::swap(task.a, task.b);
  task.order = std::min(task.order, std::max(heaviest(task.a), heaviest(task.b)));
  return std::nullopt;
}

std::optional<SetFamilies::Id> SetFamilies::answer_both(Task& task) const {
  if (std::max(lightest(task.a), lightest(task.b)) > task.order) return kNone;  // kNone is one of these
  if (task.a == kAlways || task.a == task.b) {
    task = {task.b, task.b, task.order, Operation::lighter};
    return answer_lighter(task);
  }
  if (task.b == kAlways) {
    task = {task.a, task.a, task.order, Operation::lighter};
    return answer_lighter(task);
  }
  if (slot(task.a) > slot(task.b)) std::swap(task.a, task.b);
  task.order = std::min(task.order, sum(heaviest(task.a), heaviest(task.b)));
  return std::nullopt;
}

std::optional<SetFamilies::Id> SetFamilies::answer_without(Task& task) const {
  // Sets of b that choose an element above all of a's are in none of a's sets.
  while (node(task.b).level < node(task.a).level) task.b = node(task.b).low;
  if (task.a == kNone || task.b == kAlways || task.a == task.b) return kNone;
  if (task.b == kNone || lightest(task.b) > heaviest(task.a)) return task.a;
  return std::nullopt;
}

std::optional<SetFamilies::Id> SetFamilies::answer_lighter(Task& task) const {
  if (heaviest(task.a) <= task.order) return task.a;
  if (lightest(task.a) > task.order) return kNone;
  return std::nullopt;
}

SetFamilies::Task SetFamilies::lower(const Task& task) const {
  const std::uint32_t level = top(task);
  return {low_at(task.a, level), low_at(task.b, level), task.order, task.operation};
}

SetFamilies::Id SetFamilies::upper(const Task& task, Id lower_result) {
  const std::uint32_t level = top(task);
  if (depth_ >= kDeepest) exhausted_ = true;
  if (exhausted_ || weights_[level] > task.order) return kNone;
  ++depth_;
  const auto order = static_cast<Weight>(task.order - weights_[level]);
  const Id a = high_at(task.a, level);
  const Id b = high_at(task.b, level);
  Id result = kNone;
  switch (task.operation) {
    case Operation::either: result = without(run({a, b, order, Operation::either}), lower_result); break;
    case Operation::both: result = without(upper_both(task, order), lower_result); break;
    case Operation::without: result = without(without(a, b), low_at(task.b, level)); break;
    case Operation::lighter: result = run({a, a, order, Operation::lighter}); break;
    case Operation::none: break;
  }
  --depth_;
  return result;
}

// With x the element: a = a0 or (x and a1), the same for b; where x has failed, both are (a0 or a1) and (b0 or b1). Of that, a0 and b0
// alone is in the low branch already.
SetFamilies::Id SetFamilies::upper_both(const Task& task, Weight order) {
  const std::uint32_t level = top(task);
  const Id a0 = low_at(task.a, level);
  const Id b0 = low_at(task.b, level);
  const Id a1 = high_at(task.a, level);
  const Id b1 = high_at(task.b, level);
  const Id first = a1 == kNone ? kNone : run({a1, run({b0, b1, order, Operation::either}), order, Operation::both});
  const Id second = b1 == kNone ? kNone : run({a0, b1, order, Operation::both});
  return run({first, second, order, Operation::either});
}

SetFamilies::Id SetFamilies::make(std::uint32_t level, Id low, Id high) {
  if (high == kNone || exhausted_) return low;
  const auto [made, grew] = nodes_.slot_of(level, low, high, [&] {
    return Node{level, low, high, std::min(lightest(low), sum(weights_[level], lightest(high))),
                std::max(heaviest(low), sum(weights_[level], heaviest(high)))};
  });
  if (grew) {
    known_.grow();
    // Asked for here, where memory grows; the next growth takes twice as much.
    if (memory() * 2 > most_octets_) exhausted_ = true;
  }
  return Id{made};
}

void SetFamilies::check_time() {
  if (--until_check_ > 0) return;
  until_check_ = kStepsBetweenChecks;
  if (std::chrono::steady_clock::now() > deadline_) exhausted_ = true;
}

}  // namespace mainstay
