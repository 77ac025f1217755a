// Expressions.
#include "ingest/code/script/brace_parser.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using Token = ScriptTokenKind;

struct Operator {
  std::string_view written;
  int precedence;
  Kind kind;
  std::string_view word;  // of a comparison
};

constexpr auto kOperators = std::to_array<Operator>({
    {"??", 1, Kind::either, {}},     {"||", 1, Kind::either, {}},     {"&&", 2, Kind::both, {}},
    {"|", 3, Kind::unknown, {}},     {"^", 4, Kind::unknown, {}},     {"&", 5, Kind::unknown, {}},
    {"===", 6, Kind::compare, "=="}, {"!==", 6, Kind::compare, "!="}, {"==", 6, Kind::compare, "=="},
    {"!=", 6, Kind::compare, "!="},  {"<=", 7, Kind::compare, "<="},  {">=", 7, Kind::compare, ">="},
    {"<", 7, Kind::compare, "<"},    {">", 7, Kind::compare, ">"},    {"instanceof", 7, Kind::compare, "instanceof"},
    {"<<", 8, Kind::unknown, {}},    {"&^", 8, Kind::unknown, {}},    {"+", 9, Kind::sum, {}},
    {"-", 9, Kind::unknown, {}},     {"*", 10, Kind::unknown, {}},    {"/", 10, Kind::unknown, {}},
    {"%", 10, Kind::unknown, {}},    {"**", 11, Kind::unknown, {}},
});

}  // namespace

Expression BraceParser::around(Kind kind, Expression part) {
  Expression one;
  one.kind = kind;
  one.where = part.where;
  one.parts.push_back(std::move(part));
  return one;
}

Expression BraceParser::named(std::string word, Location where) {
  Expression one = made(Kind::name, where);
  one.word = std::move(word);
  return one;
}

Expression BraceParser::texted(std::string_view text, Location where) {
  Expression one = made(Kind::text, where);
  one.text.append(text);
  return one;
}

Expression BraceParser::expressions() {
  Expression first = expression();
  if (!is(",")) return first;
  Expression all = made(Kind::list, first.where);
  all.parts.push_back(std::move(first));
  while (take(",")) all.parts.push_back(expression());
  return all;
}

Expression BraceParser::expression() {
  const Nested nested(depth_);
  if (depth_ > kDeepest || ++parts_ > kMostParts) {
    const Location begin = where();
    if (!skip_bracket() && now() != nullptr && !is("}") && !is(")") && !is("]")) ++at_;
    return made(Kind::unknown, begin);
  }
  Expression value = binary(1);
  if (take("?")) {
    Expression choice = made(Kind::choice, value.where);
    choice.parts.push_back(expression());
    choice.parts.push_back(std::move(value));
    choice.parts.push_back(take(":") ? expression() : made(Kind::unknown, where()));
    value = std::move(choice);
  } else {
    assignment_tail(value);
  }
  settle(value);
  return value;
}

void BraceParser::assignment_tail(Expression& left) {
  constexpr std::array<std::string_view, 15> kJoining = {
      "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**=", "<<=", "&&=", "||=", "?\?=", "=", ":="};
  const auto found = std::find_if(kJoining.begin(), kJoining.end(), [&](std::string_view one) { return is(one); });
  if (found == kJoining.end()) return;
  ++at_;
  Expression value = expression();
  if (*found != "=" && *found != ":=") {
    const Kind kind = *found == "+="                        ? Kind::sum
                      : *found == "||=" || *found == "?\?=" ? Kind::either
                      : *found == "&&="                     ? Kind::both
                                                            : Kind::unknown;
    value = made(kind, left.where, copy_of(left), std::move(value));
  }
  name_function(value, left);
  const Location begin = left.where;
  left = made(Kind::assigned, begin, std::move(left), std::move(value));
}

void BraceParser::name_function(Expression& function, const Expression& target) {
  if (function.kind == Kind::function && function.word.empty() && (target.kind == Kind::name || target.kind == Kind::attribute))
    function.word = target.word;
}

Expression BraceParser::binary(int least) {
  Expression left = unary();
  settle(left);
  while (true) {
    const ScriptToken* token = now();
    if (token == nullptr) return left;
    if (token->kind == Token::name && is_type_operator(token->written)) {
      if (least > 7) return left;
      ++at_;
      skip_type();
      continue;
    }
    const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](const Operator& one) { return is(one.written); });
    if (found == kOperators.end() || found->precedence < least) return left;
    ++at_;
    Expression right = binary(found->precedence + 1);
    if (found->kind == Kind::sum && left.kind == Kind::sum) {
      add_part(left, std::move(right));
      continue;
    }
    const Location begin = left.where;
    left = made(found->kind, begin, std::move(left), std::move(right));
    left.word = found->word;
    settle(left);
  }
}

Expression BraceParser::unary() {
  constexpr std::array<std::string_view, 10> kChanging = {"-", "+", "~", "typeof", "void", "delete", "++", "--", "...", "<-"};
  constexpr std::array<std::string_view, 6> kPlain = {"await", "yield", "&", "*", "**", "^"};  // the value behind it is what is meant
  const Location begin = where();
  bool is_opposite = false, is_changed = false;
  while (true) {
    const auto next_is = [&](std::string_view one) { return is(one); };
    if (take("!")) {
      is_opposite = !is_opposite;
    } else if (std::any_of(kChanging.begin(), kChanging.end(), next_is)) {
      is_changed = is_changed || !is("...");
      ++at_;
    } else if (std::any_of(kPlain.begin(), kPlain.end(), next_is) && !is(")", 1) && !is(",", 1) && !is("=", 1) && !is("=>", 1)) {
      ++at_;
    } else {
      break;
    }
  }
  const std::size_t before = at_;
  Expression value = postfix(atom());
  if (is_changed && value.kind == Kind::number && at_ == before + 1) {
    value.number = -value.number;
    return value;
  }
  if (is_changed) value = made(Kind::unknown, begin, std::move(value));
  if (is_opposite) value = made(Kind::opposite, begin, std::move(value));
  return value;
}

Expression BraceParser::postfix(Expression value) {
  while (true) {
    settle(value);
    if (special_suffix(value)) continue;
    if (is(".") || is("?.") || is("::")) {
      ++at_;
      if (is("(") || is("[")) continue;
      Expression attribute = made(Kind::attribute, where());
      attribute.word = take_name();
      attribute.parts.push_back(std::move(value));
      value = std::move(attribute);
    } else if (is("(")) {
      Expression call = around(Kind::call, std::move(value));
      ++at_;
      arguments(call);
      value = std::move(call);
    } else if (take("[")) {
      Expression inside = made(Kind::list, where());
      const bool is_slice = is(":");
      list_until("]", inside);
      Expression element = around(Kind::element, std::move(value));
      if (inside.parts.size() == 1 && !is_slice) element.parts.push_back(std::move(inside.parts.front()));
      value = std::move(element);
    } else if ((is("++") || is("--")) && !starts_line()) {
      ++at_;
      value = around(Kind::unknown, std::move(value));
    } else {
      break;
    }
  }
  return value;
}

void BraceParser::list_until(std::string_view closing, Expression& into) {
  const Literals outer = std::exchange(literals_, Literals::allowed);
  while (now() != nullptr && !is(closing)) {
    const std::size_t before = at_;
    if (is("}") || is("]") || is(")")) break;  // another one's
    if (!is(",")) into.parts.push_back(expression());
    if (!take(",") && !is(closing) && at_ == before) ++at_;
  }
  take(closing);
  literals_ = outer;
}

void BraceParser::arguments(Expression& call) {
  list_until(")", call);
  call.names.resize(call.parts.size() - 1);
}

/// A text with expressions in it.
Expression BraceParser::text() {
  Expression sum = made(Kind::sum, where());
  if (!now()->value.empty()) sum.parts.push_back(texted(now()->value, where()));
  ++at_;
  while (now() != nullptr) {
    const bool is_part = now()->kind == Token::text_middle || now()->kind == Token::text_end;
    if (!is_part) {
      const std::size_t before = at_;
      sum.parts.push_back(expression());
      while (now() != nullptr && now()->kind != Token::text_middle && now()->kind != Token::text_end) {
        if (is("}") || is(";")) return sum;  // the text was not closed
        ++at_;
      }
      if (at_ == before) return sum;
      continue;
    }
    const bool is_last = now()->kind == Token::text_end;
    if (!now()->value.empty()) sum.parts.push_back(texted(now()->value, where()));
    ++at_;
    if (is_last) return sum;
  }
  return sum;
}

void BraceParser::entry(Expression& table) {
  const Location begin = where();
  const bool is_plain = is_name() || is_string();
  if (is_plain && is(":", 1)) {
    Expression key = texted(is_string() ? std::string_view(now()->value) : now()->written, begin);
    at_ += 2;
    Expression value = expression();
    if (value.kind == Kind::function && value.word.empty()) value.word = key.text.known().value_or("");
    table.parts.push_back(std::move(key));
    table.parts.push_back(std::move(value));
    return;
  }
  Expression key = expression();
  Expression value = take(":") ? expression() : copy_of(key);
  if (key.kind == Kind::name) key = texted(key.word, key.where);
  table.parts.push_back(std::move(key));
  table.parts.push_back(std::move(value));
}

/// What stands in braces: a table.
Expression BraceParser::table() {
  Expression all = made(Kind::table, where());
  const Literals outer = std::exchange(literals_, Literals::allowed);
  ++at_;
  while (now() != nullptr && !is("}")) {
    const std::size_t before = at_;
    if (is("]") || is(")")) break;  // another one's
    if (!is(",")) entry(all);
    if (!take(",") && at_ == before) ++at_;
  }
  take("}");
  literals_ = outer;
  return all;
}

/// Names, numbers and texts.
Expression BraceParser::plain() {
  const ScriptToken* token = now();
  Expression one = made(Kind::unknown, where());
  if (token == nullptr) return one;
  switch (token->kind) {
    case Token::text_begin: return text();
    case Token::string: one = texted(token->value, token->where); break;
    case Token::pattern:
      one = texted(token->value, token->where);
      one.word = "pattern";
      break;
    case Token::number:
      one.kind = Kind::number;
      one.number = std::strtod(std::string(token->written).c_str(), nullptr);
      break;
    case Token::name:
      one = named(std::string(token->written), token->where);
      if (one.word == "true" || one.word == "false") one.kind = Kind::truth;
      if (one.word == "null" || one.word == "undefined" || one.word == "nil") one.kind = Kind::nothing;
      break;
    default: return one;
  }
  ++at_;
  return one;
}

Expression BraceParser::atom() {
  const Nested nested(depth_);
  if (depth_ > kDeepest) {
    const Location begin = where();
    if (!skip_bracket() && now() != nullptr && now()->kind != Token::op) ++at_;
    return made(Kind::unknown, begin);
  }
  Expression one;
  if (special(one)) return one;
  if (is("(")) {
    Expression all = made(Kind::list, where());
    ++at_;
    list_until(")", all);
    if (all.parts.size() != 1) return all;
    Expression only = std::move(all.parts.front());
    return only;
  }
  if (is("[")) {
    Expression all = made(Kind::list, where());
    ++at_;
    list_until("]", all);
    return all;
  }
  if (is("{")) return table();
  return plain();
}

std::vector<std::string> BraceParser::last_names(const std::function<bool()>& skip) {
  std::vector<std::string> names;
  if (!is("(")) return names;
  const std::size_t end = behind_bracket();
  ++at_;
  std::string name;
  bool has_default = false;
  while (at_ + 1 < end) {
    if (is(",")) {
      names.push_back(std::exchange(name, {}));
      has_default = false;
      ++at_;
    } else if (is("=")) {
      has_default = true;
      ++at_;
    } else if (is("<") && skip()) {
      continue;
    } else if (is_name() && !has_default) {
      name = take_name();
    } else if (!skip_bracket()) {
      ++at_;
    }
  }
  if (!name.empty() || !names.empty()) names.push_back(std::move(name));
  at_ = end;
  return names;
}

}  // namespace mainstay::script
