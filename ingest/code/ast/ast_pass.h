// What the syntax tree of a unit's file says its program calls.
#pragma once

#include <vector>

#include "graph/values/result.h"
#include "ingest/code/ast/tree_calls.h"
#include "ingest/code/headers.h"
#include "ingest/source/unit.h"

namespace mainstay::code::ast {

/// The calls of the unit's first file, with the headers of it that lie inside the tree. None where this program cannot start a reading
/// process (set_reading_program).
/// Shape:  sources are those of the unit; a place in a header of the program itself is that of the call.
/// Errors: as for read_calls_apart().
/// Cost:   one parse.
Result<std::vector<SeenCall>> calls_of(Unit& unit, Headers& headers);

}  // namespace mainstay::code::ast
