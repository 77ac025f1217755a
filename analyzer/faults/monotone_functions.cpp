#include "analyzer/faults/monotone_functions.h"

#include "analyzer/faults/diagram_tables.h"
#include "analyzer/faults/thresholds.h"

namespace mainstay {

MonotoneFunctions::MonotoneFunctions(const CutBudget& budget)
    : most_octets_(budget.octets), deadline_(deadline_of(budget.seconds)), table_(std::size_t{1} << 10, 0), known_(std::size_t{1} << 10) {
  nodes_.push_back({kBelowAll, kNone, kNone});
  nodes_.push_back({kBelowAll, kAlways, kAlways});
}

std::size_t MonotoneFunctions::memory() const {
  return nodes_.capacity() * sizeof(Node) + table_.capacity() * sizeof(std::uint32_t) + known_.capacity() * sizeof(Known) +
         pending_.capacity() * sizeof(Task);
}

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
    if (!exhausted_) place(done) = {done, *result};
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
  const Known& one = place(task);
  if (one.task == task) return one.result;
  return std::nullopt;
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
  const std::size_t mask = table_.size() - 1;
  std::size_t at = mixed(level, slot(low), slot(high)) & mask;
  for (; table_[at] != 0; at = (at + 1) & mask) {
    const Node& held = nodes_[table_[at]];
    if (held.level == level && held.low == low && held.high == high) return Id{table_[at]};
  }
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  table_[at] = made;
  nodes_.push_back({level, low, high});
  if (nodes_.size() * 2 > table_.size()) grow_tables();
  if (made % kStepsBetweenChecks == 0 && std::chrono::steady_clock::now() > deadline_) exhausted_ = true;
  return Id{made};
}

MonotoneFunctions::Known& MonotoneFunctions::place(const Task& task) {
  return known_[mixed(slot(task.a), slot(task.b), static_cast<std::uint64_t>(task.operation)) & (known_.size() - 1)];
}

void MonotoneFunctions::grow_tables() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (std::uint32_t made = 2; made < nodes_.size(); ++made) {
    const Node& held = nodes_[made];
    std::size_t at = mixed(held.level, slot(held.low), slot(held.high)) & mask;
    while (table_[at] != 0) at = (at + 1) & mask;
    table_[at] = made;
  }
  if (known_.size() < kMostKnown) {
    std::vector<Known> old(known_.size() * 2);
    old.swap(known_);
    for (const Known& one : old) {
      if (one.task.operation != Operation::none) place(one.task) = one;
    }
  }
  // Asked for here, where memory grows; the next growth takes twice as much.
  if (memory() * 2 > most_octets_) exhausted_ = true;
}

}  // namespace mainstay
