// Expressions of C and C++.
#include <algorithm>
#include <array>
#include <utility>

#include "ingest/code/script/c_parser.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using Token = ScriptTokenKind;

bool is_basic_type(std::string_view word) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"const", "volatile", "unsigned", "signed", "struct", "union", "enum", "class", "char", "short",
                                       "int", "long", "float", "double", "void", "bool", "_Bool", "auto", "typename"});
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end() || word.ends_with("_t");
}

bool is_keyword(std::string_view word) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"return", "case", "sizeof", "else", "throw", "new", "delete", "goto", "co_return", "co_await"});
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace

Expression CParser::expression_at(std::size_t at) {
  at_ = at;
  return expression();
}

/// A list of types or values in "<" and ">", where "<<" may stand for two that close, as the tokens have it.
bool CParser::skip_template() {
  constexpr std::size_t kLongest = 100;  // tokens
  constexpr std::array<std::string_view, 9> kParts = {",", "::", "*", "&", "&&", "[", "]", "...", "."};
  if (!is("<")) return false;
  int depth = 0;
  for (std::size_t at = at_; at < tokens_.size() && at - at_ < kLongest; ++at) {
    const ScriptToken& token = tokens_[at];
    if (token.kind != Token::op) continue;
    if (token.written == "<") {
      ++depth;
    } else if (token.written == ">" || (token.written == "<<" && depth > 1)) {
      depth -= token.written == ">" ? 1 : 2;
      if (depth > 0) continue;
      at_ = at + 1;
      return true;
    } else if (token.written == "(") {
      at = behind_bracket(at) - 1;
    } else if (std::find(kParts.begin(), kParts.end(), token.written) == kParts.end()) {
      return false;
    }
  }
  return false;
}

/// A number that is one more behind it.
Expression CParser::stepped(Expression value) {
  Expression one = around(Kind::unknown, std::move(value));
  one.word = kStepWord;
  return one;
}

Expression CParser::unary() {
  const Nested nested(depth_);
  const Location begin = where();
  if (depth_ > kDeepest) {
    while (is("!") || is("*") || is("&") || is("-") || is("~") || is("+") || is("&&")) ++at_;
    return postfix(atom());
  }
  if (take("!")) return made(Kind::opposite, begin, unary());
  if (take("&") || take("&&")) return made(Kind::address, begin, unary());
  if (take("*")) return made(Kind::pointee, begin, unary());
  if (take("++")) {
    Expression target = unary();
    Expression number = made(Kind::number, begin);
    number.number = 1;
    Expression sum = made(Kind::sum, begin, copy_of(target), std::move(number));
    return made(Kind::assigned, begin, std::move(target), std::move(sum));
  }
  if (take("--")) return unary();
  if (take("-")) {
    Expression value = unary();
    if (value.kind != Kind::number) {
      Expression below = made(Kind::unknown, begin, std::move(value));
      below.word = kMinusWord;
      return below;
    }
    value.number = -value.number;
    return value;
  }
  if (take("~") || take("+") || take("co_await")) return made(Kind::unknown, begin, unary());
  if (is("sizeof") || is("alignof") || is("typeid") || is("decltype")) {
    ++at_;
    if (is("...")) ++at_;
    if (!skip_bracket()) unary();
    Expression size = made(Kind::unknown, begin);
    size.word = kSizeWord;
    return size;
  }
  if (take("delete")) {
    if (is("[")) skip_bracket();
    return made(Kind::unknown, begin, unary());
  }
  if (cast()) return unary();
  return postfix(atom());
}

/// Passes over "(T *)" in front of a value.
bool CParser::cast() {
  if (!is("(") || !is_name(1)) return false;
  const std::size_t behind = behind_bracket();
  if (behind >= tokens_.size()) return false;
  const std::size_t begin = at_;
  ++at_;
  bool is_type = is_basic_type(now()->written);
  while (at_ + 1 < behind) {
    if (is_name()) {
      is_type = is_type || is_basic_type(now()->written);
      ++at_;
    } else if (is("*") || is("&") || is("&&")) {
      is_type = is_type || at_ + 2 == behind;
      ++at_;
    } else if (is("::")) {
      ++at_;
    } else if (!is("<") || !skip_template()) {
      break;
    }
  }
  const ScriptToken& next = tokens_[behind];
  const bool begins_value = next.kind == Token::string || next.kind == Token::number ||
                            (next.kind == Token::name && next.written != "and") ||
                            (is_type && (next.written == "(" || next.written == "&" || next.written == "*" || next.written == "-" ||
                                         next.written == "!" || next.written == "{" || next.written == "::"));
  if (at_ + 1 != behind || !begins_value || (next.written == "{" && !is_type)) {
    at_ = begin;
    return false;
  }
  at_ = behind;
  return true;
}

/// Texts side by side, with macros between them.
bool CParser::literal(Expression& into) {
  const auto is_text = [&](std::size_t ahead) { return now(ahead) != nullptr && now(ahead)->kind == Token::string; };
  if (!is_text(0) && !(is_name() && is_text(1) && !is_keyword(now()->written))) return false;
  into = made(Kind::sum, where());
  while (is_text(0) || (is_name() && (is_text(1) || !into.parts.empty()) && !is("(", 1) && !is_keyword(now()->written)))
    into.parts.push_back(plain());
  if (into.parts.size() == 1) {
    Expression only = std::move(into.parts.front());
    into = std::move(only);
  }
  return true;
}

/// [captures](parameters) { ... }
bool CParser::lambda(Expression& into) {
  if (!is("[")) return false;
  const std::size_t begin = at_;
  into = made(Kind::function, where());
  skip_bracket();
  std::vector<Statement> defaults;
  if (is("(")) into.names = parameters(defaults);
  while (is_name() || is("->") || is("::") || is("*") || is("&")) {
    ++at_;
    if (is("<")) skip_template();
  }
  if (is("{")) {
    into.body = block();
    return true;
  }
  at_ = begin;
  return false;
}

bool CParser::made_new(Expression& into) {
  if (!is("new")) return false;
  const Location begin = where();
  ++at_;
  if (is("(")) skip_bracket();
  Expression type = made(Kind::unknown, begin);
  bool is_object = false;
  skip_type_words(type, is_object);
  while (is("*")) ++at_;
  into = made(Kind::call, begin, std::move(type));
  while (is("[")) skip_bracket();
  if (take("(")) arguments(into);
  if (is("{")) skip_bracket();
  into.names.resize(into.parts.size() - 1);
  return true;
}

/// { a, .b = c }
Expression CParser::braced() {
  Expression all = made(Kind::list, where());
  ++at_;
  list_until("}", all);
  return all;
}

bool CParser::special(Expression& into) {
  if (literal(into) || lambda(into) || made_new(into)) return true;
  const Location begin = where();
  if (take("::")) {
    into = plain();
    return true;
  }
  if (is(".") && is_name(1)) {  // of an initialiser: it is no name of the function
    ++at_;
    into = made(Kind::attribute, begin, made(Kind::unknown, begin));
    into.word = take_name();
    return true;
  }
  constexpr std::array<std::string_view, 4> kCasts = {"static_cast", "reinterpret_cast", "const_cast", "dynamic_cast"};
  if (is_name() && std::find(kCasts.begin(), kCasts.end(), now()->written) != kCasts.end()) {
    ++at_;
    skip_template();
    into = take("(") ? expression() : made(Kind::unknown, begin);
    take(")");
    return true;
  }
  if (is("(") && is("{", 1)) {  // statements as an expression
    skip_bracket();
    into = made(Kind::unknown, begin);
    return true;
  }
  if (is("{")) {
    into = braced();
    return true;
  }
  if (is("NULL")) {
    ++at_;
    into = made(Kind::nothing, begin);
    return true;
  }
  if (is("nullptr") || is("nullopt")) {
    ++at_;
    into = made(Kind::nothing, begin);
    return true;
  }
  if (is("throw")) {
    ++at_;
    into = made(Kind::unknown, begin, expression());
    return true;
  }
  return false;
}

bool CParser::special_suffix(Expression& value) {
  if (is("->")) {
    ++at_;
    Expression attribute = made(Kind::attribute, where(), std::move(value));
    attribute.word = take_name();
    value = std::move(attribute);
    return true;
  }
  if (is("++") || is("--")) {
    const bool is_more = is("++");
    ++at_;
    if (is_more) value = stepped(std::move(value));
    return true;
  }
  const bool is_named = value.kind == Kind::name || value.kind == Kind::attribute;
  if (is("<") && is_named) {
    const std::size_t begin = at_;
    if (skip_template() && (is("(") || is("::") || is("{"))) return true;
    at_ = begin;
    return false;
  }
  if (is("{") && is_named) {
    Expression call = around(Kind::call, std::move(value));
    ++at_;
    list_until("}", call);
    call.names.resize(call.parts.size() - 1);
    value = std::move(call);
    return true;
  }
  if (is("::") && is_name(1) && now(1)->written == "nullopt") {
    at_ += 2;
    value = made(Kind::nothing, value.where);
    return true;
  }
  return false;
}

/// The last name of each piece between the commas; of a pointer to a function the one in its brackets.
std::vector<std::string> CParser::parameters(std::vector<Statement>&) {
  return last_names([this] { return skip_template(); });
}

}  // namespace mainstay::script
