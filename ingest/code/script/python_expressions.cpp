// Expressions of Python, from the loosest to the tightest.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "ingest/code/script/python_parser.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

/// Everything that is calculated and no sum is unknown, with its parts; "%" keeps its word, as it may fill a text.
Expression sum_of(Expression left, std::string_view word, Expression right) {
  if (word == "+" && left.kind == Kind::sum) {
    add_part(left, std::move(right));
    return left;
  }
  Expression sum;
  sum.where = left.where;
  if (word == "+") sum.kind = Kind::sum;
  if (word == "%") sum.word = word;
  sum.parts.push_back(std::move(left));
  sum.parts.push_back(std::move(right));
  settle(sum);
  return sum;
}

}  // namespace

Expression PythonParser::expressions() {
  Expression first = expression();
  if (!is(",")) return first;
  Expression all = made(Kind::list, first.where);
  all.parts.push_back(std::move(first));
  while (take(",")) {
    if (at_line_end() || is("=") || is(":") || is(")") || is("]")) break;
    all.parts.push_back(expression());
  }
  return all;
}

Expression PythonParser::expression() {
  const Deeper deeper(depth_);
  if (depth_ > kDeepest || ++parts_ > kMostParts) {
    const Location begin = where();
    if (!at_line_end()) ++at_;
    return made(Kind::unknown, begin);
  }
  if (take("yield")) {
    take("from");
    Expression given = made(Kind::unknown, where());
    if (!at_line_end() && !is(")")) given.parts.push_back(expression());
    settle(given);
    return given;
  }
  if (is("lambda")) {
    const Location begin = where();
    while (!at_line_end() && !is(")") && !is("]") && !is("}") && !is(",")) ++at_;
    return made(Kind::unknown, begin);
  }
  take("*");
  take("**");
  Expression value = disjunction();
  if (take(":=")) return disjunction();  // the name is not followed
  if (!take("if")) return value;
  Expression choice = made(Kind::choice, value.where);
  choice.parts.push_back(std::move(value));
  choice.parts.push_back(disjunction());
  choice.parts.push_back(take("else") ? expression() : made(Kind::unknown, where()));
  settle(choice);
  return choice;
}

Expression PythonParser::disjunction() {
  Expression left = conjunction();
  while (take("or")) {
    Expression both = made(Kind::either, left.where);
    both.parts.push_back(std::move(left));
    both.parts.push_back(conjunction());
    left = std::move(both);
    settle(left);
  }
  return left;
}

Expression PythonParser::conjunction() {
  Expression left = inversion();
  while (take("and")) {
    Expression both = made(Kind::both, left.where);
    both.parts.push_back(std::move(left));
    both.parts.push_back(inversion());
    left = std::move(both);
    settle(left);
  }
  return left;
}

Expression PythonParser::inversion() {
  const Location begin = where();
  bool is_opposite = false;
  while (take("not")) is_opposite = !is_opposite;
  Expression value = comparison();
  if (!is_opposite) return value;
  Expression opposite = made(Kind::opposite, begin);
  opposite.parts.push_back(std::move(value));
  return opposite;
}

Expression PythonParser::comparison() {
  constexpr std::array<std::string_view, 8> kOperators = {"==", "!=", "<=", ">=", "<", ">", "in", "is"};
  Expression left = arithmetic();
  std::optional<Expression> chain;
  while (true) {
    std::string word;
    if (is("not") && at_ + 1 < tokens_.size() && tokens_[at_ + 1].written == "in") {
      at_ += 2;
      word = "not in";
    } else {
      const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](std::string_view one) { return is(one); });
      if (found == kOperators.end()) break;
      ++at_;
      word = *found;
      if (word == "is" && take("not")) word = "is not";
    }
    Expression right = arithmetic();
    Expression one = made(Kind::compare, left.where);
    one.word = word;
    one.parts.push_back(std::move(left));
    one.parts.push_back(copy_of(right, copies_));
    left = std::move(right);
    if (chain) {
      Expression both = made(Kind::both, one.where);
      both.parts.push_back(*std::move(chain));
      both.parts.push_back(std::move(one));
      chain = std::move(both);
    } else {
      chain = std::move(one);
    }
    settle(*chain);
  }
  if (!chain) return left;
  return *std::move(chain);
}

Expression PythonParser::arithmetic() {
  constexpr std::array<std::string_view, 12> kOperators = {"+", "-", "*", "/", "//", "%", "@", "&", "|", "^", "<<", ">>"};
  Expression left = unary();
  while (true) {
    const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](std::string_view one) { return is(one); });
    if (found == kOperators.end()) return left;
    ++at_;
    left = sum_of(std::move(left), *found, unary());
  }
}

Expression PythonParser::unary() {
  const Location begin = where();
  bool is_changed = false;
  while (take("-") || take("+") || take("~") || take("await")) is_changed = is_changed || tokens_[at_ - 1].written != "await";
  Expression value = postfix();
  if (take("**")) {
    Expression power = made(Kind::unknown, begin);
    power.parts.push_back(std::move(value));
    power.parts.push_back(postfix());
    return power;
  }
  if (!is_changed) return value;
  if (value.kind == Kind::number) {
    value.number = -value.number;
    return value;
  }
  Expression changed = made(Kind::unknown, begin);
  changed.parts.push_back(std::move(value));
  return changed;
}

Expression PythonParser::postfix() {
  Expression value = atom();
  while (true) {
    settle(value);
    if (take(".")) {
      Expression attribute = made(Kind::attribute, where());
      if (is(PythonTokenKind::name)) attribute.word = tokens_[at_++].written;
      attribute.parts.push_back(std::move(value));
      value = std::move(attribute);
    } else if (take("(")) {
      Expression call = made(Kind::call, value.where);
      call.parts.push_back(std::move(value));
      arguments(call);
      value = std::move(call);
    } else if (take("[")) {
      value = subscript(std::move(value));
    } else {
      break;
    }
  }
  return value;
}

void PythonParser::arguments(Expression& call) {
  while (!at_line_end() && !is(")")) {
    const std::size_t before = at_;
    std::string name;
    if (is(PythonTokenKind::name) && at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == PythonTokenKind::op &&
        tokens_[at_ + 1].written == "=") {
      name = now()->written;
      at_ += 2;
    }
    Expression value = expression();
    if (is("for") || is("async")) value = each(std::move(value), ")");
    call.parts.push_back(std::move(value));
    call.names.push_back(std::move(name));
    if (!take(",") && !is(")")) ++at_;
    if (at_ == before) ++at_;
  }
  take(")");
}

Expression PythonParser::subscript(Expression of) {
  Expression element = made(Kind::element, of.where);
  element.parts.push_back(std::move(of));
  bool is_slice = is(":");
  if (!is_slice) {
    Expression index = expressions();
    is_slice = is(":");
    if (!is_slice) element.parts.push_back(std::move(index));
  }
  int depth = 1;
  while (!at_line_end() && depth > 0) {
    depth += is("[") ? 1 : is("]") ? -1 : 0;
    ++at_;
  }
  return element;
}

/// What follows a value in a comprehension, up to its bracket.
Expression PythonParser::each(Expression value, std::string_view closing) {
  Expression one = made(Kind::each, value.where);
  one.parts.push_back(std::move(value));
  take("async");
  take("for");
  while (!is("in") && !is(closing) && !at_line_end()) {
    if (is(PythonTokenKind::name) && one.word.empty()) one.word = now()->written;
    ++at_;
  }
  take("in");
  one.parts.push_back(disjunction());
  while (take("if")) one.parts.push_back(disjunction());
  while (is("for") || is("async")) {  // what is nested is not followed
    one.kind = Kind::unknown;
    ++at_;
    while (!is(closing) && !at_line_end()) ++at_;
  }
  return one;
}

Expression PythonParser::bracketed() {
  const Location begin = where();
  const std::string_view closing = tokens_[at_ - 1].written == "(" ? ")" : "]";
  Expression all = made(Kind::list, begin);
  bool has_comma = closing == "]";
  while (!at_line_end() && !is(closing)) {
    const std::size_t before = at_;
    Expression value = expression();
    if (is("for") || is("async")) {
      value = each(std::move(value), closing);
      take(closing);
      return value;
    }
    all.parts.push_back(std::move(value));
    has_comma = is(",") || has_comma;
    if (!take(",") && !is(closing)) ++at_;
    if (at_ == before) ++at_;
  }
  take(closing);
  if (!has_comma && all.parts.size() == 1) return std::move(all.parts.front());
  return all;
}

Expression PythonParser::table() {
  Expression all = made(Kind::table, where());
  while (!at_line_end() && !is("}")) {
    const std::size_t before = at_;
    Expression key = expression();
    if (is("for") || is("async")) {
      key = each(std::move(key), "}");
      take("}");
      return key;
    }
    if (take(":")) {
      all.parts.push_back(std::move(key));
      all.parts.push_back(expression());
      if (is("for")) {
        while (!at_line_end() && !is("}")) ++at_;
        all.kind = Kind::unknown;
      }
    } else {
      all.kind = Kind::list;
      all.parts.push_back(std::move(key));
    }
    if (!take(",") && !is("}")) ++at_;
    if (at_ == before) ++at_;
  }
  take("}");
  return all;
}

/// The expression in a replacement field of an f-string.
Expression PythonParser::in_field(std::string_view field, const PythonToken& text) {
  const Deeper deeper(depth_);
  if (depth_ > kDeepest) return made(Kind::unknown, text.where);
  std::vector<PythonToken> tokens = python_tokens(field, text.where.source, [](const PythonProblem&) {});
  const auto begin = text.where.begin + static_cast<std::uint32_t>(field.data() - text.written.data());
  for (PythonToken& one : tokens) {
    one.where.begin += begin;
    one.where.end += begin;
  }
  PythonParser inside(tokens);
  inside.depth_ = depth_;
  inside.parts_ = parts_;
  inside.take(PythonTokenKind::block_begin);  // "{ a }"
  Expression value = inside.at_line_end() ? made(Kind::unknown, text.where) : inside.expressions();
  parts_ = inside.parts_;
  return value;
}

Expression PythonParser::atom() {
  const PythonToken* token = now();
  if (token == nullptr || at_line_end()) return made(Kind::unknown, where());
  Expression one = made(Kind::unknown, token->where);
  switch (token->kind) {
    case PythonTokenKind::string:
      one.kind = Kind::text;
      for (; is(PythonTokenKind::string); ++at_) {
        one.text.append(now()->value);
        for (const std::string_view field : now()->fields) one.parts.push_back(in_field(field, *now()));
      }
      settle(one);
      return one;
    case PythonTokenKind::number:
      one.kind = Kind::number;
      one.number = std::strtod(std::string(token->written).c_str(), nullptr);
      ++at_;
      return one;
    case PythonTokenKind::name:
      ++at_;
      if (token->written == "True" || token->written == "False") {
        one.kind = Kind::truth;
        one.word = token->written == "True" ? "true" : "false";
      } else if (token->written == "None") {
        one.kind = Kind::nothing;
      } else {
        one.kind = Kind::name;
        one.word = token->written;
      }
      return one;
    default: break;
  }
  if (is("(") || is("[")) {
    ++at_;
    const Deeper deeper(depth_);
    return bracketed();
  }
  if (take("{")) {
    const Deeper deeper(depth_);
    return table();
  }
  if (!is(")") && !is("]") && !is("}") && !is(",") && !is(":") && !is("=")) ++at_;
  return one;
}

}  // namespace mainstay::script
