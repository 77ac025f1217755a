// FaultSets: many sets of small numbers that share what they have in common; equal sets are one.
//
// A set is a binary Patricia tree over blocks of 64 elements, and equal subtrees are stored once (hash-consing), so that
//   - a set costs memory only for what no earlier set had;
//   - equality is equality of ids, and an operation on equal subtrees is done without looking into them;
//   - a set that differs from another in one element adds one path, logarithmic in the number of elements, not a copy.
// On top of that, a set may be kept as "that set, and this element": a link. Links form a forest in which the common part of two sets is
// their nearest common ancestor, as in a dominator tree. A set is made a tree only when it is merged with one that is not its ancestor, or
// after 32 links; so a chain of nodes costs one link each, whatever its length.
// Rows of bits were not chosen: they need elements/8 octets a node whatever the sets are (125 kB a node for a million components).
// Sorted lists were not chosen: on a chain of n nodes they hold n*n/2 numbers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace mainstay {

/// Owns sets; an id means a set of this object only. Equal ids are equal sets; equal sets have equal ids unless added() is in play.
class FaultSets {
 public:
  enum class Id : std::uint32_t {};
  /// The set without elements.
  static constexpr Id kEmpty{0};
  /// Every element there may ever be: neutral for common(), absorbing for merged(). It has no elements to list and no size.
  static constexpr Id kAll{0xfffffffe};

  FaultSets();

  /// Units: element below 2^31.
  Id single(std::uint32_t element);
  /// `set` and one more element, which must not be in it and must not have been added before.
  Id added(Id set, std::uint32_t element);
  /// The same set as a tree: its only such id.
  Id as_tree(Id set);
  Id merged(Id a, Id b);
  Id common(Id a, Id b);
  /// The elements that are in at least `times` of the sets; a set that is listed twice counts twice. Everything when `times` is 0.
  /// Cost:  few operations on shared trees when `times` is 1 or the number of sets; otherwise grows with what the sets do not share.
  Id in_at_least(std::span<const Id> sets, std::size_t times);

  bool contains(Id set, std::uint32_t element) const;
  std::uint32_t size(Id set) const;
  /// Sorted.
  std::vector<std::uint32_t> elements(Id set) const;
  /// Calls `visit(element)`, in no particular order.
  template <typename Visit>
  void for_each(Id set, Visit&& visit) const;

  /// For looking at what many sets share only once.
  /// Shape: `first` and `second` are disjoint, and the set is both of them and `element`; a set of one block has no parts.
  struct Parts {
    Id first{};
    Id second{};
    std::optional<std::uint32_t> element;
  };
  std::optional<Parts> parts(Id set) const {
    if (is_link(set)) return Parts{link(set).base, kEmpty, link(set).element};
    if (is_branch(set)) return Parts{branch(set).left, branch(set).right, std::nullopt};
    return std::nullopt;
  }

  /// Octets held on the heap.
  std::size_t memory() const;

 private:
  // An id with the highest bit is a link. Otherwise an odd id is a branch, an even one a leaf. A leaf holds the elements of one block; leaf
  // 0 is the empty set.
  struct Leaf {
    std::uint64_t bits = 0;
    std::uint32_t block = 0;
  };
  // Blocks below `middle` are on the left. The lowest bit set in `middle` is half the width of the range that the branch spans.
  struct Branch {
    std::uint32_t middle = 0;
    Id left{};
    Id right{};
    std::uint32_t size = 0;
  };
  struct Link {
    std::uint32_t element = 0;
    Id base{};
    Id tree = kAll;           // the set as a tree; kAll when nobody has asked yet
    std::uint32_t depth = 0;  // links down to the tree, this one included
  };
  struct Known {
    Id a{};
    Id b{};
    Id result{};
  };
  struct Counted {
    Id set{};
    std::uint32_t times = 0;
  };

  static constexpr std::uint32_t kLinkBit = 0x80000000;
  static bool is_link(Id id) { return id != kAll && (static_cast<std::uint32_t>(id) & kLinkBit) != 0; }
  static bool is_branch(Id id) { return (static_cast<std::uint32_t>(id) & (kLinkBit | 1u)) == 1; }
  static std::uint32_t slot(Id id) { return static_cast<std::uint32_t>(id) >> 1; }
  const Link& link(Id id) const { return links_[static_cast<std::uint32_t>(id) & ~kLinkBit]; }
  std::uint32_t depth(Id id) const { return is_link(id) ? link(id).depth : 0; }
  /// Where the ways of two sets down the links meet; nothing when they end in different trees.
  std::optional<Id> meeting(Id a, Id b) const;
  const Leaf& leaf(Id id) const { return leaves_[slot(id)]; }
  const Branch& branch(Id id) const { return branches_[slot(id)]; }
  std::uint32_t block_of(Id id) const { return is_branch(id) ? branch(id).middle : leaf(id).block; }
  /// Half the number of blocks that the tree spans; 0 for a leaf.
  std::uint32_t reach(Id id) const;
  bool spans(Id id, std::uint32_t block) const;
  std::uint32_t tree_size(Id set) const;

  Id make_leaf(std::uint32_t block, std::uint64_t bits);
  Id make_branch(std::uint32_t middle, Id left, Id right);
  Id joined(Id a, Id b);
  Id computed_merged(Id a, Id b);
  Id computed_common(Id a, Id b);
  Id merged_all(std::span<const Id> sets);
  Id counted(std::vector<Counted> sets, std::uint32_t times);
  Id counted_leaves(const std::vector<Counted>& sets, std::uint32_t block, std::uint32_t times);
  Known& known(std::vector<Known>& cache, Id a, Id b);
  void grow_leaf_table();
  void grow_branch_table();

  std::vector<Leaf> leaves_;
  std::vector<Branch> branches_;
  std::vector<Link> links_;
  std::vector<std::uint32_t> leaf_table_;  // open addressing; slot + 1, 0 is free
  std::vector<std::uint32_t> branch_table_;
  std::vector<Known> merged_;  // direct-mapped: forgets, never grows past a bound
  std::vector<Known> common_;
};

template <typename Visit>
void FaultSets::for_each(Id set, Visit&& visit) const {
  for (; is_link(set); set = link(set).base) visit(link(set).element);
  if (is_branch(set)) {
    for_each(branch(set).left, visit);
    for_each(branch(set).right, visit);
    return;
  }
  const Leaf& held = leaf(set);
  for (std::uint64_t bits = held.bits; bits != 0; bits &= bits - 1) {
    visit(held.block * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
  }
}

}  // namespace mainstay
