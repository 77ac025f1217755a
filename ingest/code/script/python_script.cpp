#include "ingest/code/script/python_script.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace mainstay::code {
namespace {

constexpr int kDeepest = 60;
constexpr std::size_t kMostParts = 200'000;
constexpr int kLongestChain = 400;  // of operators or brackets behind one value: chains nest to the left

using Kind = ExpressionKind;

class Parser {
 public:
  explicit Parser(const std::vector<PythonToken>& tokens) : tokens_(tokens) {}

  std::vector<Statement> file() {
    std::vector<Statement> all;
    while (at_ < tokens_.size()) {
      const std::size_t before = at_;
      statement(all);
      if (at_ == before) ++at_;  // a block's end without its beginning
    }
    return all;
  }

 private:
  // Tokens.
  const PythonToken* now() const { return at_ < tokens_.size() ? &tokens_[at_] : nullptr; }
  bool is(std::string_view written) const {
    const PythonToken* token = now();
    return token != nullptr && (token->kind == PythonTokenKind::name || token->kind == PythonTokenKind::op) && token->written == written;
  }
  bool is(PythonTokenKind kind) const { return now() != nullptr && now()->kind == kind; }
  bool take(std::string_view written) {
    if (!is(written)) return false;
    ++at_;
    return true;
  }
  bool take(PythonTokenKind kind) {
    if (!is(kind)) return false;
    ++at_;
    return true;
  }
  Location where() const { return now() == nullptr ? Location{} : now()->where; }
  bool at_line_end() const {
    return now() == nullptr || is(PythonTokenKind::line_end) || is(PythonTokenKind::block_end) || is(PythonTokenKind::block_begin);
  }

  // Statements.
  void statement(std::vector<Statement>& into);
  void simple(std::vector<Statement>& into);
  bool compound(std::vector<Statement>& into);
  std::vector<Statement> block();
  Statement branch();
  Statement loop(bool has_targets);
  Statement attempt();
  Statement function();
  void skip_to_line_end();
  void skip_decorator() { skip_to_line_end(); }

  // Expressions, from the loosest to the tightest.
  Expression expression();
  Expression expressions();  // with commas: a list
  Expression disjunction();
  Expression conjunction();
  Expression inversion();
  Expression comparison();
  Expression arithmetic();
  Expression unary();
  Expression postfix();
  Expression atom();
  Expression bracketed();
  Expression table();
  Expression each(Expression value, std::string_view closing);
  void arguments(Expression& call);
  Expression subscript(Expression of);

  static Expression made(Kind kind, Location where, std::vector<Expression> parts = {}) {
    Expression one;
    one.kind = kind;
    one.where = where;
    one.parts = std::move(parts);
    return one;
  }

  const std::vector<PythonToken>& tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::size_t parts_ = 0;
};

/// Counts how deep the parser is.
class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  int& depth_;
};

void Parser::skip_to_line_end() {
  while (!at_line_end()) ++at_;
  take(PythonTokenKind::line_end);
}

void Parser::statement(std::vector<Statement>& into) {
  const Deeper deeper(depth_);
  if (take(PythonTokenKind::line_end) || take(";")) return;
  if (take("@")) {
    skip_decorator();
    return;
  }
  if (is("async")) ++at_;
  if (!compound(into)) simple(into);
}

std::vector<Statement> Parser::block() {
  std::vector<Statement> body;
  while (!is(":") && !at_line_end()) ++at_;  // what is left of the head
  if (!take(":")) {
    take(PythonTokenKind::line_end);
    return body;
  }
  if (!take(PythonTokenKind::line_end)) {  // on the same line
    while (!at_line_end()) simple(body);
    take(PythonTokenKind::line_end);
    return body;
  }
  if (!take(PythonTokenKind::block_begin)) return body;
  while (now() != nullptr && !is(PythonTokenKind::block_end)) {
    const std::size_t before = at_;
    if (depth_ < kDeepest) {
      statement(body);
    } else {
      ++at_;
    }
    if (at_ == before) ++at_;
  }
  take(PythonTokenKind::block_end);
  return body;
}

Statement Parser::branch() {
  Statement one;
  one.kind = StatementKind::branch;
  one.where = where();
  one.value = expression();
  one.body = block();
  if (take("elif")) {
    const Deeper deeper(depth_);
    if (depth_ < kDeepest) one.otherwise.push_back(branch());
  } else if (take("else")) {
    one.otherwise = block();
  }
  return one;
}

Statement Parser::loop(bool has_targets) {
  Statement one;
  one.kind = StatementKind::loop;
  one.where = where();
  if (has_targets) {
    // `in` would be taken for a comparison.
    Expression targets = made(Kind::list, where());
    while (!is("in") && !is(":") && !at_line_end()) {
      if (is(PythonTokenKind::name)) {
        targets.parts.push_back(made(Kind::name, where()));
        targets.parts.back().word = now()->written;
      }
      ++at_;
    }
    take("in");
    one.targets = std::move(targets.parts);
  }
  one.value = expressions();
  one.body = block();
  if (take("else")) one.otherwise = block();
  return one;
}

/// The names of the classes in a clause: `A`, `(a.B, C)`.
std::vector<std::string> classes_of(const Expression& one) {
  std::vector<std::string> found;
  if (one.kind == Kind::list) {
    for (const Expression& part : one.parts) {
      for (std::string& name : classes_of(part)) found.push_back(std::move(name));
    }
  } else if (one.kind == Kind::name) {
    found.push_back(one.word);
  } else if (one.kind == Kind::attribute) {
    const std::vector<std::string> outer = classes_of(one.parts.front());
    found.push_back((outer.empty() ? "" : outer.front() + ".") + one.word);
  } else {
    found.push_back("?");  // some class that is not known
  }
  return found;
}

Statement Parser::attempt() {
  Statement one;
  one.kind = StatementKind::attempt;
  one.where = where();
  one.body = block();
  while (take("except")) {
    Handler handler;
    take("*");
    if (!is(":")) {
      handler.classes = classes_of(expressions());
      if (take("as") && is(PythonTokenKind::name)) handler.name = now()->written;
    }
    handler.body = block();
    one.handlers.push_back(std::move(handler));
  }
  if (take("else")) one.otherwise = block();
  if (take("finally")) one.last = block();
  return one;
}

Statement Parser::function() {
  Statement one;
  one.kind = StatementKind::function;
  one.where = where();
  if (is(PythonTokenKind::name)) one.word = tokens_[at_++].written;
  if (take("(")) {
    int depth = 1;
    bool is_name = true;  // behind "(" or ","
    for (; now() != nullptr && depth > 0; ++at_) {
      if (is("(") || is("[") || is("{")) ++depth;
      if (is(")") || is("]") || is("}")) --depth;
      if (depth == 1 && is_name && is(PythonTokenKind::name)) one.parameters.emplace_back(now()->written);
      is_name = depth == 1 && (is(",") || is("(") || (is_name && (is("*") || is("**"))));
    }
  }
  one.body = block();
  return one;
}

bool Parser::compound(std::vector<Statement>& into) {
  if (take("if")) {
    into.push_back(branch());
  } else if (take("for")) {
    into.push_back(loop(true));
  } else if (take("while")) {
    into.push_back(loop(false));
  } else if (take("try")) {
    into.push_back(attempt());
  } else if (take("def")) {
    into.push_back(function());
  } else if (take("class")) {
    Statement one;
    one.kind = StatementKind::type;
    one.where = where();
    if (is(PythonTokenKind::name)) one.word = now()->written;
    one.body = block();
    into.push_back(std::move(one));
  } else if (take("with")) {
    Statement one;
    one.kind = StatementKind::with;
    one.where = where();
    one.value = expressions();
    one.body = block();
    into.push_back(std::move(one));
  } else {
    return false;
  }
  return true;
}

void Parser::simple(std::vector<Statement>& into) {
  Statement one;
  one.where = where();
  if (take("return")) {
    one.kind = StatementKind::give_back;
    one.value = at_line_end() || is(";") ? made(Kind::nothing, one.where) : expressions();
  } else if (take("raise")) {
    one.kind = StatementKind::raise;
    if (!at_line_end()) one.value = expressions();
  } else if (take("break")) {
    one.kind = StatementKind::stop_loop;
  } else if (take("continue")) {
    one.kind = StatementKind::next_round;
  } else if (take("pass") || take("global") || take("nonlocal") || take("import") || take("from") || take("del")) {
    while (!at_line_end() && !is(";")) ++at_;
    take(";");
    take(PythonTokenKind::line_end);
    return;
  } else {
    one.value = expressions();
    if (take(":")) expressions();  // an annotation
    constexpr std::array<std::string_view, 12> kJoining = {"+=", "-=", "*=", "/=", "//=", "%=", "**=", ">>=", "<<=", "&=", "|=", "^="};
    if (std::any_of(kJoining.begin(), kJoining.end(), [&](std::string_view each) { return is(each); })) {
      ++at_;
      one.kind = StatementKind::assign;
      Expression sum = made(Kind::unknown, one.where);
      sum.parts.push_back(one.value);
      sum.parts.push_back(expressions());
      one.targets.push_back(std::move(one.value));
      one.value = std::move(sum);
    }
    while (take("=")) {
      one.kind = StatementKind::assign;
      one.targets.push_back(std::move(one.value));
      one.value = expressions();
    }
  }
  into.push_back(std::move(one));
  if (take(";")) return;
  while (!at_line_end()) ++at_;  // what was not understood
  take(PythonTokenKind::line_end);
}

Expression Parser::expressions() {
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

Expression Parser::expression() {
  const Deeper deeper(depth_);
  if (depth_ > kDeepest || ++parts_ > kMostParts) {
    const Location begin = where();
    if (!at_line_end()) ++at_;
    return made(Kind::unknown, begin);
  }
  if (is("lambda") || is("yield")) {
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
  return choice;
}

Expression Parser::disjunction() {
  Expression left = conjunction();
  for (int chain = 0; chain < kLongestChain && take("or"); ++chain) {
    Expression both = made(Kind::either, left.where);
    both.parts.push_back(std::move(left));
    both.parts.push_back(conjunction());
    left = std::move(both);
  }
  return left;
}

Expression Parser::conjunction() {
  Expression left = inversion();
  for (int chain = 0; chain < kLongestChain && take("and"); ++chain) {
    Expression both = made(Kind::both, left.where);
    both.parts.push_back(std::move(left));
    both.parts.push_back(inversion());
    left = std::move(both);
  }
  return left;
}

Expression Parser::inversion() {
  const Location begin = where();
  bool is_opposite = false;
  while (take("not")) is_opposite = !is_opposite;
  Expression value = comparison();
  if (!is_opposite) return value;
  Expression opposite = made(Kind::opposite, begin);
  opposite.parts.push_back(std::move(value));
  return opposite;
}

Expression Parser::comparison() {
  constexpr std::array<std::string_view, 8> kOperators = {"==", "!=", "<=", ">=", "<", ">", "in", "is"};
  Expression left = arithmetic();
  std::optional<Expression> chain;
  for (int length = 0; length < kLongestChain; ++length) {
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
    one.parts.push_back(right);
    left = std::move(right);
    if (chain) {
      Expression both = made(Kind::both, one.where);
      both.parts.push_back(*std::move(chain));
      both.parts.push_back(std::move(one));
      chain = std::move(both);
    } else {
      chain = std::move(one);
    }
  }
  return chain ? *std::move(chain) : left;
}

/// Sums of texts are joined; everything else that is calculated is unknown, with its parts.
Expression sum_of(Expression left, std::string_view word, Expression right) {
  Expression sum;
  sum.where = left.where;
  const auto text_of = [](const Expression& one) {
    return one.kind == Kind::text ? one.text : Text(Hole{one.kind == Kind::name ? one.word : "expression", {}});
  };
  if (word == "+" && (left.kind == Kind::text || right.kind == Kind::text)) {
    sum.kind = Kind::text;
    sum.text = text_of(left);
    sum.text.append(text_of(right));
  } else if (word == "%" && left.kind == Kind::text) {
    sum.kind = Kind::text;
    sum.text = Text(Hole{"format", {}});
  }
  sum.parts.push_back(std::move(left));
  sum.parts.push_back(std::move(right));
  return sum;
}

Expression Parser::arithmetic() {
  constexpr std::array<std::string_view, 12> kOperators = {"+", "-", "*", "/", "//", "%", "@", "&", "|", "^", "<<", ">>"};
  Expression left = unary();
  for (int chain = 0; chain < kLongestChain; ++chain) {
    const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](std::string_view one) { return is(one); });
    if (found == kOperators.end()) return left;
    ++at_;
    left = sum_of(std::move(left), *found, unary());
  }
  return left;
}

Expression Parser::unary() {
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

Expression Parser::postfix() {
  Expression value = atom();
  for (int chain = 0; chain < kLongestChain; ++chain) {
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

void Parser::arguments(Expression& call) {
  while (now() != nullptr && !is(")")) {
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

Expression Parser::subscript(Expression of) {
  Expression element = made(Kind::element, of.where);
  element.parts.push_back(std::move(of));
  bool is_slice = is(":");
  if (!is_slice) {
    Expression index = expressions();
    is_slice = is(":");
    if (!is_slice) element.parts.push_back(std::move(index));
  }
  int depth = 1;
  while (now() != nullptr && depth > 0) {
    depth += is("[") ? 1 : is("]") ? -1 : 0;
    ++at_;
  }
  return element;
}

/// What follows a value in a comprehension, up to its bracket.
Expression Parser::each(Expression value, std::string_view closing) {
  Expression one = made(Kind::each, value.where);
  one.parts.push_back(std::move(value));
  take("async");
  take("for");
  while (!is("in") && !is(closing) && now() != nullptr) {
    if (is(PythonTokenKind::name) && one.word.empty()) one.word = now()->written;
    ++at_;
  }
  take("in");
  one.parts.push_back(disjunction());
  while (take("if")) one.parts.push_back(disjunction());
  while (is("for") || is("async")) {  // what is nested is not followed
    one.kind = Kind::unknown;
    ++at_;
    while (!is(closing) && now() != nullptr && !at_line_end()) ++at_;
  }
  return one;
}

Expression Parser::bracketed() {
  const Location begin = where();
  const std::string_view closing = tokens_[at_ - 1].written == "(" ? ")" : "]";
  Expression all = made(Kind::list, begin);
  bool has_comma = closing == "]";
  while (now() != nullptr && !is(closing)) {
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

Expression Parser::table() {
  Expression all = made(Kind::table, where());
  while (now() != nullptr && !is("}")) {
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
        while (now() != nullptr && !is("}")) ++at_;
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

Expression Parser::atom() {
  const PythonToken* token = now();
  if (token == nullptr || at_line_end()) return made(Kind::unknown, where());
  Expression one = made(Kind::unknown, token->where);
  switch (token->kind) {
    case PythonTokenKind::string:
      one.kind = Kind::text;
      for (; is(PythonTokenKind::string); ++at_) one.text.append(now()->value);
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

}  // namespace

std::vector<Statement> python_script(const std::vector<PythonToken>& tokens) { return Parser(tokens).file(); }

}  // namespace mainstay::code
