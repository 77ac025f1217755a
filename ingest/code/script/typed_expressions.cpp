// Expressions of Java and C#.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "ingest/code/script/typed_parser.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using Token = ScriptTokenKind;

}  // namespace

/// A type: names with dots, lists of types, brackets of arrays.
void TypedParser::skip_type() {
  const Nested nested(types_);
  if (types_ > 40) return;
  while (is("@")) skip_annotation();
  if (take("?")) {  // of a list of types
    if (take("extends") || take("super")) skip_type();
    return;
  }
  if (is("(")) {  // a tuple
    skip_bracket();
  } else if (!is_name()) {
    return;
  } else {
    ++at_;
    while (true) {
      if (is("<") && !skip_types()) break;
      if ((is(".") || is("::")) && is_name(1)) {
        at_ += 2;
        continue;
      }
      if (!is("<")) break;
    }
  }
  take("?");
  while (is("[") && (is("]", 1) || is(",", 1))) skip_bracket();
  take("?");
}

/// x -> ..., (a, b) => ..., async (T a) => ..., delegate (T a) { ... }
bool TypedParser::lambda(Expression& into) {
  const std::size_t begin = at_;
  if ((is("async") || is("static")) && !is("=>", 1) && !is(".", 1)) ++at_;
  const auto is_arrow = [&](std::size_t ahead) { return is("->", ahead) || is("=>", ahead); };
  if (is_name() && is_arrow(1)) {
    into = made(Kind::function, where());
    into.names.push_back(take_name());
    ++at_;
    take_body(into);
    return true;
  }
  const bool is_delegate = is("delegate") && is("(", 1);
  if (is_delegate) ++at_;
  if (is("(")) {
    const std::size_t behind = behind_bracket();
    const bool fits = behind < tokens_.size() && (tokens_[behind].written == "->" || tokens_[behind].written == "=>" ||
                                                  (is_delegate && tokens_[behind].written == "{"));
    if (fits) {
      into = made(Kind::function, where());
      std::vector<Statement> defaults;
      into.names = parameters(defaults);
      if (!is("{")) ++at_;
      take_body(into);
      return true;
    }
  }
  at_ = begin;
  return false;
}

void TypedParser::take_body(Expression& function) {
  const Nested nested(depth_);
  if (depth_ > kDeepest) {
    skip_bracket();
    return;
  }
  if (is("{")) {
    function.body = block();
    return;
  }
  Statement back = BraceParser::made(StatementKind::give_back);
  if (is("throw")) {
    statement(function.body);
    return;
  }
  back.value = expression();
  if (back.value.kind == Kind::assigned) {
    add_expression(std::move(back.value), function.body);
  } else {
    function.body.push_back(std::move(back));
  }
}

/// What stands in braces behind `new T(...)`: members, entries of a list, or
/// the body of a type without a name.
void TypedParser::initialiser(Expression& call) {
  const bool is_type = is_name(1) && !is("=", 2) && !is(",", 2) && !is("}", 2) && !is(".", 2) && !is("(", 2);
  if (is_type || is("@", 1)) {
    // Its methods are functions of the file.
    Expression body = made(Kind::function, where());
    const std::size_t end = behind_bracket();
    ++at_;
    while (at_ + 1 < end) {
      const std::size_t before = at_;
      member(body.body);
      if (at_ == before) ++at_;
    }
    at_ = end;
    call.parts.push_back(std::move(body));
    call.names.resize(call.parts.size() - 1);
    return;
  }
  Expression inside = table();
  Expression list = made(Kind::list, inside.where), members = made(Kind::table, inside.where);
  for (std::size_t at = 0; at + 1 < inside.parts.size(); at += 2) {
    Expression& value = inside.parts[at + 1];
    if (value.kind == Kind::assigned && value.parts[0].kind == Kind::name) {  // A = b
      members.parts.push_back(texted(value.parts[0].word, value.parts[0].where));
      members.parts.push_back(std::move(value.parts[1]));
    } else if (value.kind == Kind::assigned && value.parts[0].kind == Kind::list && value.parts[0].parts.size() == 1) {  // ["a"] = b
      members.parts.push_back(std::move(value.parts[0].parts[0]));
      members.parts.push_back(std::move(value.parts[1]));
    } else {
      list.parts.push_back(std::move(value));
    }
  }
  call.parts.push_back(members.parts.empty() ? std::move(list) : std::move(members));
  call.names.resize(call.parts.size() - 1);
}

bool TypedParser::made_new(Expression& into) {
  if (!is("new") || is(".", 1)) return false;
  const Location begin = where();
  ++at_;
  Expression type = named("new", begin);
  while (is("@")) skip_annotation();
  if (is_name()) {
    type = plain();
    while (is(".") && is_name(1)) {
      ++at_;
      Expression attribute = made(Kind::attribute, where());
      attribute.word = take_name();
      attribute.parts.push_back(std::move(type));
      type = std::move(attribute);
    }
    skip_types();
    take("?");
  }
  into = made(Kind::call, begin, std::move(type));
  bool is_array = false;
  while (is("[")) {
    skip_bracket();
    is_array = true;
  }
  if (is("(")) {
    ++at_;
    arguments(into);
  }
  if (is("{")) {
    initialiser(into);
    if (is_array) {
      Expression list = std::move(into.parts.back());
      into = std::move(list);
    }
  }
  return true;
}

/// (T) value
bool TypedParser::cast(Expression& into) {
  if (!is("(") || (!is_name(1) && !is("(", 1))) return false;
  const std::size_t behind = behind_bracket();
  if (behind >= tokens_.size()) return false;
  const ScriptToken& next = tokens_[behind];
  const bool is_value = next.kind == Token::string || next.kind == Token::number || next.kind == Token::text_begin || next.written == "(" ||
                        next.written == "!" ||
                        (next.kind == Token::name && next.written != "instanceof" && next.written != "is" && next.written != "as");
  if (!is_value) return false;
  const std::size_t begin = at_;
  ++at_;
  skip_type();
  while (take("&")) skip_type();
  if (at_ + 1 != behind || !is(")")) {
    at_ = begin;
    return false;
  }
  ++at_;
  into = unary();
  return true;
}

bool TypedParser::special(Expression& into) {
  if (lambda(into) || made_new(into) || cast(into)) return true;
  if (is("typeof") || is("nameof") || is("default") || is("sizeof")) {
    if (!is("(", 1)) return false;
    into = made(Kind::unknown, where());
    ++at_;
    skip_bracket();
    return true;
  }
  if (is("throw")) {  // a ?? throw b
    into = made(Kind::unknown, where());
    ++at_;
    into.parts.push_back(expression());
    return true;
  }
  return false;
}

bool TypedParser::special_suffix(Expression& value) {
  if (is("!") && !starts_line() && !is("=", 1)) {
    ++at_;
    return true;
  }
  if (is(".") && is("<", 1)) {  // a.<T>f()
    ++at_;
    skip_types();
    Expression attribute = made(Kind::attribute, where());
    attribute.word = take_name();
    attribute.parts.push_back(std::move(value));
    value = std::move(attribute);
    return true;
  }
  if (is("<") && (value.kind == Kind::name || value.kind == Kind::attribute)) {
    const std::size_t begin = at_;
    if (skip_types() && (is("(") || is("::"))) return true;
    at_ = begin;
    return false;
  }
  if (is("is")) {  // value is null, value is not null, value is T name
    ++at_;
    const bool is_not = take("not");
    Expression test = around(Kind::compare, std::move(value));
    if (is("null")) {
      test.word = is_not ? "is not" : "is";
      test.parts.push_back(plain());
    } else {
      test.word = "instanceof";
      test.parts.push_back(is_name() ? plain() : made(Kind::unknown, where()));
      while (is(".") && is_name(1)) at_ += 2;
      skip_types();
      if (is("{")) skip_bracket();
      if (is_name() && !is("and") && !is("or")) ++at_;
      if (is_not) test = around(Kind::opposite, std::move(test));
    }
    value = std::move(test);
    return true;
  }
  if ((is("switch") && is("{", 1)) || (is("with") && is("{", 1))) {
    ++at_;
    skip_bracket();
    value = around(Kind::unknown, std::move(value));
    return true;
  }
  return false;
}

/// Map.of(key, value, ...) is a table.
Expression TypedParser::postfix(Expression value) {
  value = BraceParser::postfix(std::move(value));
  const bool is_table = value.kind == Kind::call && value.parts.size() > 2 && value.parts.size() % 2 == 1 &&
                        value.parts.front().kind == Kind::attribute && value.parts.front().word == "of" &&
                        value.parts.front().parts.front().word == "Map";
  if (!is_table) return value;
  Expression all = made(Kind::table, value.where);
  all.parts.assign(std::make_move_iterator(value.parts.begin() + 1), std::make_move_iterator(value.parts.end()));
  return all;
}

/// The last name of each piece between the commas.
std::vector<std::string> TypedParser::parameters(std::vector<Statement>&) {
  return last_names([this] { return skip_types(); });
}

}  // namespace mainstay::script
