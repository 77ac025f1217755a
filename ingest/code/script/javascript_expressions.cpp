// Expressions and types of JavaScript and TypeScript.
#include <algorithm>
#include <array>
#include <utility>

#include "ingest/code/script/javascript_parser.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using Token = ScriptTokenKind;

/// Words that begin a type and stand in front of another one.
bool is_type_prefix(std::string_view word) {
  constexpr std::array<std::string_view, 10> kWords = {"keyof",   "typeof", "readonly", "unique", "infer",
                                                       "asserts", "new",    "abstract", "|",      "&"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace

void JavascriptParser::skip_one_type() {
  while (now() != nullptr && is_type_prefix(now()->written)) ++at_;
  if (is("(")) {
    skip_bracket();
    if (take("=>")) skip_type();
  } else if (is("{") || is("[")) {
    skip_bracket();
  } else if (now() != nullptr && now()->kind != Token::op) {
    if (now()->kind == Token::text_begin) {
      text();
    } else {
      ++at_;
    }
    while (take(".")) take_name();
  } else if (take("-")) {
    ++at_;
  } else if (!is("<")) {
    return;
  }
  if (is("<")) {
    skip_types();
    if (is("(")) skip_one_type();  // <T>(x: T) => T
  }
  while ((is("[") || is("!")) && !starts_line()) {
    if (!skip_bracket()) ++at_;
  }
}

void JavascriptParser::skip_type() {
  constexpr int kMostTypes = 200;
  const Nested nested(types_);
  if (types_ > 40) return;
  for (int count = 0; count < kMostTypes; ++count) {
    skip_one_type();
    if (take("|") || take("&") || take("is")) continue;
    if (is("extends") && !starts_line()) {
      ++at_;
      skip_type();
      if (take("?")) {
        skip_type();
        if (take(":")) continue;
      }
    }
    return;
  }
}

/// `x => ...`, `(a, b) => ...`, `(a: T): U => ...`, with or without `async` and
/// types in front.
bool JavascriptParser::arrow(Expression& into) {
  const std::size_t begin = at_;
  if (is("async") && !is("=>", 1)) ++at_;
  if (is("<") && !skip_types()) {
    at_ = begin;
    return false;
  }
  if (is_name() && is("=>", 1)) {
    into = made(Kind::function, where());
    into.names.push_back(take_name());
    ++at_;
    take_body(into, {});
    return true;
  }
  if (!is("(")) {
    at_ = begin;
    return false;
  }
  const std::size_t head = at_;
  at_ = behind_bracket();
  bool is_arrow = is("=>");
  if (is(":")) {
    ++at_;
    skip_type();
    is_arrow = is("=>");
  }
  if (!is_arrow) {
    at_ = begin;
    return false;
  }
  const std::size_t behind = at_ + 1;
  at_ = head;
  into = made(Kind::function, where());
  std::vector<Statement> defaults;
  into.names = parameters(defaults);
  at_ = behind;
  take_body(into, std::move(defaults));
  return true;
}

/// Behind the head of a function: its body, or the expression that it gives
/// back.
void JavascriptParser::take_body(Expression& function, std::vector<Statement> defaults) {
  const Nested nested(depth_);
  function.body = std::move(defaults);
  if (depth_ > kDeepest) {
    skip_bracket();
    return;
  }
  if (is("{")) {
    std::vector<Statement> inside = block();
    std::move(inside.begin(), inside.end(), std::back_inserter(function.body));
    return;
  }
  Statement back = BraceParser::made(StatementKind::give_back);
  back.value = expression();
  if (back.value.kind == Kind::assigned) {
    add_expression(std::move(back.value), function.body);
  } else {
    function.body.push_back(std::move(back));
  }
}

/// function name(a, b) { ... }
bool JavascriptParser::function_value(Expression& into) {
  const std::size_t begin = at_;
  if (is("async") && is("function", 1)) ++at_;
  if (!is("function")) {
    at_ = begin;
    return false;
  }
  into = made(Kind::function, where());
  ++at_;
  take("*");
  into.word = take_name();
  skip_types();
  std::vector<Statement> defaults;
  into.names = parameters(defaults);
  if (take(":")) skip_type();
  if (is("{")) {
    take_body(into, std::move(defaults));
  } else {
    take(";");
  }
  return true;
}

/// new T(...): a call of T.
bool JavascriptParser::made_new(Expression& into) {
  if (!is("new") || is(".", 1)) return false;
  const Location begin = where();
  ++at_;
  Expression type = is("(") || is("class") ? atom() : plain();
  while (is(".")) {
    ++at_;
    Expression attribute = made(Kind::attribute, where());
    attribute.word = take_name();
    attribute.parts.push_back(std::move(type));
    type = std::move(attribute);
  }
  skip_types();
  into = made(Kind::call, begin, std::move(type));
  if (take("(")) arguments(into);
  return true;
}

bool JavascriptParser::special(Expression& into) {
  if (function_value(into) || made_new(into)) return true;
  if (is("async") || is("(") || is("<") || (is_name() && is("=>", 1))) {
    if (arrow(into)) return true;
    const std::size_t begin = at_;
    if (is("<") && skip_types()) {  // <T>value
      into = unary();
      return true;
    }
    at_ = begin;
  }
  if (is("class")) {
    Statement one = type();
    into = made(Kind::function, one.where);
    into.word = one.word;
    into.body = std::move(one.body);
    return true;
  }
  return false;
}

bool JavascriptParser::special_suffix(Expression& value) {
  if (is("!") && !starts_line()) {  // x! of TypeScript
    ++at_;
    return true;
  }
  if (is("<")) {  // f<T>(x)
    const std::size_t begin = at_;
    if (skip_types() && is("(")) return true;
    at_ = begin;
    return false;
  }
  if (now() == nullptr || (now()->kind != Token::text_begin && !(is_string() && now()->written.starts_with("`")))) return false;
  // tag`text`: a call with the text.
  Expression call = around(Kind::call, std::move(value));
  call.parts.push_back(plain());
  call.names.resize(1);
  value = std::move(call);
  return true;
}

void JavascriptParser::entry(Expression& table) {
  constexpr std::array<std::string_view, 3> kModifiers = {"async", "get", "set"};
  const std::size_t begin = at_;
  while (std::any_of(kModifiers.begin(), kModifiers.end(), [&](std::string_view one) { return is(one); }) && !is(":", 1) && !is("(", 1) &&
         !is(",", 1) && !is("}", 1))
    ++at_;
  take("*");
  const bool is_method = (is_name() || is_string()) && (is("(", 1) || is("<", 1)) && !is("function") && !is("new");
  if (is_method) {
    Expression key = texted(is_string() ? std::string_view(now()->value) : now()->written, where());
    ++at_;
    skip_types();
    Expression function = made(Kind::function, key.where);
    function.word = key.text.known().value_or("");
    std::vector<Statement> defaults;
    function.names = parameters(defaults);
    if (take(":")) skip_type();
    if (is("{")) {
      take_body(function, std::move(defaults));
      table.parts.push_back(std::move(key));
      table.parts.push_back(std::move(function));
      return;
    }
  }
  at_ = begin;
  BraceParser::entry(table);
}

std::string JavascriptParser::parameter(std::vector<Statement>& defaults) {
  while (take("...") || take("@") || take("public") || take("private") || take("protected") || take("readonly") || take("override")) {
  }
  const Location begin = where();
  std::string name;
  Expression shape;
  if (is("{") || is("[")) {
    const std::size_t end = behind_bracket();
    shape = atom();
    at_ = end;
  } else {
    name = take_name();
  }
  take("?");
  if (take(":")) skip_type();
  Expression initial = named(name, begin);
  if (take("=")) initial = made(Kind::either, begin, named(name, begin), expression());
  if (name.empty()) {
    name = "(pattern " + std::to_string(begin.begin) + ")";  // a name that no source can have
    pattern(shape, named(name, begin), defaults);
  } else if (initial.kind == Kind::either) {
    add_expression(made(Kind::assigned, begin, named(name, begin), std::move(initial)), defaults);
  }
  return name;
}

std::vector<std::string> JavascriptParser::parameters(std::vector<Statement>& defaults) {
  std::vector<std::string> names;
  if (!is("(")) return names;
  const std::size_t end = behind_bracket();
  ++at_;
  while (at_ + 1 < end) {
    const std::size_t before = at_;
    if (!is(",")) names.push_back(parameter(defaults));
    if (!take(",") && at_ == before) ++at_;
  }
  at_ = end;
  return names;
}

}  // namespace mainstay::script
