// Statements that languages with braces write alike.
#include <iterator>
#include <utility>

#include "ingest/code/script/brace_parser.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

void append(std::vector<Statement>& into, std::vector<Statement> more) {
  into.insert(into.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool leaves(const Statement& one) {
  return one.kind == StatementKind::stop_loop || one.kind == StatementKind::give_back || one.kind == StatementKind::raise ||
         one.kind == StatementKind::next_round;
}

}  // namespace

std::vector<Statement> BraceParser::file() {
  std::vector<Statement> all;
  while (now() != nullptr) {
    const std::size_t before = at_;
    statement(all);
    if (at_ == before) ++at_;  // a brace without its other
  }
  return all;
}

Statement BraceParser::made(StatementKind kind) const {
  Statement one;
  one.kind = kind;
  one.where = where();
  return one;
}

void BraceParser::statement(std::vector<Statement>& into) {
  const Nested nested(depth_);
  if (take(";")) return;
  if (depth_ > kDeepest) {
    if (!skip_bracket() && !is("}")) ++at_;
    return;
  }
  if (!own_statement(into) && !common_statement(into)) simple(into);
}

std::vector<Statement> BraceParser::block() {
  std::vector<Statement> all;
  if (!take("{")) return all;
  const Literals outer = std::exchange(literals_, Literals::allowed);
  while (now() != nullptr && !is("}")) {
    const std::size_t before = at_;
    statement(all);
    if (at_ == before) ++at_;
  }
  take("}");
  literals_ = outer;
  return all;
}

std::vector<Statement> BraceParser::body() {
  if (is("{")) return block();
  std::vector<Statement> one;
  statement(one);
  return one;
}

void BraceParser::add_expression(Expression value, std::vector<Statement>& into) {
  Statement one;
  one.where = value.where;
  if (value.kind == Kind::assigned) {
    Expression& target = value.parts[0];
    if (value.parts[1].kind == Kind::function && !value.parts[1].word.empty()) {
      Expression& function = value.parts[1];
      one.kind = StatementKind::function;
      one.word = function.word;
      one.gives_error = function.gives_error;
      one.parameters = std::move(function.names);
      one.body = std::move(function.body);
      into.push_back(std::move(one));
      return;
    }
    one.kind = StatementKind::assign;
    one.targets.push_back(std::move(target));
    one.value = std::move(value.parts[1]);
    // a = b = c
    while (one.value.kind == Kind::assigned) {
      Expression inner = std::move(one.value);
      one.targets.push_back(std::move(inner.parts[0]));
      one.value = std::move(inner.parts[1]);
    }
  } else if (value.kind == Kind::function) {
    one.kind = StatementKind::function;
    one.word = value.word;
    one.gives_error = value.gives_error;
    one.parameters = std::move(value.names);
    one.body = std::move(value.body);
  } else {
    one.value = std::move(value);
  }
  into.push_back(std::move(one));
}

void BraceParser::simple(std::vector<Statement>& into) {
  add_expression(expressions(), into);
  take(";");
}

Statement BraceParser::branch() {
  Statement one = made(StatementKind::branch);
  if (take("(")) {
    one.value = expressions();
    while (now() != nullptr && !is(")") && !is("{") && !is("}") && !is(";")) ++at_;
    take(")");
  }
  one.body = body();
  if (take("else")) one.otherwise = body();
  return one;
}

/// The head of a `for` in brackets: `x of y`, `x in y`, `T x : y`, or three
/// parts.
void BraceParser::loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind) {
  if (!is(";")) statement(before);
  if (!is(";") && !is(")")) loop.value = expression();
  take(";");
  if (!is(")")) add_expression(expressions(), behind);
}

std::vector<BraceParser::Case> BraceParser::cases() {
  std::vector<Case> all;
  if (!take("{")) return all;
  while (now() != nullptr && !is("}")) {
    const std::size_t before = at_;
    Case one;
    if (take("default")) {
      take(":");
    } else if (take("case")) {
      do {
        one.values.push_back(binary(1));
      } while (take(","));
      take(":");
    }
    if (take("->") || take("=>")) {
      one.body = body();
      one.body.push_back(made(StatementKind::stop_loop));
    }
    while (now() != nullptr && !is("}") && !is("case") && !is("default")) {
      const std::size_t at = at_;
      statement(one.body);
      if (at_ == at) ++at_;
    }
    all.push_back(std::move(one));
    if (at_ == before) ++at_;
  }
  take("}");
  return all;
}

/// switch (value) { ... }: one round of a loop with the cases as branches; a
/// body that runs on goes on with the next one.
Statement BraceParser::choose() {
  constexpr std::size_t kMostCases = 64;
  Statement once = made(StatementKind::loop);
  once.word = "switch";
  once.value = made(Kind::truth, where());
  once.value.word = "true";
  Expression value = take("(") ? expressions() : made(Kind::unknown, where());
  take(")");
  std::vector<Case> all = cases();
  if (all.size() > kMostCases) all.resize(kMostCases);
  for (std::size_t at = all.size(); at-- > 1;) {
    Case& before = all[at - 1];
    if (before.body.empty()) {  // two labels of one body
      if (!before.values.empty() && !all[at].values.empty())
        std::move(all[at].values.begin(), all[at].values.end(), std::back_inserter(before.values));
      if (!before.values.empty() && all[at].values.empty()) before.values.clear();
      before.body = std::move(all[at].body);
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (!leaves(before.body.back()) && before.body.size() + all[at].body.size() < 50) {
      std::vector<Statement> next = script::copy_of(all[at].body, copies_);
      std::move(next.begin(), next.end(), std::back_inserter(before.body));
    }
  }
  std::vector<Statement> chain;
  for (Case& one : all) {
    if (one.values.empty()) chain = std::move(one.body);
  }
  for (auto one = all.rbegin(); one != all.rend(); ++one) {
    if (one->values.empty()) continue;
    Statement branch = made(StatementKind::branch);
    bool is_first = true;
    for (Expression& label : one->values) {
      const Location begin = label.where;
      Expression same = made(Kind::compare, begin, copy_of(value), std::move(label));
      same.word = "==";
      branch.value = is_first ? std::move(same) : made(Kind::either, begin, std::move(branch.value), std::move(same));
      is_first = false;
    }
    branch.body = std::move(one->body);
    branch.otherwise = std::move(chain);
    chain.clear();
    chain.push_back(std::move(branch));
  }
  once.body = std::move(chain);
  return once;
}

Statement BraceParser::attempt() {
  Statement one = made(StatementKind::attempt);
  one.body = block();
  while (take("catch")) {
    Handler handler;
    handler_head(handler);
    std::vector<Statement> inside = block();
    append(handler.body, std::move(inside));
    one.handlers.push_back(std::move(handler));
  }
  if (take("finally")) one.last = block();
  return one;
}

bool BraceParser::common_statement(std::vector<Statement>& into) {
  if (is("{")) {
    append(into, block());
  } else if (take("if")) {
    into.push_back(branch());
  } else if (take("for") || take("foreach")) {
    take("await");
    Statement loop = made(StatementKind::loop);
    std::vector<Statement> behind;
    if (take("(")) loop_head(loop, into, behind);
    take(")");
    loop.body = body();
    append(loop.body, std::move(behind));
    into.push_back(std::move(loop));
  } else if (take("while")) {
    Statement loop = made(StatementKind::loop);
    if (take("(")) loop.value = expressions();
    take(")");
    loop.body = body();
    into.push_back(std::move(loop));
  } else if (take("do")) {
    Statement loop = made(StatementKind::loop);
    loop.value = made(Kind::truth, where());
    loop.value.word = "true";  // its body is run at least once
    loop.body = body();
    if (take("while")) skip_bracket();
    into.push_back(std::move(loop));
  } else if (take("switch")) {
    into.push_back(choose());
  } else if (is("try") && is("{", 1)) {
    ++at_;
    into.push_back(attempt());
  } else if (is("return") || is("throw")) {
    Statement one = made(is("return") ? StatementKind::give_back : StatementKind::raise);
    ++at_;
    const bool has_value = now() != nullptr && !starts_line() && !is(";") && !is("}");
    if (has_value) one.value = expressions();
    if (!has_value && one.kind == StatementKind::give_back) one.value = made(Kind::nothing, one.where);
    take(";");
    into.push_back(std::move(one));
  } else if (is("break") || is("continue")) {
    into.push_back(made(is("break") ? StatementKind::stop_loop : StatementKind::next_round));
    ++at_;
    if (is_name() && !starts_line()) ++at_;  // a label
    take(";");
  } else {
    return false;
  }
  return true;
}

}  // namespace mainstay::script
