// Expressions: operators by precedence, terms, and the steps behind a term.
#include <array>
#include <utility>

#include "ingest/syntax/hcl/parser.h"

namespace mainstay::hcl {
namespace {

/// The operators of each level, loosest first; within a level the longer ones first.
constexpr std::array<std::array<std::string_view, 4>, 6> kLevels = {{
    {"||"},
    {"&&"},
    {"==", "!="},
    {"<=", ">=", "<", ">"},
    {"+", "-"},
    {"*", "/", "%"},
}};

}  // namespace

Expression Parser::expression() {
  const Nested nested(*this);
  const std::size_t begin = cursor_.offset();
  if (failed_) return node(ExpressionKind::bad, begin);
  Expression first = binary(0);
  blanks();
  if (failed_ || cursor_.peek() != '?') return first;
  cursor_.advance();
  Expression made = node(ExpressionKind::conditional, first.where.begin);
  made.children.push_back(std::move(first));
  blanks();
  made.children.push_back(expression());
  blanks();
  if (!failed_ && cursor_.peek() != ':') fail_here("a conditional needs `:` and a second value, not " + found(), "write condition ? a : b");
  if (failed_) return made;
  cursor_.advance();
  blanks();
  made.children.push_back(expression());
  made.where.end = made.children.back().where.end;
  return made;
}

/// The operator of that level that stands here, passed over; empty when none does.
std::string Parser::operator_at(int level) {
  for (const std::string_view candidate : kLevels[static_cast<std::size_t>(level)]) {
    if (candidate.empty() || !cursor_.sees(candidate)) continue;
    if (candidate == "%" && cursor_.peek(1) == '{') continue;
    cursor_.advance(candidate.size());
    return std::string(candidate);
  }
  return {};
}

Expression Parser::binary(int level) {
  if (level == static_cast<int>(kLevels.size())) return with_steps();
  Expression first = binary(level + 1);
  if (failed_) return first;
  blanks();
  std::string sign = operator_at(level);
  if (sign.empty()) return first;
  Expression made = node(ExpressionKind::binary, first.where.begin);
  made.children.push_back(std::move(first));
  while (!sign.empty() && !failed_) {
    made.operators.push_back(std::move(sign));
    blanks();
    made.children.push_back(binary(level + 1));
    blanks();
    sign = failed_ ? std::string() : operator_at(level);
  }
  made.where.end = made.children.back().where.end;
  return made;
}

Expression Parser::with_steps() {
  Expression base = term();
  bool has_step = false;
  for (;;) {
    const std::size_t end = cursor_.offset();
    blanks();
    const bool dot = cursor_.peek() == '.' && !cursor_.sees("...");
    if (failed_ || (!dot && cursor_.peek() != '[')) {
      if (!failed_) cursor_.seek(end);
      break;
    }
    if (!has_step) {
      Expression access = node(ExpressionKind::access, base.where.begin);
      access.children.push_back(std::move(base));
      base = std::move(access);
      has_step = true;
    }
    dot ? dot_step(base) : bracket_step(base);
    base.where.end = cursor_.offset();
  }
  if (has_step) base.spreads = false;
  return base;
}

void Parser::dot_step(Expression& access) {
  const std::size_t begin = cursor_.offset();
  cursor_.advance();
  blanks();
  ExpressionKind kind = ExpressionKind::attribute_step;
  std::string text;
  if (cursor_.peek() == '*') {
    const bool nested = access.children.back().kind == ExpressionKind::attribute_splat || access.spreads;
    if (nested) fail_here("a `.*` cannot stand inside another `.*`", "use [*]");
    cursor_.advance();
    kind = ExpressionKind::attribute_splat;
  } else if (const std::string_view digits = cursor_.take_number(); !digits.empty()) {
    kind = ExpressionKind::legacy_index_step;
    text = digits;
    if (text.find('.') != std::string::npos) {
      fail(begin, cursor_.offset(), "two indexes cannot be written with dots", "write [0][1]");
    }
  } else {
    text = cursor_.take_identifier();
    if (text.empty()) fail_here("an attribute name is needed behind the dot, not " + found());
  }
  if (failed_) return;
  // `spreads` marks, while the chain is read, that dots still belong to a `.*`.
  access.spreads = kind == ExpressionKind::attribute_splat || access.spreads;
  Expression step = node(kind, begin);
  step.text = std::move(text);
  access.children.push_back(std::move(step));
}

void Parser::bracket_step(Expression& access) {
  const std::size_t begin = cursor_.offset();
  access.spreads = false;
  cursor_.advance();
  open('[');
  Expression made;
  {
    const Restored newlines(newlines_end_, newlines_end_);
    blanks();
    if (cursor_.peek() == '*') {
      cursor_.advance();
      made.kind = ExpressionKind::full_splat;
      blanks();
    } else {
      newlines_end_ = false;
      made.kind = ExpressionKind::index_step;
      blanks();
      made.children.push_back(expression());
      blanks();
    }
  }
  if (!failed_ && cursor_.peek() != ']') fail_here("an index must end with `]`, not " + found());
  if (failed_) return;
  cursor_.advance();
  close();
  made.where = range(begin);
  access.children.push_back(std::move(made));
}

Expression Parser::term() {
  const std::size_t begin = cursor_.offset();
  switch (cursor_.peek()) {
    case '(': return parenthesised();
    case '[': return tuple();
    case '{': return object();
    case '"': return quoted();
    case '-':
    case '!': return unary();
    default: break;
  }
  if (cursor_.sees("<<")) return here_document();
  if (const std::string_view digits = cursor_.take_number(); !digits.empty()) {
    Expression made = node(ExpressionKind::number, begin);
    made.text = digits;
    return made;
  }
  if (cursor_.at_identifier()) return named();
  fail_here("a value is needed here, not " + found(), "strings stand in double quotes");
  return node(ExpressionKind::bad, begin);
}

Expression Parser::unary() {
  const Nested nested(*this);
  const std::size_t begin = cursor_.offset();
  Expression made = node(ExpressionKind::unary, begin);
  if (failed_) return made;
  made.text = std::string(1, cursor_.peek());
  cursor_.advance();
  blanks();
  made.children.push_back(with_steps());
  made.where.end = made.children.back().where.end;
  return made;
}

Expression Parser::parenthesised() {
  const std::size_t begin = cursor_.offset();
  cursor_.advance();
  open('(');
  Expression made = node(ExpressionKind::parentheses, begin);
  {
    const Restored newlines(newlines_end_, false);
    blanks();
    made.children.push_back(expression());
    blanks();
  }
  if (!failed_ && cursor_.peek() != ')') fail_here("`)` is missing before " + found());
  if (failed_) return made;
  cursor_.advance();
  close();
  made.where = range(begin);
  return made;
}

Expression Parser::named() {
  const std::size_t begin = cursor_.offset();
  std::string name(cursor_.take_identifier());
  const std::size_t end = cursor_.offset();
  while (cursor_.sees("::")) {
    cursor_.advance(2);
    const std::string_view part = cursor_.take_identifier();
    if (part.empty()) fail_here("a name is needed behind `::`, not " + found());
    name += "::" + std::string(part);
  }
  const bool is_namespaced = cursor_.offset() != end;
  const std::size_t name_end = cursor_.offset();
  blanks();
  if (!failed_ && cursor_.peek() == '(') return call(std::move(name), begin);
  if (is_namespaced) fail_here("only functions have names with `::`, and a call needs `(`");
  if (failed_) return node(ExpressionKind::bad, begin);
  cursor_.seek(name_end);
  ExpressionKind kind = ExpressionKind::variable;
  if (name == "true" || name == "false") kind = ExpressionKind::boolean;
  if (name == "null") kind = ExpressionKind::null;
  Expression made = node(kind, begin);
  if (kind != ExpressionKind::null) made.text = std::move(name);
  return made;
}

Expression Parser::call(std::string name, std::size_t begin) {
  cursor_.advance();
  open('(');
  Expression made = node(ExpressionKind::call, begin);
  made.text = std::move(name);
  {
    const Restored newlines(newlines_end_, false);
    blanks();
    while (!failed_ && cursor_.peek() != ')') {
      made.children.push_back(expression());
      blanks();
      if (failed_ || cursor_.peek() == ')') break;
      if (cursor_.sees("...")) {
        cursor_.advance(3);
        made.spreads = true;
        blanks();
        if (cursor_.peek() != ')') fail_here("`)` must follow `...`, not " + found());
      } else if (cursor_.peek() == ',') {
        cursor_.advance();
        blanks();
      } else {
        fail_here("arguments are separated by commas; found " + found(), "add `,` or `)`");
      }
    }
  }
  if (failed_) return made;
  cursor_.advance();
  close();
  made.where = range(begin);
  return made;
}

}  // namespace mainstay::hcl
