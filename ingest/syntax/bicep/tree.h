// The tree of Bicep and of the expressions in ARM templates: what was written, with the bytes it was written in. Knows no resource types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"

namespace mainstay::bicep {

enum class ExpressionKind : std::uint8_t {
  bad,  // could not be read; its diagnostic is given
  null,
  boolean,       // text: "true" or "false"
  number,        // text: as written
  text,          // text: the unescaped value
  interpolated,  // children: texts and what stands between them, in order
  list,
  object,       // children: key, value, key, value...; a key is a text or interpolated. `statements` holds the resources that stand inside
  name,         // text
  call,         // text: name; children: arguments
  method,       // text: name; children: what it is called on, then arguments
  member,       // text: name; children: of what
  nested,       // text: name of a resource inside another; children: of what
  index,        // children: of what, the index
  unary,        // text: "!" or "-"
  binary,       // text: the operator; children: two
  conditional,  // children: condition, then, otherwise; without the last one there is nothing otherwise
  loop,         // text: name of the item; key: name of the index or empty; children: collection, value
};

struct Statement;

/// One node of an expression and all below it. What `text`, `key` and `children` mean is said at each kind.
struct Expression {
  ExpressionKind kind = ExpressionKind::bad;
  Location where;
  std::string text;
  std::string key;
  std::vector<Expression> children;
  std::vector<Statement> statements;

  /// The value of that key of an object, where the key is plain; null when there is none. Cost: linear.
  const Expression* entry(std::string_view name) const;
};

enum class StatementKind : std::uint8_t { parameter, variable, resource, module, output, target_scope, using_file, other };

/// One statement. `value` is bad where none is written.
/// Shape:  parameter - `type` as far as it is one word; `value` is its default.
///         resource  - `type` with its version; `existing` when it is only referred to; `value` is its body: an object, a conditional or a
///                     loop of one.
///         module    - `type` is the path; `value` as for a resource.
///         using_file - `type` is the path, in files of parameters.
struct Statement {
  StatementKind kind = StatementKind::other;
  std::string name;
  std::string type;
  bool existing = false;
  Location where;
  Location name_where;
  Expression value;
  std::vector<Expression> decorators;  // calls
};

}  // namespace mainstay::bicep
