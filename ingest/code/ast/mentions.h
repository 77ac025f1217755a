// Whether a tree that has gaps sees every place that names a function.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/code/ast/clang_tree.h"

namespace mainstay::code::ast {

/// The words of the files that were given, looked up by name. Cost: one pass over the tokens, when it is first asked.
class Mentions {
 public:
  Mentions(const Tree& tree, const TreeInput& input) : tree_(tree), input_(input) {}

  /// True when each word of the texts that is the name of the declaration is a call of it, a reference to it, or its own declaration in the
  /// tree. A macro that names it, and a branch that is not there, make it false: nothing is known of what they do.
  bool are_all_seen(std::uint32_t decl);

 private:
  bool is_seen(std::uint32_t decl, Location mention) const;

  const Tree& tree_;
  const TreeInput& input_;
  std::optional<std::multimap<std::string_view, Location>> words_;
  std::map<std::uint32_t, bool> known_;
};

}  // namespace mainstay::code::ast
