// Statements of Go.
#include <algorithm>
#include <iterator>
#include <utility>

#include "ingest/code/script/go_parser.h"
#include "ingest/code/script/go_script.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

void append(std::vector<Statement>& into, std::vector<Statement> more) {
  into.insert(into.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

std::vector<Statement> go_script(const std::vector<ScriptToken>& tokens) { return GoParser(tokens).file(); }

void GoParser::function_statement(std::vector<Statement>& into) {
  ++at_;
  if (is("(")) skip_bracket();  // the receiver
  Statement one = BraceParser::made(StatementKind::function);
  one.word = take_name();
  if (is("[")) skip_bracket();
  std::vector<Statement> defaults;
  one.parameters = parameters(defaults);
  one.gives_error = results();
  if (is("{")) one.body = block();
  into.push_back(std::move(one));
}

/// const ( ... ), var x T = y
void GoParser::declarations(std::vector<Statement>& into) {
  ++at_;
  if (!take("(")) {
    declaration(into);
    return;
  }
  while (now() != nullptr && !is(")")) {
    const std::size_t before = at_;
    if (!take(";")) declaration(into);
    if (at_ == before) ++at_;
  }
  take(")");
}

void GoParser::declaration(std::vector<Statement>& into) {
  Statement one = BraceParser::made(StatementKind::assign);
  do {
    one.targets.push_back(named(take_name(), where()));
  } while (take(","));
  if (!is("=") && !is(";") && !is(")")) skip_type();
  if (take("=")) {
    one.value = expressions();
  } else {
    one.value = made(Kind::nothing, one.where);
  }
  if (one.targets.size() > 1) {
    Expression all = made(Kind::list, one.where);
    all.parts.swap(one.targets);
    one.targets.push_back(std::move(all));
  }
  into.push_back(std::move(one));
}

void GoParser::simple_statement(std::vector<Statement>& into) {
  Expression left = expressions();
  // "a, b = c, d" is read as a, (b = c), d.
  const auto middle = std::find_if(left.parts.begin(), left.parts.end(), [](const Expression& one) { return one.kind == Kind::assigned; });
  if (left.kind == Kind::list && middle != left.parts.end()) {
    const auto targets_end = static_cast<std::size_t>(middle - left.parts.begin());
    Expression targets = made(Kind::list, left.where), values = made(Kind::list, middle->where);
    for (std::size_t at = 0; at < left.parts.size(); ++at) {
      Expression& part = left.parts[at];
      if (at == targets_end) {
        targets.parts.push_back(std::move(part.parts[0]));
        values.parts.push_back(std::move(part.parts[1]));
      } else {
        (at < targets_end ? targets : values).parts.push_back(std::move(part));
      }
    }
    Expression value = values.parts.size() == 1 ? std::move(values.parts.front()) : std::move(values);
    const Location begin = targets.where;
    left = made(Kind::assigned, begin, std::move(targets), std::move(value));
  }
  if (left.kind == Kind::call && left.parts.front().kind == Kind::name && left.parts.front().word == "panic") {
    Statement raise = BraceParser::made(StatementKind::raise);
    raise.value = left.parts.size() > 1 ? std::move(left.parts[1]) : made(Kind::unknown, left.where);
    into.push_back(std::move(raise));
    return;
  }
  add_expression(std::move(left), into);
}

/// The statements in front of a condition, and the condition as the last one.
void GoParser::header(std::vector<Statement>& into) {
  const Literals outer = std::exchange(literals_, Literals::not_here);
  if (!is("{") && !is(";")) simple_statement(into);
  while (take(";")) {
    if (!is("{")) simple_statement(into);
  }
  literals_ = outer;
}

void GoParser::branch_statement(std::vector<Statement>& into) {
  ++at_;
  Statement one = BraceParser::made(StatementKind::branch);
  header(into);
  if (!into.empty() && into.back().kind == StatementKind::expression) {
    one.value = std::move(into.back().value);
    into.pop_back();
  }
  one.body = block();
  if (take("else")) {
    const Nested nested(depth_);
    if (is("if") && depth_ < kDeepest) {
      branch_statement(one.otherwise);
    } else {
      one.otherwise = block();
    }
  }
  into.push_back(std::move(one));
}

void GoParser::loop_statement(std::vector<Statement>& into) {
  ++at_;
  Statement loop = BraceParser::made(StatementKind::loop);
  const Literals outer = std::exchange(literals_, Literals::not_here);
  const std::size_t begin = at_;
  std::vector<std::string> names;
  while (is_name() && !is("range")) {
    names.push_back(take_name());
    if (!take(",")) break;
  }
  if (take(":=") || take("=")) {
  }
  if (take("range")) {
    loop.targets.push_back(named(names.size() > 1 ? names[1] : "_", where()));
    loop.value = expression();
    literals_ = outer;
  } else {
    at_ = begin;
    std::vector<Statement> parts;
    bool has_parts = false;
    if (!is("{") && !is(";")) simple_statement(parts);
    std::vector<Statement> behind;
    if (take(";")) {
      has_parts = true;
      append(into, std::move(parts));
      parts.clear();
      if (!is(";") && !is("{")) loop.value = expression();
      take(";");
      if (!is("{")) simple_statement(behind);
    }
    literals_ = outer;
    if (!has_parts && !parts.empty()) loop.value = std::move(parts.front().value);
    if (!has_parts && parts.empty()) {  // for { ... }
      loop.value = made(Kind::truth, loop.where);
      loop.value.word = "true";
    }
    loop.body = block();
    append(loop.body, std::move(behind));
    into.push_back(std::move(loop));
    return;
  }
  loop.body = block();
  into.push_back(std::move(loop));
}

/// What stands behind the colon of a case.
std::vector<Statement> GoParser::clause() {
  std::vector<Statement> body;
  take(":");
  while (now() != nullptr && !is("}") && !is("case") && !is("default")) {
    const std::size_t before = at_;
    statement(body);
    if (at_ == before) ++at_;
  }
  return body;
}

/// switch and select: nothing falls through, so a chain of branches in a loop
/// of one round.
void GoParser::choice_statement(std::vector<Statement>& into) {
  const bool is_select = is("select");
  ++at_;
  Statement once = BraceParser::made(StatementKind::loop);
  once.word = "switch";
  once.value = made(Kind::truth, where());
  once.value.word = "true";
  Expression value;
  bool has_value = false;
  if (!is_select) {
    header(into);
    if (!into.empty() && into.back().kind == StatementKind::expression && tokens_[at_ - 1].written != ";" && !is(";")) {
      has_value = into.back().value.kind != Kind::unknown || !into.back().value.parts.empty();
      value = std::move(into.back().value);
      into.pop_back();
    }
  }
  if (!take("{")) return;
  std::vector<Statement> branches, otherwise;
  while (now() != nullptr && !is("}")) {
    const std::size_t before = at_;
    if (take("default")) {
      otherwise = clause();
    } else if (take("case")) {
      Statement branch = BraceParser::made(StatementKind::branch);
      std::vector<Statement> heads;
      if (is_select) {
        simple_statement(heads);
      } else {
        do {
          Expression label = expression();
          if (has_value) {
            const Location begin = label.where;
            label = made(Kind::compare, begin, copy_of(value), std::move(label));
            label.word = "==";
          }
          branch.value = branch.value.kind == Kind::unknown && branch.value.parts.empty()
                             ? std::move(label)
                             : made(Kind::either, branch.where, std::move(branch.value), std::move(label));
        } while (take(","));
      }
      branch.body = std::move(heads);
      append(branch.body, clause());
      branches.push_back(std::move(branch));
    }
    if (at_ == before) ++at_;
  }
  take("}");
  std::vector<Statement> chain = std::move(otherwise);
  for (auto one = branches.rbegin(); one != branches.rend(); ++one) {
    one->otherwise = std::move(chain);
    chain.clear();
    chain.push_back(std::move(*one));
  }
  once.body = std::move(chain);
  into.push_back(std::move(once));
}

/// Statements that the analysis has no use for.
bool GoParser::passed_over() {
  if (is_name() && is(":", 1) && !is("default") && !is("case")) {  // a label
    at_ += 2;
    return true;
  }
  const bool has_list = take("import") || take("type");
  if (!has_list && !is("package") && !is("goto") && !is("fallthrough")) return false;
  if (!has_list || !skip_bracket()) skip_statement();
  return true;
}

bool GoParser::own_statement(std::vector<Statement>& into) {
  if (is("{") || is("break") || is("continue")) return false;
  if (passed_over()) {
    take(";");
    return true;
  }
  if (is("func") && (is_name(1) || is("(", 1)) && depth_ == 1) {
    function_statement(into);
  } else if (is("const") || is("var")) {
    declarations(into);
  } else if (is("if")) {
    branch_statement(into);
  } else if (is("for")) {
    loop_statement(into);
  } else if (is("switch") || is("select")) {
    choice_statement(into);
  } else if (is("return")) {
    Statement one = BraceParser::made(StatementKind::give_back);
    ++at_;
    one.value = is(";") || is("}") ? made(Kind::nothing, one.where) : expressions();
    into.push_back(std::move(one));
  } else {
    if (!take("defer")) take("go");
    simple_statement(into);
  }
  take(";");
  return true;
}

}  // namespace mainstay::script
