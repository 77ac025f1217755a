// The tree of HCL native syntax: what was written, with the bytes it was written in. Knows nothing of Terraform.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/values/location.h"

namespace mainstay::hcl {

enum class ExpressionKind : std::uint8_t {
  bad,  // could not be read; its diagnostic is given
  null,
  boolean,    // text: "true" or "false"
  number,     // text: as written
  string,     // text: the unescaped value; also a literal piece of a template
  templated,  // children: string, interpolation, template_if, template_for, in order
  interpolation,
  template_if,   // condition, templated, and another templated when there is an else
  template_for,  // collection, templated; text: value name, key: key name or empty
  tuple,
  object,             // children: key, value, key, value...; a key that is a bare `variable` stands for its own name
  variable,           // text: name
  access,             // a base, then steps
  attribute_step,     // text: name
  index_step,         // the index
  legacy_index_step,  // text: digits
  attribute_splat,    // `.*`: the attribute and legacy index steps behind it apply to each element
  full_splat,         // `[*]`: all steps behind it apply to each element
  call,               // text: name, with `::` for namespaces; children: arguments; spreads: the last one ends with `...`
  unary,              // text: "-" or "!"
  binary,             // operands of one precedence level from left to right; operators: one less
  conditional,        // condition, then, else
  for_tuple,          // collection, value, and a condition when there is an `if`; text: value name, key: key name or empty
  for_object,         // collection, key, value, and a condition when there is an `if`; spreads: values are grouped
  parentheses,
};

/// One node of an expression and all below it. What `text`, `key`, `spreads` and `children` mean is said at each kind.
/// Chains (`a.b.c`, `1 + 2 + 3`) are one node with many children, so that depth is only what the author nested.
struct Expression {
  ExpressionKind kind = ExpressionKind::bad;
  bool spreads = false;
  bool heredoc = false;  // a string or template written as a here document
  Location where;
  std::string text;
  std::string key;
  std::vector<std::string> operators;
  std::vector<Expression> children;
};

/// `name = value`.
struct Attribute {
  std::string name;
  Location name_where;
  Location where;
  Expression value;
};

struct Block;

/// The inside of a file or block. Attributes and blocks are in the order written; no two attributes have one name.
struct Body {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
  Location where;

  /// The attribute of that name, or null. Cost: linear in the attributes.
  const Attribute* attribute(std::string_view name) const;
};

struct Label {
  std::string text;
  Location where;
};

/// `type "label" { ... }`.
struct Block {
  std::string type;
  std::vector<Label> labels;
  Location header;  // type and labels
  Location where;   // header to closing brace
  Body body;
};

}  // namespace mainstay::hcl
