// Tuples, objects and `for` expressions.
#include <utility>

#include "ingest/syntax/hcl/parser.h"

namespace mainstay::hcl {

Expression Parser::tuple() {
  const std::size_t begin = cursor_.offset();
  cursor_.advance();
  open('[');
  Expression made = node(ExpressionKind::tuple, begin);
  {
    const Restored newlines(newlines_end_, false);
    blanks();
    if (keyword("for")) {
      made = for_expression(']', begin);
    } else {
      while (!failed_ && cursor_.peek() != ']') {
        made.children.push_back(expression());
        blanks();
        if (failed_ || cursor_.peek() == ']') break;
        if (cursor_.peek() != ',') {
          fail_here("items are separated by commas; found " + found(), "add `,` or `]`");
        } else {
          cursor_.advance();
          blanks();
        }
      }
    }
  }
  if (failed_) return made;
  cursor_.advance();
  close();
  made.where = range(begin);
  return made;
}

Expression Parser::object() {
  const std::size_t begin = cursor_.offset();
  cursor_.advance();
  open('{');
  Expression made = node(ExpressionKind::object, begin);
  {
    const Restored newlines(newlines_end_, false);
    blanks();
    if (keyword("for")) {
      made = for_expression('}', begin);
    } else {
      newlines_end_ = true;
      while (object_item(made)) {
      }
    }
  }
  if (failed_) return made;
  cursor_.advance();
  close();
  made.where = range(begin);
  return made;
}

/// Reads one item and what separates it from the next; false at the closing brace and after a failure.
bool Parser::object_item(Expression& into) {
  cursor_.skip_blanks(true);
  if (failed_ || cursor_.peek() == '}') return false;
  into.children.push_back(expression());
  blanks();
  const bool equals = cursor_.peek() == '=' && cursor_.peek(1) != '=' && cursor_.peek(1) != '>';
  if (!failed_ && !equals && cursor_.peek() != ':') fail_here("a key needs `=` and a value; found " + found());
  if (failed_) return false;
  cursor_.advance();
  blanks();
  into.children.push_back(expression());
  blanks();
  if (failed_ || cursor_.peek() == '}') return false;
  if (cursor_.peek() == ',') {
    cursor_.advance();
  } else if (!cursor_.at_newline()) {
    fail_here("items stand on lines of their own or are separated by commas; found " + found());
  }
  return !failed_;
}

/// `name in`, or `key, name in`.
bool Parser::for_names(Expression& loop, std::string_view what) {
  blanks();
  loop.text = cursor_.take_identifier();
  blanks();
  if (!loop.text.empty() && cursor_.peek() == ',') {
    cursor_.advance();
    blanks();
    loop.key = std::exchange(loop.text, std::string(cursor_.take_identifier()));
    blanks();
  }
  if (loop.text.empty()) {
    fail_here(std::string(what) + " needs a name, not " + found(), "write for value in list, or for key, value in map");
  } else if (!keyword("in")) {
    fail_here(std::string(what) + " needs `in` behind its names, not " + found());
  }
  blanks();
  return !failed_;
}

/// Reads from behind `for` up to the closing bracket, which stays.
Expression Parser::for_expression(char bracket, std::size_t begin) {
  const bool makes_object = bracket == '}';
  Expression made = node(makes_object ? ExpressionKind::for_object : ExpressionKind::for_tuple, begin);
  if (!for_names(made, "a `for` expression")) return made;
  made.children.push_back(expression());
  blanks();
  if (!failed_ && cursor_.peek() != ':') fail_here("a `for` expression needs `:` behind its collection, not " + found());
  if (failed_) return made;
  cursor_.advance();
  blanks();
  made.children.push_back(expression());
  blanks();
  const bool arrow = cursor_.sees("=>");
  if (!failed_ && arrow != makes_object) {
    fail_here(makes_object ? "a `for` expression in braces needs key => value" : "a `for` expression in brackets has no keys",
              makes_object ? "write { for v in list : key => value }" : "use braces for a map");
  }
  if (failed_) return made;
  if (arrow) {
    cursor_.advance(2);
    blanks();
    made.children.push_back(expression());
    blanks();
  }
  if (!failed_ && cursor_.sees("...")) {
    if (!makes_object) fail_here("only a `for` expression in braces can group with `...`");
    made.spreads = true;
    cursor_.advance(3);
    blanks();
  }
  if (!failed_ && keyword("if")) {
    blanks();
    made.children.push_back(expression());
    blanks();
  }
  if (!failed_ && cursor_.peek() != bracket) fail_here(std::string("a `for` expression must end with `") + bracket + "`, not " + found());
  return made;
}

}  // namespace mainstay::hcl
