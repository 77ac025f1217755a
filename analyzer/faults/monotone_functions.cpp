#include "analyzer/faults/monotone_functions.h"

#include "analyzer/faults/thresholds.h"

namespace mainstay {

MonotoneFunctions::MonotoneFunctions(const CutBudget& budget)
    : most_octets_(budget.octets),
      deadline_(deadline_of(budget.seconds)),
      nodes_({kBelowAll, kNone, kNone}, {kBelowAll, kAlways, kAlways}),
      known_(std::size_t{1} << 10) {}

std::size_t MonotoneFunctions::memory() const { return nodes_.memory() + known_.memory() + pending_.capacity() * sizeof(Task); }

MonotoneFunctions::Id MonotoneFunctions::at_least(std::vector<Id> functions, std::size_t times) {
  return threshold(*this, std::move(functions), times);
}

MonotoneFunctions::Id MonotoneFunctions::run(Task task) {
  const std::size_t base = pending_.size();
  std::optional<Id> result;
  for (result = answer(task); !result; result = answer(task)) {
    pending_.push_back(task);
    const std::uint32_t level = top(task);
    task = {low_at(task.a, level), low_at(task.b, level), task.operation};
  }
  while (pending_.size() > base) {
    const Task done = pending_.back();
    pending_.pop_back();
    const Id high = high_of(done);
    result = make(top(done), *result, high);
    if (!exhausted_) known_.keep(done, *result);
  }
  return *result;
}

std::optional<MonotoneFunctions::Id> MonotoneFunctions::answer(Task& task) {
  if (exhausted_) return kNone;
  const Id decides = task.operation == Operation::either ? kAlways : kNone;  // whatever the other one is
  const Id says_nothing = task.operation == Operation::either ? kNone : kAlways;
  if (task.a == decides || task.b == decides) return decides;
  if (task.a == says_nothing || task.a == task.b) return task.b;
  if (task.b == says_nothing) return task.a;
  if (slot(task.a) > slot(task.b)) std::swap(task.a, task.b);
  const Id* known = known_.find(task);
  return known == nullptr ? std::nullopt : std::optional<Id>(*known);
}

MonotoneFunctions::Id MonotoneFunctions::high_of(const Task& task) {
  if (depth_ >= kDeepest) exhausted_ = true;
  if (exhausted_) return kNone;
  ++depth_;
  const std::uint32_t level = top(task);
  const Id high = run({high_at(task.a, level), high_at(task.b, level), task.operation});
  --depth_;
  return high;
}

MonotoneFunctions::Id MonotoneFunctions::make(std::uint32_t level, Id low, Id high) {
  if (high == low || exhausted_) return low;
  const auto unseen = static_cast<std::uint32_t>(nodes_.size());
  const auto [made, grew] = nodes_.slot_of(level, low, high, [&] { return Node{level, low, high}; });
  if (grew) {
    known_.grow();
    // Asked for here, where memory grows; the next growth takes twice as much.
    if (memory() * 2 > most_octets_) exhausted_ = true;
  }
  const bool is_new = made == unseen;
  if (is_new && made % kStepsBetweenChecks == 0 && std::chrono::steady_clock::now() > deadline_) exhausted_ = true;
  return Id{made};
}

}  // namespace mainstay
