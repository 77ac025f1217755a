// Expressions: operators by precedence, steps, literals, loops.
#include <array>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/syntax/bicep/parser.h"

namespace mainstay::bicep {
namespace {

using Kind = ExpressionKind;

constexpr int kLevels = 7;

/// From the weakest to the strongest; a longer operator before one that it begins with.
constexpr std::array<std::array<std::string_view, 4>, kLevels> kOperators = {
    {{"??"}, {"||"}, {"&&"}, {"==", "!=", "=~", "!~"}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}}};

}  // namespace

Expression Parser::node(Kind kind, std::size_t begin) const {
  Expression made;
  made.kind = kind;
  made.where = range(begin);
  return made;
}

Expression Parser::whole_template_expression() {
  is_template_ = true;
  skip(true);
  Expression made = with_steps();
  skip(true);
  if (!at_end()) failed_ = true;
  return failed_ ? Expression() : made;
}

Expression Parser::expression() {
  const Nested level(*this);
  if (failed_) return {};
  const std::size_t begin = at_;
  Expression condition = binary(0);
  const std::size_t behind = at_;
  skip(true);
  if (failed_ || peek() != '?' || peek(1) == '?' || peek(1) == '.') {
    at_ = behind;
    return condition;
  }
  ++at_;
  skip(true);
  Expression then = expression();
  skip(true);
  expect(":");
  skip(true);
  Expression otherwise = expression();
  Expression made = node(Kind::conditional, begin);
  made.children.push_back(std::move(condition));
  made.children.push_back(std::move(then));
  made.children.push_back(std::move(otherwise));
  return made;
}

std::string_view Parser::operator_at(int level) const {
  for (const std::string_view one : kOperators[static_cast<std::size_t>(level)]) {
    if (!one.empty() && sees(one)) return one;
  }
  return {};
}

Expression Parser::binary(int level) {
  if (level == kLevels) return unary();
  const std::size_t begin = at_;
  Expression left = binary(level + 1);
  while (!failed_) {
    const std::size_t behind = at_;
    skip(false);
    // An operator may begin the next line; a minus there begins the next item of a list.
    std::string_view sign = operator_at(level);
    if (sign.empty()) {
      skip(true);
      sign = operator_at(level);
      if (sign == "-") sign = {};
    }
    if (sign.empty()) {
      at_ = behind;
      return left;
    }
    at_ += sign.size();
    skip(true);
    Expression right = binary(level + 1);
    Expression made = node(Kind::binary, begin);
    made.text = sign;
    made.children.push_back(std::move(left));
    made.children.push_back(std::move(right));
    left = std::move(made);
  }
  return left;
}

Expression Parser::unary() {
  const Nested level(*this);
  const std::size_t begin = at_;
  if (failed_) return {};
  for (const std::string_view sign : {"!", "-"}) {
    if (!take(sign)) continue;
    skip(false);
    Expression inner = unary();
    Expression made = node(Kind::unary, begin);
    made.text = sign;
    made.children.push_back(std::move(inner));
    return made;
  }
  return with_steps();
}

Expression Parser::with_steps() {
  Expression made = term();
  while (!failed_ && step(made)) {
  }
  return made;
}

/// One step behind what is read; false when there is none.
bool Parser::step(Expression& base) {
  const std::size_t begin = at_;
  const auto wrap = [&](Kind kind, std::string text) {
    Expression made = node(kind, begin);
    made.where.begin = base.where.begin;
    made.text = std::move(text);
    made.children.push_back(std::move(base));
    base = std::move(made);
  };
  if (take("::")) {
    skip(true);
    std::string name = word();
    if (name.empty()) failed("a name is expected here");
    wrap(Kind::nested, std::move(name));
    return true;
  }
  // A dot may begin the next line.
  if (!is_template_) {
    const std::size_t behind = at_;
    skip(true);
    if (peek() != '.' || peek(1) == '.') at_ = behind;
  }
  if (peek() == '.' && peek(1) != '.') {
    ++at_;
    if (peek() == '?') ++at_;
    skip(true);
    std::string name = word();
    if (name.empty()) failed("a name is expected here");
    if (peek() == '(') {
      std::vector<Expression> given = arguments();
      wrap(Kind::method, std::move(name));
      for (Expression& one : given) base.children.push_back(std::move(one));
    } else {
      wrap(Kind::member, std::move(name));
    }
    return true;
  }
  if (peek() == '[' && take("[")) {
    take("?");
    skip(true);
    Expression inside = expression();
    skip(true);
    expect("]");
    wrap(Kind::index, {});
    base.children.push_back(std::move(inside));
    return true;
  }
  // The mark that something is not null changes nothing here.
  return peek() == '!' && peek(1) != '=' && peek(1) != '~' && take("!");
}

Expression Parser::term() {
  const Nested level(*this);
  const std::size_t begin = at_;
  if (failed_) return {};
  const char c = peek();
  if (c == '\'') return sees("'''") && !is_template_ ? multi_line() : quoted();
  if (c == '[') return list();
  if (c == '{') return object();
  if (take("(")) {
    skip(true);
    Expression made = expression();
    skip(true);
    expect(")");
    return made;
  }
  if ((c >= '0' && c <= '9') || (is_template_ && c == '-')) {
    ++at_;
    while (is_ascii_alphanumeric(peek()) || (is_template_ && peek() == '.' && peek(1) >= '0' && peek(1) <= '9')) ++at_;
    Expression made = node(Kind::number, begin);
    made.text = text_.substr(begin, at_ - begin);
    return made;
  }
  std::string name = word();
  if (name.empty()) {
    failed("a value is expected here");
    return {};
  }
  if (peek() == '(') {
    std::vector<Expression> given = arguments();
    Expression made = node(Kind::call, begin);
    made.text = std::move(name);
    made.children = std::move(given);
    return made;
  }
  if (!is_template_ && (name == "true" || name == "false" || name == "null")) {
    Expression made = node(name == "null" ? Kind::null : Kind::boolean, begin);
    made.text = std::move(name);
    return made;
  }
  Expression made = node(Kind::name, begin);
  made.text = std::move(name);
  return made;
}

std::vector<Expression> Parser::arguments() {
  std::vector<Expression> found;
  expect("(");
  for (skip(true); !failed_ && !take(")"); skip(true)) {
    if (at_end()) failed("\")\" is expected here");
    if (failed_) break;
    Expression one = expression();
    skip(true);
    // A function as an argument: `x => ...`. What it does is not followed.
    if (take("=>")) {
      skip(true);
      (void)expression();
      one = node(Kind::bad, at_);
    }
    found.push_back(std::move(one));
    skip(true);
    if (peek() != ')') expect(",");
  }
  return found;
}

Expression Parser::list() {
  const std::size_t begin = at_;
  expect("[");
  skip(true);
  if (take_word("for")) return loop(begin);
  Expression made;
  std::vector<Expression> items;
  while (!failed_ && !take("]")) {
    if (at_end()) failed("\"]\" is expected here");
    take("...");
    if (!failed_) items.push_back(expression());
    skip(true);
    take(",");
    skip(true);
  }
  made = node(Kind::list, begin);
  made.children = std::move(items);
  return made;
}

/// `for x in list: value]` or `for (x, i) in list: if (...) value]`, behind its first word.
Expression Parser::loop(std::size_t begin) {
  std::string item, index;
  skip(true);
  if (take("(")) {
    skip(true);
    item = word();
    skip(true);
    expect(",");
    skip(true);
    index = word();
    skip(true);
    expect(")");
  } else {
    item = word();
  }
  skip(true);
  if (!failed_ && !take_word("in")) failed("\"in\" is expected here");
  skip(true);
  Expression over = expression();
  skip(true);
  expect(":");
  skip(true);
  Expression value = failed_ ? Expression() : body();
  skip(true);
  expect("]");
  Expression made = node(Kind::loop, begin);
  made.text = std::move(item);
  made.key = std::move(index);
  made.children.push_back(std::move(over));
  made.children.push_back(std::move(value));
  return made;
}

Expression Parser::object() {
  const std::size_t begin = at_;
  expect("{");
  Expression made;
  made.kind = Kind::object;
  for (skip(true); !failed_ && !take("}"); skip(true)) {
    if (at_end()) failed("\"}\" is expected here");
    if (!failed_) object_item(made);
    skip(true);
    take(",");
  }
  made.where = range(begin);
  return made;
}

void Parser::object_item(Expression& into) {
  if (take("...")) {
    (void)expression();
    return;
  }
  const std::size_t begin = at_;
  bool is_resource = peek() == '@';
  if (take_word("resource")) {
    skip(false);
    is_resource = is_ascii_alphanumeric(peek()) || peek() == '_';  // not the key of that name
  }
  at_ = begin;
  if (is_resource) {
    into.statements.push_back(statement());
    return;
  }
  Expression key;
  if (peek() == '\'') {
    key = quoted();
  } else {
    std::string name = word();
    if (name.empty()) return failed("a key is expected here");
    key = node(Kind::text, begin);
    key.text = std::move(name);
  }
  skip(false);
  expect(":");
  skip(true);
  Expression value = failed_ ? Expression() : body();
  if (failed_) return;
  into.children.push_back(std::move(key));
  into.children.push_back(std::move(value));
}

}  // namespace mainstay::bicep
