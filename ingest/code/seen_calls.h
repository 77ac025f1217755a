// Two ways to read one file, put together: what its tokens say of a call, and what its syntax tree says of it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/code/ast/tree_calls.h"
#include "ingest/code/call_sites.h"
#include "ingest/code/value.h"

namespace mainstay::code {

/// What the syntax tree says, by place.
class SeenCalls {
 public:
  explicit SeenCalls(std::vector<ast::SeenCall> calls) : calls_(std::move(calls)), is_taken_(calls_.size(), false) {}

  /// What is said of the call whose name stands at that offset; it is taken, and is no part of rest() any more.
  std::vector<const ast::SeenCall*> take(const KnownCall& row, std::uint32_t offset);
  /// What no site was found for.
  std::vector<const ast::SeenCall*> rest() const;

 private:
  std::vector<ast::SeenCall> calls_;
  std::vector<bool> is_taken_;
};

/// One text that a call gets, and what saw it.
struct SeenText {
  Value value;
  const ast::SeenCall* by_tree = nullptr;  // null when the syntax tree does not have it
  bool by_tokens = false;
};

/// The words for what saw a text: "tokens", "syntax tree", "tokens and syntax tree".
std::string_view seen_by(const SeenText& text);

/// Puts the texts of one call together: equal ones become one; where one way knows nothing the other counts. Where they differ the syntax
/// tree is right, if it followed every name to its declaration: the tokens then took another one of that name.
std::vector<SeenText> merged_texts(const std::vector<Value>& by_tokens, const std::vector<const ast::SeenCall*>& by_tree);

}  // namespace mainstay::code
