// MonotoneFunctions: monotone functions of failures, as binary decision diagrams.
//
// A family of minimal sets (set_families.h) says the same, and is the better form as long as an order cuts it off. Without an order every
// "and" multiplies sets out and has to remove those that contain others; a diagram of the function itself does neither. So sets of every
// size are found by way of the function: first the diagram, then its minimal sets, once.
//
// A diagram is a choice of one element after the other in a fixed order of levels: `high` is the function where the element has failed,
// `low` where it has not. Equal functions have equal ids. How large a diagram is depends on the order of the levels, and nobody knows the
// best one beforehand (level_orders.h).
// Source: R. Bryant, Graph-based algorithms for Boolean function manipulation, 1986; A. Rauzy, New algorithms for fault trees analysis,
//         1993 (the minimal sets of a monotone function).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "analyzer/faults/diagram_tables.h"
#include "analyzer/faults/set_families.h"

namespace mainstay {

/// Owns functions; an id means a function of this object only.
class MonotoneFunctions {
 public:
  enum class Id : std::uint32_t {};
  /// Never true.
  static constexpr Id kNone{0};
  /// Always true.
  static constexpr Id kAlways{1};

  explicit MonotoneFunctions(const CutBudget& budget);

  /// True where this element has failed.
  Id single(std::uint32_t level) { return make(level, kNone, kAlways); }
  Id either(Id a, Id b) { return run({a, b, Operation::either}); }
  Id both(Id a, Id b) { return run({a, b, Operation::both}); }
  /// True when at least `times` of the functions are; one that is listed twice counts twice.
  Id at_least(std::vector<Id> functions, std::size_t times);

  /// Whether the budget is used up. Results are meaningless from then on.
  bool is_exhausted() const { return exhausted_; }
  std::size_t memory() const;
  std::size_t size() const { return nodes_.size(); }

  static bool is_constant(Id id) { return id == kNone || id == kAlways; }
  /// Of a function that is not constant; of a constant below all.
  std::uint32_t level(Id id) const { return node(id).level; }
  Id low(Id id) const { return node(id).low; }
  Id high(Id id) const { return node(id).high; }

 private:
  struct Node {
    std::uint32_t level = 0;
    Id low{};
    Id high{};
  };
  enum class Operation : std::uint8_t { none, either, both };
  struct Task {
    Id a{};
    Id b{};
    Operation operation = Operation::none;
    std::uint64_t hash() const { return mixed(slot(a), slot(b), static_cast<std::uint64_t>(operation)); }
    friend bool operator==(const Task&, const Task&) = default;
  };

  static std::uint32_t slot(Id id) { return static_cast<std::uint32_t>(id); }
  const Node& node(Id id) const { return nodes_[slot(id)]; }
  std::uint32_t top(const Task& task) const { return std::min(level(task.a), level(task.b)); }
  Id low_at(Id id, std::uint32_t level) const { return node(id).level == level ? node(id).low : id; }
  Id high_at(Id id, std::uint32_t level) const { return node(id).level == level ? node(id).high : id; }

  Id run(Task task);
  std::optional<Id> answer(Task& task);
  Id high_of(const Task& task);
  Id make(std::uint32_t level, Id low, Id high);

  std::size_t most_octets_;
  std::chrono::steady_clock::time_point deadline_;
  bool exhausted_ = false;
  std::uint32_t depth_ = 0;
  UniqueNodes<Node> nodes_;
  KnownAnswers<Task, Id> known_;
  std::vector<Task> pending_;
};

}  // namespace mainstay
