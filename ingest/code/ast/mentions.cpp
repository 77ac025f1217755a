#include "ingest/code/ast/mentions.h"

#include <algorithm>

#include "ingest/code/expression_tokens.h"
#include "ingest/syntax/cxx_tokens.h"

namespace mainstay::code::ast {

bool Mentions::are_all_seen(std::uint32_t decl) {
  const auto [known, is_new] = known_.emplace(decl, false);
  if (!is_new || decl == kNone) return known->second;
  if (!words_) {
    words_.emplace();
    for (std::uint32_t file = 0; file < input_.files.size(); ++file) {
      const Result<std::vector<CxxToken>> tokens = cxx_tokens(input_.files[file].bytes, SourceId{file});
      if (!tokens) return false;
      for (const CxxToken& token : *tokens) {
        if (token.kind == CxxTokenKind::word) words_->emplace(token.text, token.where);
      }
    }
  }
  const auto [begin, end] = words_->equal_range(last_word(tree_.decls[decl].name));
  known->second = std::all_of(begin, end, [&](const auto& word) { return is_seen(decl, word.second); });
  return known->second;
}

bool Mentions::is_seen(std::uint32_t decl, Location mention) const {
  return std::any_of(tree_.nodes.begin(), tree_.nodes.end(), [&](const Node& node) {
    if (node.decl != decl || node.written.source != mention.source) return false;
    if (node.kind != NodeKind::function) return node.written.begin == mention.begin || node.where.begin == mention.begin;
    // In a definition the name stands in front of the body; further ones in it are calls of itself.
    return node.where.begin <= mention.begin && mention.begin < node.where.end;
  });
}

}  // namespace mainstay::code::ast
