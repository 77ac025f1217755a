// The minimal sets of a monotone function, as a family.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/faults/monotone_functions.h"
#include "analyzer/faults/set_families.h"

namespace mainstay {

/// Turns functions into families with the same levels; what functions share is turned once.
///
/// With x the element on top of f, the minimal sets of f are those of its low branch, and x with each of those of its high branch that do
/// not make the low branch true already.
/// Source: A. Rauzy, New algorithms for fault trees analysis, 1993.
class MinimalSets {
 public:
  /// Both must outlive this; the budget is that of the families, which must not be cut off at an order.
  MinimalSets(const MonotoneFunctions& functions, SetFamilies& families);

  /// Meaningless when the families are exhausted afterwards.
  /// Cost: linear in the diagram, times what of the families its branches share.
  SetFamilies::Id of(MonotoneFunctions::Id function);

 private:
  using Sets = SetFamilies::Id;
  using Function = MonotoneFunctions::Id;
  struct Removal {
    Sets sets{};
    Function function{};
    std::uint64_t hash() const { return mixed(static_cast<std::uint32_t>(sets), static_cast<std::uint32_t>(function), 0); }
    friend bool operator==(const Removal&, const Removal&) = default;
  };

  static constexpr Sets kUnknown{0xffffffff};

  std::vector<Function> made_of(Function function) const;
  Sets& minimal(Function function) { return minimal_[static_cast<std::uint32_t>(function)]; }
  Sets without(Sets sets, Function function);
  std::optional<Sets> answer(Sets sets, Function& function);
  Function high_at(Function function, std::uint32_t level) const;

  const MonotoneFunctions& functions_;
  SetFamilies& families_;
  std::vector<Sets> minimal_;  // of a function
  KnownAnswers<Removal, Sets> known_;
  std::vector<Removal> pending_;
  std::uint32_t depth_ = 0;
};

}  // namespace mainstay
