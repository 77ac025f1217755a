// What expressions of a syntax tree come to: the same texts as ingest/code/expression.h, names resolved by the compiler.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/ast/clang_tree.h"
#include "ingest/code/ast/conditions.h"
#include "ingest/code/ast/mentions.h"
#include "ingest/code/value.h"

namespace mainstay::code::ast {

/// The values of parameters, by declaration.
using Bound = std::map<std::uint32_t, Value>;

/// A value, and what was looked at for it.
struct Worked {
  Value value;
  std::string enumerator;            // "CURLOPT_URL", when it is one
  std::uint32_t parameter = kNone;   // the parameter that it is, or that is a part of it
  bool is_settled = true;            // false when something in it is not understood: others may know more
  std::vector<Location> considered;  // the expressions that it was made of
};

/// Works expressions out, without running anything. What is assigned differently, in another translation unit perhaps, or in the branches
/// of an #if is unknown.
class TreeValues {
 public:
  TreeValues(const Tree& tree, const TreeInput& input);

  /// The value of the expression at a node.
  Worked value(std::uint32_t node, const Bound& bound);
  /// Where a function is called, by its declaration.
  const std::vector<std::uint32_t>& callers(std::uint32_t decl) const;
  /// False when the file may call the function in a place that the tree does not have.
  bool has_all_callers(std::uint32_t function);
  /// The function around a node; kNone for none.
  std::uint32_t function_of(std::uint32_t node) const;
  /// The declarations of a function's parameters, in order.
  std::vector<std::uint32_t> parameters(std::uint32_t function) const;
  /// The value of a parameter for when a call gives none; kNone for none.
  std::uint32_t default_of(std::uint32_t parameter) const;

 private:
  struct Write {
    std::uint32_t node = kNone;   // what sets it
    std::uint32_t value = kNone;  // what it is set to; kNone for something that is not known
    bool is_append = false;
  };

  void index();
  void index_call(std::uint32_t node);
  void index_declaration(std::uint32_t node);
  Value made(std::uint32_t node, const Bound& bound);
  Value made_of_parts(std::uint32_t node, const Bound& bound);
  Value referred(std::uint32_t node, const Bound& bound);
  Value of_variable(std::uint32_t node, const Bound& bound);
  Value of_local(std::uint32_t node, std::uint32_t before, const Bound& bound);
  Value called(std::uint32_t node, const Bound& bound);
  Value returned(std::uint32_t function, std::uint32_t call, const Bound& bound);
  Value unknown(std::uint32_t node, bool is_settled);
  bool is_null(std::uint32_t node) const;
  bool dominates(std::uint32_t write, std::uint32_t node) const;
  bool is_same_side(std::uint32_t around, std::uint32_t write, std::uint32_t node) const;
  bool comes_again(std::uint32_t write, std::uint32_t node) const;

  const Tree& tree_;
  const TreeInput& input_;
  std::map<std::uint32_t, std::vector<Write>> writes_;  // by declaration, in the order of the tree
  std::map<std::uint32_t, std::vector<std::uint32_t>> callers_;
  std::map<std::uint32_t, std::uint32_t> defaults_;
  Conditions conditions_;
  Mentions mentions_;
  std::size_t left_;
  int depth_ = 0;
  Worked current_;
};

}  // namespace mainstay::code::ast
