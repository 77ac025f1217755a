// Recovery: from the first problem of a statement to the place where the next one begins.
#include <utility>

#include "ingest/syntax/hcl/parser.h"

namespace mainstay::hcl {

/// Passes over the rest of the broken statement: to the end of the line on which its brackets are closed. When they never are, to the next
/// line that looks like the header of a block of the file, else to the end of the line of the problem.
void Parser::recover() {
  const std::size_t begin = cursor_.offset();
  std::size_t seen = begin;
  while (!(open_.empty() && (cursor_.at_newline() || cursor_.peek() == '}' || cursor_.at_end()))) {
    if (cursor_.at_end()) {
      cursor_.seek(begin);
      cursor_.seek(cursor_.line_end());
      break;
    }
    if (!open_.empty() && open_.top() != '<' && !too_deep_ && at_block_header()) {
      resynchronised_ = true;
      break;
    }
    skip_one();
    const std::size_t looked_at = cursor_.offset() - seen;
    seen = cursor_.offset();
    if (looked_at > budget_) {
      problems_.error(source_, range(begin, begin), "too much of this file is broken; the rest is not read",
                      "mend the problems above first");
      cursor_.seek(cursor_.size());
      break;
    }
    budget_ -= looked_at;
  }
  open_.clear();
  failed_ = too_deep_ = false;
  newlines_end_ = true;
}

void Parser::skip_one() {
  if (open_.top() == '"') return skip_in_string();
  if (open_.top() != '<') return skip_in_code();
  const std::string_view line = cursor_.between(cursor_.offset(), cursor_.line_end());
  const std::size_t begin = line.find_first_not_of(" \t\r");
  const std::size_t end = line.find_last_not_of(" \t\r");
  if (begin != std::string_view::npos && line.substr(begin, end + 1 - begin) == open_.marker()) open_.pop();
  cursor_.seek(cursor_.line_end());
  if (open_.top() == '<' && !cursor_.at_end()) cursor_.take_newline();
}

void Parser::skip_in_string() {
  if (cursor_.at_newline()) {
    open_.pop();
  } else if (cursor_.peek() == '"') {
    open_.pop();
    cursor_.advance();
  } else if (cursor_.sees("$${") || cursor_.sees("%%{")) {
    cursor_.advance(3);
  } else if (cursor_.sees("${") || cursor_.sees("%{")) {
    open('$');
    cursor_.advance(2);
  } else {
    cursor_.advance(cursor_.peek() == '\\' && cursor_.peek(1) != '\n' && cursor_.offset() + 1 < cursor_.size() ? 2 : 1);
  }
}

/// Closes the innermost `opener` and all that is open inside it; nothing happens when there is none.
void Parser::pop_to(char opener) {
  while (open_.holds(opener)) {
    const bool found = open_.top() == opener;
    open_.pop();
    if (found) return;
  }
}

void Parser::skip_in_code() {
  const std::uint32_t begin = cursor_.offset();
  cursor_.skip_blanks(false);
  if (cursor_.offset() != begin) return;
  const char c = cursor_.peek();
  if (c == '}' && !open_.holds('{') && !open_.holds('$')) return open_.clear();  // it closes the block around the statement
  if (cursor_.sees("<<")) {
    cursor_.advance(cursor_.peek(2) == '-' ? 3 : 2);
    const std::string_view marker = cursor_.take_identifier();
    if (!marker.empty() && cursor_.at_newline()) {
      cursor_.take_newline();
      open('<', marker);
    }
    return;
  }
  cursor_.advance();
  if (c == '"' || c == '(' || c == '[' || c == '{') open(c);
  if (c == ')') pop_to('(');
  if (c == ']') pop_to('[');
  if (c != '}') return;
  while (open_.top() != '{' && open_.top() != '$') open_.pop();
  open_.pop();
}

/// True at the beginning of a line that reads like `type "label" {`.
bool Parser::at_block_header() const {
  if (cursor_.offset() > 0 && cursor_.between(cursor_.offset() - 1, cursor_.offset()) != "\n") return false;
  Cursor look = cursor_;
  if (look.take_identifier().empty()) return false;
  look.skip_blanks(false);
  if (look.peek() != '"' && look.peek() != '{' && !look.at_identifier()) return false;
  const std::string_view line = look.between(look.offset(), look.line_end());
  const std::size_t last = line.find_last_not_of(" \t\r");
  return last != std::string_view::npos && line[last] == '{';
}

}  // namespace mainstay::hcl
