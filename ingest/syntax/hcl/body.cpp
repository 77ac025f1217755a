// Bodies: attributes, blocks, and what ends them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/syntax/hcl/parser.h"

namespace mainstay::hcl {

Body Parser::file() {
  if (const std::size_t bad = first_invalid_utf8(source_.bytes()); bad != std::string_view::npos) {
    problems_.error(source_, range(bad, bad + 1), "the text is not UTF-8 from here on", "save the file as UTF-8");
  }
  Body made = body(0, true);
  if (unclosed_) hoist(made);
  return made;
}

/// Reads up to the closing brace, or to the end of the text for the file itself. `opened_at` is the block's opening brace.
Body Parser::body(std::size_t opened_at, bool top) {
  Body made;
  Names names;
  const std::size_t begin = cursor_.offset();
  for (;;) {
    cursor_.skip_blanks(true);
    if (top) resynchronised_ = false;
    if (resynchronised_) break;
    if (cursor_.at_end()) {
      if (!top && !std::exchange(unclosed_, true)) {
        problems_.error(source_, range(opened_at, opened_at + 1), "this block is never closed",
                        "add `}`; blocks behind it that begin a line are read as blocks of the file");
      }
      break;
    }
    if (cursor_.peek() == '}') {
      cursor_.advance();
      if (!top) break;
      problems_.error(source_, range(cursor_.offset() - 1), "`}` closes nothing",
                      "remove it, or look for a block that is closed too early");
      continue;
    }
    body_item(made, names);
    if (!resynchronised_) end_of_item();
    if (failed_) recover();
  }
  made.where = range(begin);
  return made;
}

void Parser::body_item(Body& into, Names& names) {
  newlines_end_ = true;
  const std::size_t begin = cursor_.offset();
  std::string name(cursor_.take_identifier());
  if (name.empty()) {
    const bool is_quoted = cursor_.peek() == '"';
    return fail_here(is_quoted ? "the name of an argument is not quoted" : "an argument or a block is needed here, not " + found(),
                     "write name = value, or type \"label\" { ... }");
  }
  blanks();
  const char next = cursor_.peek();
  if (next == '=' && cursor_.peek(1) != '=' && cursor_.peek(1) != '>') return attribute(into, names, std::move(name), begin);
  if (next == '"' || next == '{' || cursor_.at_identifier()) return block(into, std::move(name), begin);
  fail(begin, begin + name.size(), fmt::format("`{}` is followed by {}, so it is neither an argument nor a block", name, found()),
       "write name = value, or type \"label\" { ... }");
}

void Parser::attribute(Body& into, Names& names, std::string name, std::size_t begin) {
  Attribute made{.name = std::move(name), .name_where = range(begin, begin), .where = range(begin, begin), .value = {}};
  made.name_where.end = static_cast<std::uint32_t>(begin + made.name.size());
  cursor_.advance();
  blanks();
  made.value = expression();
  // A value that could not be read is kept as one: that the argument is set is known.
  if (failed_) made.value = node(ExpressionKind::bad, begin);
  made.where.end = made.value.where.end;
  if (names.insert(made.name).second) {
    into.attributes.push_back(std::move(made));
    return;
  }
  problems_.error(source_, made.name_where, fmt::format("`{}` is already set in this block; the first value is kept", made.name),
                  "remove one of the two");
}

void Parser::end_of_item() {
  if (failed_) return;
  cursor_.skip_blanks(false);
  if (cursor_.at_end()) return;
  if (!cursor_.at_newline())
    return fail_here(fmt::format("an argument or a block ends with its line; found {}", found()), "begin a new line here");
  cursor_.take_newline();
}

void Parser::block(Body& into, std::string type, std::size_t begin) {
  const Nested nested(*this);
  Block made{.type = std::move(type), .labels = {}, .header = {}, .where = {}, .body = {}};
  if (!failed_) block_labels(made);
  made.header = range(begin);
  if (failed_) return;
  block_body(made);
  made.where = range(begin);
  into.blocks.push_back(std::move(made));
}

/// Reads labels up to the opening brace, which stays.
void Parser::block_labels(Block& block) {
  for (cursor_.skip_blanks(false); !failed_ && cursor_.peek() != '{'; cursor_.skip_blanks(false)) {
    const std::size_t begin = cursor_.offset();
    Label label;
    if (cursor_.peek() == '"') {
      quoted_label(label);
    } else if (const std::string_view name = cursor_.take_identifier(); !name.empty()) {
      label.text = name;
    } else {
      fail_here(fmt::format("the header of this block needs a label or `{{`, not {}", found()),
                "the opening brace stands on the line of the header");
    }
    label.where = range(begin);
    block.labels.push_back(std::move(label));
  }
}

void Parser::quoted_label(Label& label) {
  const Expression text = quoted();
  if (failed_) return;
  if (text.kind != ExpressionKind::string) {
    return fail(text.where.begin, text.where.end, "a label cannot hold a template sequence",
                "labels are fixed names; write $${ or %%{ for the characters");
  }
  label.text = text.text;
}

void Parser::block_body(Block& block) {
  const std::size_t brace = cursor_.offset();
  cursor_.advance();
  cursor_.skip_blanks(false);
  if (cursor_.at_newline() || cursor_.at_end() || cursor_.peek() == '}') {
    block.body = body(brace, false);
    return;
  }
  // One line holds one argument. More is refused, but what stands there is read all the same.
  block.body.where = range(cursor_.offset());
  Names names;
  body_item(block.body, names);
  cursor_.skip_blanks(false);
  if (!failed_ && cursor_.peek() == '}' && block.body.blocks.empty()) {
    block.body.where.end = cursor_.offset();
    cursor_.advance();
    return;
  }
  fail_here(fmt::format("a block on one line holds one argument and is closed on that line; found {}", found()),
            "write one argument a line");
  open_.push_under('{');
  recover();
}

/// Moves blocks that begin a line out of blocks that were never closed: they are blocks of the file.
void Parser::hoist(Body& file) {
  std::vector<Block> found_blocks;
  const auto begins_line = [&](const Block& block) { return block.header.begin == 0 || source_.bytes()[block.header.begin - 1] == '\n'; };
  const auto sift = [&](auto&& self, Body& within, bool top) -> void {
    for (Block& block : within.blocks) {
      self(self, block.body, false);
      if (!top && begins_line(block)) found_blocks.push_back(std::move(block));
    }
    if (!top) std::erase_if(within.blocks, begins_line);
  };
  sift(sift, file, true);
  std::move(found_blocks.begin(), found_blocks.end(), std::back_inserter(file.blocks));
  std::stable_sort(file.blocks.begin(), file.blocks.end(), [](const Block& a, const Block& b) { return a.header.begin < b.header.begin; });
}

}  // namespace mainstay::hcl
