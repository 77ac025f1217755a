// SetFamilies: families of sets, none of which contains another, as zero-suppressed decision diagrams cut off at an order.
//
// A family stands for a monotone function of failures: true for the failed sets that contain a set of the family. A diagram is a choice of
// one element after the other in a fixed order of levels: `high` holds the sets with the element (without it), `low` those without. Equal
// diagrams are stored once, so equal functions have equal ids, and an operation on a pair that was seen before costs a look-up.
//
// Order. Every operation keeps only the sets whose weight is at most the order asked. That is exact, not an approximation: a function
// restricted to failed sets of at most k elements is determined by its minimal sets of at most k, and "or" and "and" of restricted
// functions are the restrictions of "or" and "and". Smallest and largest weight are kept with every diagram, so most branches that cannot
// matter are never entered.
//
// Low branches may be as long as there are elements, high ones only as deep as the order; so the former are walked with a stack of our own
// and the latter by recursion. Source: S. Minato, Zero-suppressed BDDs for set manipulation in combinatorial problems, 1993; A. Rauzy,
// Mathematical foundation of minimal
//         cutsets, 2001 (removal of non-minimal sets during the operations).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "analyzer/faults/diagram_tables.h"

namespace mainstay {

/// What an analysis may use before it gives up and says so.
struct CutBudget {
  double seconds = 20;
  std::size_t octets = std::size_t{768} << 20;
};

/// Owns families; an id means a family of this object only. Equal ids are equal families.
class SetFamilies {
 public:
  enum class Id : std::uint32_t {};
  /// No set: never true.
  static constexpr Id kNone{0};
  /// The empty set alone: always true.
  static constexpr Id kAlways{1};
  using Weight = std::uint16_t;
  static constexpr Weight kNoLimit = 0xfffe;

  /// `levels` is the number of elements there may be; all weigh 1 until told otherwise.
  SetFamilies(std::uint32_t levels, Weight order, const CutBudget& budget);

  /// Once for a level, before it is used. An element that stands for a family of its own weighs as much as the lightest of its sets.
  void set_weight(std::uint32_t level, Weight weight) { weights_[level] = weight; }
  /// One more element, below all others.
  void add_level() { weights_.push_back(1); }
  /// Another budget from now on; its time begins now.
  void set_budget(const CutBudget& budget);
  /// The budget counts as used up.
  void give_up() { exhausted_ = true; }
  Id single(std::uint32_t level);
  /// The sets of `low`, and those of `high` with one more element, which is above all that are in them.
  /// None of the sets of `low` may be within one of `high`.
  Id choice(std::uint32_t level, Id low, Id high) { return make(level, low, high); }
  Id either(Id a, Id b) { return run({a, b, order_, Operation::either}); }
  Id both(Id a, Id b) { return run({a, b, order_, Operation::both}); }
  /// True when at least `times` of the families are; one that is listed twice counts twice.
  Id at_least(std::vector<Id> families, std::size_t times);

  /// Whether the budget is used up. Results are meaningless from then on.
  bool is_exhausted() const { return exhausted_; }
  std::size_t memory() const;
  std::size_t size() const { return nodes_.size(); }

  static bool is_constant(Id id) { return id == kNone || id == kAlways; }
  /// Of a family that is not constant.
  std::uint32_t level(Id id) const { return node(id).level; }
  Id low(Id id) const { return node(id).low; }
  Id high(Id id) const { return node(id).high; }
  bool is_element(Id id) const { return !is_constant(id) && node(id).low == kNone && node(id).high == kAlways; }
  /// Smallest and largest weight of a set; the smallest of kNone is more than any.
  Weight lightest(Id id) const { return node(id).lightest; }
  Weight heaviest(Id id) const { return node(id).heaviest; }

 private:
  struct Node {
    std::uint32_t level = 0;
    Id low{};
    Id high{};
    Weight lightest = 0;
    Weight heaviest = 0;
  };
  enum class Operation : std::uint8_t { none, either, both, without, lighter };
  struct Task {
    Id a{};
    Id b{};
    Weight order = 0;
    Operation operation = Operation::none;
    std::uint64_t hash() const { return mixed(slot(a), slot(b), (std::uint64_t{order} << 8) | static_cast<std::uint64_t>(operation)); }
    friend bool operator==(const Task&, const Task&) = default;
  };

  static std::uint32_t slot(Id id) { return static_cast<std::uint32_t>(id); }
  const Node& node(Id id) const { return nodes_[slot(id)]; }
  std::uint32_t top(const Task& task) const { return std::min(node(task.a).level, node(task.b).level); }
  Id low_at(Id id, std::uint32_t level) const { return node(id).level == level ? node(id).low : id; }
  Id high_at(Id id, std::uint32_t level) const { return node(id).level == level ? node(id).high : kNone; }

  /// The sets of `a` that contain no set of `b`.
  Id without(Id a, Id b) { return run({a, b, kNoLimit, Operation::without}); }
  Id run(Task task);
  std::optional<Id> answer(Task& task);
  std::optional<Id> answer_either(Task& task) const;
  std::optional<Id> answer_both(Task& task) const;
  std::optional<Id> answer_without(Task& task) const;
  std::optional<Id> answer_lighter(Task& task) const;
  Task lower(const Task& task) const;
  Id upper(const Task& task, Id lower_result);
  Id upper_both(const Task& task, Weight order);
  Id make(std::uint32_t level, Id low, Id high);
  void check_time();

  Weight order_;
  std::size_t most_octets_;
  std::chrono::steady_clock::time_point deadline_;
  bool exhausted_ = false;
  std::uint32_t depth_ = 0;
  std::uint32_t until_check_ = 0;
  std::vector<Weight> weights_;
  UniqueNodes<Node> nodes_;
  KnownAnswers<Task, Id> known_;
  std::vector<Task> pending_;
};

}  // namespace mainstay
