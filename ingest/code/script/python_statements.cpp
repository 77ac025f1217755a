// Statements of Python, and the blocks that they hold.
#include <algorithm>
#include <array>
#include <iterator>

#include "ingest/code/script/python_parser.h"
#include "ingest/code/script/python_script.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

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

}  // namespace

std::vector<Statement> python_script(const std::vector<PythonToken>& tokens) { return PythonParser(tokens).file(); }

void PythonParser::skip_statement() {
  while (!at_line_end() && !is(";")) ++at_;
  take(";");
  take(PythonTokenKind::line_end);
}

void PythonParser::skip_to_line_end() {
  while (!at_line_end()) ++at_;
  take(PythonTokenKind::line_end);
}

void PythonParser::statement(std::vector<Statement>& into) {
  const Deeper deeper(depth_);
  if (take(PythonTokenKind::line_end) || take(";")) return;
  if (take("@")) {
    skip_decorator();
    return;
  }
  if (is("async")) ++at_;
  if (!compound(into)) simple(into);
}

std::vector<Statement> PythonParser::block() {
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

Statement PythonParser::branch() {
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

Statement PythonParser::loop(bool has_targets) {
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

Statement PythonParser::attempt() {
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

Statement PythonParser::function() {
  Statement one;
  one.kind = StatementKind::function;
  one.where = where();
  if (is(PythonTokenKind::name)) one.word = tokens_[at_++].written;
  std::vector<Statement> defaults;
  if (take("(")) parameters(one, defaults);
  one.body = block();
  one.body.insert(one.body.begin(), std::make_move_iterator(defaults.begin()), std::make_move_iterator(defaults.end()));
  return one;
}

/// A default that may name something is what the parameter is when it is not given.
void PythonParser::parameters(Statement& function, std::vector<Statement>& defaults) {
  int depth = 1;
  bool is_name = true;  // behind "(" or ","
  while (!at_line_end() && depth > 0) {
    if (is("(") || is("[") || is("{")) ++depth;
    if (is(")") || is("]") || is("}")) --depth;
    if (depth == 1 && is_name && is(PythonTokenKind::name)) function.parameters.emplace_back(now()->written);
    is_name = depth == 1 && (is(",") || is("(") || (is_name && (is("*") || is("**"))));
    const bool has_default = depth == 1 && is("=") && !function.parameters.empty();
    ++at_;
    if (!has_default) continue;
    Expression value = expression();
    if (value.kind != Kind::text && value.kind != Kind::call && value.kind != Kind::element && value.kind != Kind::attribute) continue;
    Statement given;
    given.kind = StatementKind::assign;
    given.where = value.where;
    given.targets.push_back(named(function.parameters.back(), value.where));
    given.value = made(Kind::either, value.where);
    given.value.parts.push_back(named(function.parameters.back(), value.where));
    given.value.parts.push_back(std::move(value));
    settle(given.value);
    defaults.push_back(std::move(given));
  }
}

/// import a.b, c as d
void PythonParser::imports(std::vector<Statement>& into) {
  do {
    const Location begin = where();
    std::string module;
    while ((is(PythonTokenKind::name) && !is("as")) || is(".")) module += tokens_[at_++].written;
    const bool is_renamed = take("as") && is(PythonTokenKind::name);
    if (!is_renamed) module.erase(std::min(module.find('.'), module.size()));  // "import a.b" gives a name to "a"
    const std::string name(is_renamed ? tokens_[at_++].written : module);
    if (!name.empty()) into.push_back(imported(named(name, begin), module, {}));
  } while (take(","));
}

/// from .a import b as c, d; all names of a module are taken in under the name "*".
void PythonParser::imports_from(std::vector<Statement>& into) {
  std::string module;
  while ((is(PythonTokenKind::name) && !is("import")) || is(".") || is("...")) module += tokens_[at_++].written;
  if (!take("import")) return;
  if (is("*")) return into.push_back(imported(named("*", where()), module, {}));
  take("(");
  do {
    if (!is(PythonTokenKind::name)) break;
    const Location begin = where();
    const std::string member(tokens_[at_++].written);
    const bool is_renamed = take("as") && is(PythonTokenKind::name);
    const std::string name(is_renamed ? tokens_[at_++].written : member);
    into.push_back(imported(named(name, begin), module, member));
  } while (take(","));
  take(")");
}

bool PythonParser::compound(std::vector<Statement>& into) {
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

void PythonParser::simple(std::vector<Statement>& into) {
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
  } else if (take("import")) {
    imports(into);
    return skip_statement();
  } else if (take("from")) {
    imports_from(into);
    return skip_statement();
  } else if (take("pass") || take("global") || take("nonlocal") || take("del")) {
    return skip_statement();
  } else {
    one.value = expressions();
    if (take(":")) expressions();  // an annotation
    constexpr std::array<std::string_view, 12> kJoining = {"+=", "-=", "*=", "/=", "//=", "%=", "**=", ">>=", "<<=", "&=", "|=", "^="};
    if (std::any_of(kJoining.begin(), kJoining.end(), [&](std::string_view each) { return is(each); })) {
      ++at_;
      one.kind = StatementKind::assign;
      Expression sum = made(Kind::unknown, one.where);
      sum.parts.push_back(copy_of(one.value, copies_));
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

}  // namespace mainstay::script
