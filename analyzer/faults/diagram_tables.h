// What the tables of decision diagrams have in common.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace mainstay {

inline constexpr std::uint32_t kBelowAll = 0xffffffff;  // the level of the constants
inline constexpr std::size_t kMostKnown = std::size_t{1} << 22;
inline constexpr std::uint32_t kDeepest = 3000;  // calls; each takes a few hundred octets of the stack, more under sanitizers
inline constexpr std::uint32_t kStepsBetweenChecks = 1u << 14;

inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t hash = (a * 0x9e3779b97f4a7c15u) ^ (b * 0xc2b2ae3d27d4eb4fu) ^ (c * 0x165667b19e3779f9u);
  hash ^= hash >> 29;
  hash *= 0xbf58476d1ce4e5b9u;
  return hash ^ (hash >> 32);
}

inline std::chrono::steady_clock::time_point deadline_of(double seconds) {
  const std::chrono::duration<double> left(seconds);
  return std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(left);
}
inline double seconds_until(std::chrono::steady_clock::time_point deadline) {
  return std::chrono::duration<double>(deadline - std::chrono::steady_clock::now()).count();
}

/// The nodes of diagrams, equal ones stored once.
/// Shape: Node has a level and two branches, low and high, by which it is found; what else it holds follows from these. The first two nodes
///        are the constants, which are not looked for.
template <class Node>
class UniqueNodes {
 public:
  UniqueNodes(const Node& none, const Node& always) : nodes_{none, always}, table_(std::size_t{1} << 10, 0) {}

  const Node& operator[](std::uint32_t slot) const { return nodes_[slot]; }
  std::size_t size() const { return nodes_.size(); }
  std::size_t memory() const { return nodes_.capacity() * sizeof(Node) + table_.capacity() * sizeof(std::uint32_t); }

  /// Where the node with this level and these branches stands, made by `make` when it is new, and whether the table had to grow for it.
  template <class Branch, class Make>
  std::pair<std::uint32_t, bool> slot_of(std::uint32_t level, Branch low, Branch high, Make make) {
    std::size_t at = home(level, low, high);
    for (; table_[at] != 0; at = next(at)) {
      const Node& held = nodes_[table_[at]];
      if (held.level == level && held.low == low && held.high == high) return {table_[at], false};
    }
    const auto made = static_cast<std::uint32_t>(nodes_.size());
    table_[at] = made;
    nodes_.push_back(make());
    const bool grows = nodes_.size() * 2 > table_.size();
    if (grows) grow();
    return {made, grows};
  }

 private:
  template <class Branch>
  std::size_t home(std::uint32_t level, Branch low, Branch high) const {
    return mixed(level, static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(high)) & (table_.size() - 1);
  }
  std::size_t next(std::size_t at) const { return (at + 1) & (table_.size() - 1); }

  void grow() {
    table_.assign(table_.size() * 2, 0);
    for (std::uint32_t made = 2; made < nodes_.size(); ++made) {
      const Node& held = nodes_[made];
      std::size_t at = home(held.level, held.low, held.high);
      while (table_[at] != 0) at = next(at);
      table_[at] = made;
    }
  }

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> table_;  // open addressing; 0 is free
};

/// Answers that may be forgotten: of two questions with one place the later is kept. Never grows past a bound.
/// Shape: Question has hash(); an empty one is never asked.
template <class Question, class Answer>
class KnownAnswers {
 public:
  explicit KnownAnswers(std::size_t places) : known_(places) {}

  std::size_t size() const { return known_.size(); }
  std::size_t memory() const { return known_.capacity() * sizeof(Known); }

  /// Null where it is not known.
  const Answer* find(const Question& question) const {
    const Known& one = known_[place(question)];
    return one.question == question ? &one.answer : nullptr;
  }
  void keep(const Question& question, Answer answer) { known_[place(question)] = {question, answer}; }

  void grow() {
    if (known_.size() >= kMostKnown) return;
    std::vector<Known> old(known_.size() * 2);
    old.swap(known_);
    for (const Known& one : old) {
      if (!(one.question == Question{})) keep(one.question, one.answer);
    }
  }

 private:
  struct Known {
    Question question{};
    Answer answer{};
  };

  std::size_t place(const Question& question) const { return question.hash() & (known_.size() - 1); }

  std::vector<Known> known_;
};

}  // namespace mainstay
