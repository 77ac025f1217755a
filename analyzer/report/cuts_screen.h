// The answer of `mainstay cuts` as a person reads it in a shell.
#pragma once

#include <iosfwd>

#include "analyzer/faults/cut_table.h"
#include "analyzer/faults/fix_plan.h"

namespace mainstay {

/// What was asked, for the words of the screen.
struct CutsShown {
  SetKind kind = SetKind::cuts;
  Grouping grouping = Grouping::component;
  unsigned order = 3;
};

/// The sets of each class of goals, with what declares their members.
void print_cuts(const Analysis& analysis, const CommonCause& cause, const CutTable& table, const CutsShown& shown, std::ostream& out);

/// The alternatives to add, one after the other.
void print_plan(const Analysis& analysis, const FixPlan& plan, std::ostream& out);

}  // namespace mainstay
