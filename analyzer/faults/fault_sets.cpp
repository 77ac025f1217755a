#include "analyzer/faults/fault_sets.h"

#include <algorithm>
#include <utility>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

constexpr std::size_t kFirstTable = 64;
constexpr std::uint32_t kDeepestLink = 32;
constexpr std::size_t kLargestCache = std::size_t{1} << 16;  // entries; about the size of a second-level cache

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t hash = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
  hash ^= hash >> 32;
  return hash * 0xc4ceb9fe1a85ec53u;
}

std::uint64_t pair_of(FaultSets::Id a, FaultSets::Id b) {
  return (std::uint64_t{static_cast<std::uint32_t>(a)} << 32) | static_cast<std::uint32_t>(b);
}

std::size_t position(std::uint64_t hash, std::size_t table) { return static_cast<std::size_t>(hash >> 20) & (table - 1); }

/// The middle of the smallest range that holds two different blocks.
std::uint32_t middle_between(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t highest = std::bit_floor(a ^ b);
  return std::max(a, b) & ~(highest - 1);
}

}  // namespace

FaultSets::FaultSets()
    : leaves_(1), leaf_table_(kFirstTable, 0), branch_table_(kFirstTable, 0), merged_(kFirstTable), common_(kFirstTable) {}

std::uint32_t FaultSets::reach(Id id) const {
  if (!is_branch(id)) return 0;
  const std::uint32_t middle = branch(id).middle;
  return middle & (~middle + 1);
}

bool FaultSets::spans(Id id, std::uint32_t block) const {
  const std::uint32_t half = reach(id);
  return half != 0 && (block | (2 * half - 1)) == (branch(id).middle | (2 * half - 1));
}

FaultSets::Id FaultSets::make_leaf(std::uint32_t block, std::uint64_t bits) {
  if (bits == 0) return kEmpty;
  std::size_t at = position(mixed(bits, block), leaf_table_.size());
  for (; leaf_table_[at] != 0; at = (at + 1) & (leaf_table_.size() - 1)) {
    const Leaf& held = leaves_[leaf_table_[at] - 1];
    if (held.bits == bits && held.block == block) return Id((leaf_table_[at] - 1) << 1);
  }
  MAINSTAY_ASSERT(leaves_.size() < (std::size_t{1} << 30), "ids have 30 bits for the slot");
  leaves_.push_back({bits, block});
  leaf_table_[at] = static_cast<std::uint32_t>(leaves_.size());
  const Id made{static_cast<std::uint32_t>(leaves_.size() - 1) << 1};
  if (leaves_.size() * 3 > leaf_table_.size() * 2) grow_leaf_table();
  return made;
}

FaultSets::Id FaultSets::make_branch(std::uint32_t middle, Id left, Id right) {
  if (left == kEmpty) return right;
  if (right == kEmpty) return left;
  // The children decide the middle, so they are the key.
  std::size_t at = position(mixed(pair_of(left, right), 0), branch_table_.size());
  for (; branch_table_[at] != 0; at = (at + 1) & (branch_table_.size() - 1)) {
    const Branch& held = branches_[branch_table_[at] - 1];
    if (held.left == left && held.right == right) return Id(((branch_table_[at] - 1) << 1) | 1u);
  }
  MAINSTAY_ASSERT(branches_.size() < (std::size_t{1} << 30), "ids have 30 bits for the slot");
  branches_.push_back({middle, left, right, tree_size(left) + tree_size(right)});
  branch_table_[at] = static_cast<std::uint32_t>(branches_.size());
  const Id made{(static_cast<std::uint32_t>(branches_.size() - 1) << 1) | 1u};
  if (branches_.size() * 3 > branch_table_.size() * 2) grow_branch_table();
  return made;
}

void FaultSets::grow_leaf_table() {
  std::vector<std::uint32_t> table(leaf_table_.size() * 2, 0);
  for (std::uint32_t held = 1; held < leaves_.size(); ++held) {
    std::size_t at = position(mixed(leaves_[held].bits, leaves_[held].block), table.size());
    while (table[at] != 0) at = (at + 1) & (table.size() - 1);
    table[at] = held + 1;
  }
  leaf_table_.swap(table);
}

void FaultSets::grow_branch_table() {
  std::vector<std::uint32_t> table(branch_table_.size() * 2, 0);
  for (std::uint32_t held = 0; held < branches_.size(); ++held) {
    std::size_t at = position(mixed(pair_of(branches_[held].left, branches_[held].right), 0), table.size());
    while (table[at] != 0) at = (at + 1) & (table.size() - 1);
    table[at] = held + 1;
  }
  branch_table_.swap(table);
  if (merged_.size() < std::min(branch_table_.size(), kLargestCache)) {
    merged_.assign(merged_.size() * 2, {});
    common_.assign(common_.size() * 2, {});
  }
}

FaultSets::Id FaultSets::single(std::uint32_t element) {
  MAINSTAY_ASSERT(element < (std::uint32_t{1} << 31), "blocks have 25 bits");
  return make_leaf(element / 64, std::uint64_t{1} << (element % 64));
}

FaultSets::Id FaultSets::added(Id set, std::uint32_t element) {
  if (depth(set) == kDeepestLink) set = as_tree(set);
  MAINSTAY_ASSERT(links_.size() < kLinkBit - 2, "ids have 31 bits for a link, and kAll is none");
  links_.push_back({element, set, kAll, depth(set) + 1});
  return Id(static_cast<std::uint32_t>(links_.size() - 1) | kLinkBit);
}

FaultSets::Id FaultSets::as_tree(Id set) {
  if (!is_link(set)) return set;
  if (link(set).tree != kAll) return link(set).tree;
  Id added[kDeepestLink];
  std::size_t count = 0;
  Id base = set;
  for (; is_link(base) && link(base).tree == kAll; base = link(base).base) added[count++] = single(link(base).element);
  if (is_link(base)) base = link(base).tree;
  const Id tree = merged(base, merged_all(std::span(added, count)));
  links_[static_cast<std::uint32_t>(set) & ~kLinkBit].tree = tree;
  return tree;
}

std::optional<FaultSets::Id> FaultSets::meeting(Id a, Id b) const {
  while (a != b) {
    if (!is_link(a) && !is_link(b)) return std::nullopt;
    if (depth(a) < depth(b)) std::swap(a, b);
    a = link(a).base;
  }
  return a;
}

FaultSets::Id FaultSets::joined(Id a, Id b) {
  if (block_of(a) > block_of(b)) std::swap(a, b);
  return make_branch(middle_between(block_of(a), block_of(b)), a, b);
}

FaultSets::Known& FaultSets::known(std::vector<Known>& cache, Id a, Id b) { return cache[position(mixed(pair_of(a, b), 1), cache.size())]; }

FaultSets::Id FaultSets::merged(Id a, Id b) {
  if (a == b || b == kEmpty) return a;
  if (a == kEmpty) return b;
  if (a == kAll || b == kAll) return kAll;
  if (is_link(a) || is_link(b)) {
    const std::optional<Id> shared = meeting(a, b);
    if (shared == a) return b;
    if (shared == b) return a;
    a = as_tree(a);
    return merged(a, as_tree(b));
  }
  if (!is_branch(a) && !is_branch(b)) {
    return leaf(a).block == leaf(b).block ? make_leaf(leaf(a).block, leaf(a).bits | leaf(b).bits) : joined(a, b);
  }
  if (a > b) std::swap(a, b);
  if (const Known& before = known(merged_, a, b); before.a == a && before.b == b) return before.result;
  const Id result = computed_merged(a, b);
  known(merged_, a, b) = {a, b, result};
  return result;
}

FaultSets::Id FaultSets::computed_merged(Id a, Id b) {
  if (reach(a) < reach(b)) std::swap(a, b);
  const Branch wide = branch(a);  // a copy: the vector may move while children are made
  if (!spans(a, block_of(b))) return joined(a, b);
  if (is_branch(b) && branch(b).middle == wide.middle) {
    const Branch other = branch(b);
    const Id left = merged(wide.left, other.left);
    const Id right = merged(wide.right, other.right);
    return left == wide.left && right == wide.right ? a : make_branch(wide.middle, left, right);
  }
  if (block_of(b) < wide.middle) {
    const Id left = merged(wide.left, b);
    return left == wide.left ? a : make_branch(wide.middle, left, wide.right);
  }
  const Id right = merged(wide.right, b);
  return right == wide.right ? a : make_branch(wide.middle, wide.left, right);
}

FaultSets::Id FaultSets::common(Id a, Id b) {
  if (a == b || b == kAll) return a;
  if (a == kAll) return b;
  if (a == kEmpty || b == kEmpty) return kEmpty;
  if (is_link(a) || is_link(b)) {
    // Each element is added once only, so that beyond the place where they meet the two ways have nothing in common.
    if (const std::optional<Id> shared = meeting(a, b)) return *shared;
    a = as_tree(a);
    return common(a, as_tree(b));
  }
  if (!is_branch(a) && !is_branch(b)) {
    return leaf(a).block == leaf(b).block ? make_leaf(leaf(a).block, leaf(a).bits & leaf(b).bits) : kEmpty;
  }
  if (a > b) std::swap(a, b);
  if (const Known& before = known(common_, a, b); before.a == a && before.b == b) return before.result;
  const Id result = computed_common(a, b);
  known(common_, a, b) = {a, b, result};
  return result;
}

FaultSets::Id FaultSets::computed_common(Id a, Id b) {
  if (reach(a) < reach(b)) std::swap(a, b);
  const Branch wide = branch(a);
  if (!spans(a, block_of(b))) return kEmpty;
  if (is_branch(b) && branch(b).middle == wide.middle) {
    const Branch other = branch(b);
    const Id left = common(wide.left, other.left);
    return make_branch(wide.middle, left, common(wide.right, other.right));
  }
  return common(block_of(b) < wide.middle ? wide.left : wide.right, b);
}

FaultSets::Id FaultSets::in_at_least(std::span<const Id> sets, std::size_t times) {
  const auto everything = static_cast<std::size_t>(std::count(sets.begin(), sets.end(), kAll));
  if (times <= everything) return kAll;
  if (times > sets.size()) return kEmpty;
  if (times == sets.size()) {
    Id result = kAll;
    for (const Id set : sets) {
      result = common(result, set);
      if (result == kEmpty) break;
    }
    return result;
  }
  if (times == 1) return merged_all(sets);

  std::vector<Id> listed(sets.begin(), sets.end());
  listed.erase(std::remove(listed.begin(), listed.end(), kAll), listed.end());
  times -= everything;
  if (times == 1) return merged_all(listed);
  std::vector<Counted> once;
  once.reserve(listed.size());
  for (const Id set : listed) once.push_back({as_tree(set), 1});
  return counted(std::move(once), static_cast<std::uint32_t>(times));
}

FaultSets::Id FaultSets::merged_all(std::span<const Id> sets) {
  if (sets.size() == 2) return merged(sets[0], sets[1]);
  // Neighbours first: merging one by one into a growing set would leave as many grown sets behind as there are members.
  std::vector<Id> level(sets.begin(), sets.end());
  for (; level.size() > 1; level.resize((level.size() + 1) / 2)) {
    for (std::size_t at = 0; at + 1 < level.size(); at += 2) level[at / 2] = merged(level[at], level[at + 1]);
    if (level.size() % 2 == 1) level[level.size() / 2] = level.back();
  }
  return level.front();
}

// Walks all trees at once; subtrees that are equal are walked once, and a branch that too few sets reach is left at once.
FaultSets::Id FaultSets::counted(std::vector<Counted> sets, std::uint32_t times) {
  std::sort(sets.begin(), sets.end(), [](const Counted& a, const Counted& b) { return a.set < b.set; });
  std::vector<Counted> distinct;
  std::uint64_t total = 0;
  std::uint32_t differing = 0;
  Id widest = kEmpty;
  for (const Counted& entry : sets) {
    if (entry.set == kEmpty) continue;
    total += entry.times;
    if (!distinct.empty() && distinct.back().set == entry.set) {
      distinct.back().times += entry.times;
      continue;
    }
    distinct.push_back(entry);
    differing |= block_of(entry.set) ^ block_of(distinct.front().set);
    if (distinct.size() == 1 || reach(entry.set) > reach(widest)) widest = entry.set;
  }
  if (total < times) return kEmpty;
  if (distinct.size() == 1) return distinct.front().set;
  if (differing == 0 && !is_branch(widest)) return counted_leaves(distinct, block_of(widest), times);

  std::uint32_t middle = block_of(widest);
  if (const std::uint32_t highest = differing == 0 ? 0 : std::bit_floor(differing); highest > reach(widest)) {
    middle = (block_of(widest) | highest) & ~(highest - 1);
  }
  std::vector<Counted> left;
  std::vector<Counted> right;
  for (const Counted& entry : distinct) {
    if (is_branch(entry.set) && branch(entry.set).middle == middle) {
      left.push_back({branch(entry.set).left, entry.times});
      right.push_back({branch(entry.set).right, entry.times});
    } else {
      (block_of(entry.set) < middle ? left : right).push_back(entry);
    }
  }
  const Id low = counted(std::move(left), times);
  return make_branch(middle, low, counted(std::move(right), times));
}

FaultSets::Id FaultSets::counted_leaves(const std::vector<Counted>& sets, std::uint32_t block, std::uint32_t times) {
  std::uint32_t counts[64] = {};
  for (const Counted& entry : sets) {
    for (std::uint64_t bits = leaf(entry.set).bits; bits != 0; bits &= bits - 1) counts[std::countr_zero(bits)] += entry.times;
  }
  std::uint64_t often = 0;
  for (unsigned bit = 0; bit < 64; ++bit) {
    if (counts[bit] >= times) often |= std::uint64_t{1} << bit;
  }
  return make_leaf(block, often);
}

bool FaultSets::contains(Id set, std::uint32_t element) const {
  if (set == kAll) return true;
  for (; is_link(set); set = link(set).base) {
    if (link(set).element == element) return true;
  }
  const std::uint32_t block = element / 64;
  while (is_branch(set)) {
    if (!spans(set, block)) return false;
    set = block < branch(set).middle ? branch(set).left : branch(set).right;
  }
  return leaf(set).block == block && ((leaf(set).bits >> (element % 64)) & 1u) != 0;
}

std::uint32_t FaultSets::size(Id set) const {
  const std::uint32_t links = depth(set);
  while (is_link(set)) set = link(set).base;
  return links + tree_size(set);
}

std::uint32_t FaultSets::tree_size(Id set) const {
  return is_branch(set) ? branch(set).size : static_cast<std::uint32_t>(std::popcount(leaf(set).bits));
}

std::vector<std::uint32_t> FaultSets::elements(Id set) const {
  std::vector<std::uint32_t> listed;
  listed.reserve(size(set));
  for_each(set, [&](std::uint32_t element) { listed.push_back(element); });
  std::sort(listed.begin(), listed.end());
  return listed;
}

std::size_t FaultSets::memory() const {
  return leaves_.capacity() * sizeof(Leaf) + branches_.capacity() * sizeof(Branch) + links_.capacity() * sizeof(Link) +
         (leaf_table_.capacity() + branch_table_.capacity()) * sizeof(std::uint32_t) +
         (merged_.capacity() + common_.capacity()) * sizeof(Known);
}

}  // namespace mainstay
