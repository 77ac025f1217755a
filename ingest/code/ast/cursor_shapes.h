// What the kinds of a compiler's cursors mean here.
#pragma once

#include <cstdint>
#include <string_view>

#include "ingest/code/ast/tree.h"

namespace mainstay::code::ast {

/// Those that only hold another one (brackets, casts, temporaries) are wrappers.
enum class Shape : std::uint8_t {
  plain,
  wrapper,
  literal,
  named,
  member,
  called,
  binary,
  unary,
  choice,
  list,
  branch,
  loop,
  returns,
  variable,
  parameter,
  field,
  function,
  skipped  // types and names of types
};

/// Of a CXCursorKind.
Shape shape_of(int kind);
DeclKind decl_kind_of(int kind);
bool is_expression(int kind);
/// What a shape becomes that is no more than its parts.
NodeKind kind_of_statement(Shape shape);
/// "=", "+=", "+"; others are no operators of texts.
NodeKind kind_of_operator(std::string_view mark);
/// Of a CXTypeKind.
bool is_whole_number(int type);

}  // namespace mainstay::code::ast
