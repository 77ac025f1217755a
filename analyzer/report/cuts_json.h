// The answer of `mainstay cuts` as JSON.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/faults/cut_table.h"
#include "analyzer/faults/fix_plan.h"

namespace mainstay {

/// What stands beside the table.
struct CutsExtra {
  SetKind kind = SetKind::cuts;
  const FixPlan* plan = nullptr;  // null when nobody asked for one
};

/// Shape: schema "mainstay.cuts/1"; `sets` of a row are lists of positions in `causes`; `counts` are by size from 1 on, and a count that is
///        too large to be told is null.
std::string cuts_json(const Analysis& analysis, const CommonCause& cause, const CutTable& table, const CutsExtra& extra);

/// The JSON Schema of that.
std::string_view cuts_schema();

}  // namespace mainstay
