#include "ingest/syntax/hcl/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mainstay::hcl {

const Attribute* Body::attribute(std::string_view name) const {
  const auto at = std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name == name; });
  return at == attributes.end() ? nullptr : &*at;
}

Location Parser::range(std::size_t begin, std::size_t end) const {
  return {id_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void Parser::fail(std::size_t begin, std::size_t end, std::string message, std::string hint) {
  if (failed_) return;
  failed_ = true;
  problems_.error(source_, range(begin, std::min<std::size_t>(end, cursor_.size())), std::move(message), std::move(hint));
}

void Parser::fail_here(std::string message, std::string hint) {
  fail(cursor_.offset(), cursor_.offset() + 1, std::move(message), std::move(hint));
}

Expression Parser::node(ExpressionKind kind, std::size_t begin) const {
  Expression made;
  made.kind = kind;
  made.where = range(begin);
  return made;
}

/// Takes `word` when it stands here as a whole identifier.
bool Parser::keyword(std::string_view word) {
  const std::uint32_t begin = cursor_.offset();
  if (cursor_.take_identifier() == word) return true;
  cursor_.seek(begin);
  return false;
}

/// What stands here, as a message names it.
std::string Parser::found() const {
  if (cursor_.at_end()) return "the end of the file";
  if (cursor_.at_newline()) return "the end of the line";
  const char c = cursor_.peek();
  if (c > ' ' && c < 0x7f) return fmt::format("`{}`", c);
  return "an unexpected character";
}

Body parse(const Source& source, SourceId id, Diagnostics& problems) { return Parser(source, id, problems).file(); }

Expression parse_template(const Source& source, SourceId id, Diagnostics& problems) {
  return Parser(source, id, problems).whole_template();
}

}  // namespace mainstay::hcl
