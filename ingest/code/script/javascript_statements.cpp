// Statements of JavaScript and TypeScript.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "ingest/code/script/javascript_parser.h"
#include "ingest/code/script/javascript_script.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

}  // namespace

std::vector<Statement> javascript_script(const std::vector<ScriptToken>& tokens) { return JavascriptParser(tokens).file(); }

/// Every name of `{a, b: c, d = 1}` or `[a, b]` as an assignment of its own, so
/// that it is known what it comes from.
void JavascriptParser::pattern(const Expression& shape, const Expression& value, std::vector<Statement>& into) {
  const auto give = [&](const Expression& target, Expression part) {
    if (target.kind == Kind::table || target.kind == Kind::list) return pattern(target, part, into);
    if (target.kind == Kind::assigned) {  // with a default
      Expression either = made(Kind::either, target.where, std::move(part), copy_of(target.parts[1]));
      if (target.parts[0].kind == Kind::table || target.parts[0].kind == Kind::list) return pattern(target.parts[0], either, into);
      return add_expression(made(Kind::assigned, target.where, copy_of(target.parts[0]), std::move(either)), into);
    }
    if (target.kind == Kind::name) add_expression(made(Kind::assigned, target.where, copy_of(target), std::move(part)), into);
  };
  constexpr std::size_t kMostNames = 100;
  if (shape.kind == Kind::table) {
    for (std::size_t at = 0; at + 1 < std::min(shape.parts.size(), kMostNames); at += 2) {
      Expression part = made(Kind::attribute, shape.parts[at].where, copy_of(value));
      part.word = shape.parts[at].text.known().value_or("");
      if (shape.parts[at].kind == Kind::assigned) part.word = shape.parts[at].parts[0].word;  // {a = 1}
      give(shape.parts[at + 1], std::move(part));
    }
  } else if (shape.kind == Kind::list) {
    for (std::size_t at = 0; at < std::min(shape.parts.size(), kMostNames); ++at) {
      Expression index = made(Kind::number, shape.parts[at].where);
      index.number = static_cast<double>(at);
      give(shape.parts[at], made(Kind::element, shape.parts[at].where, copy_of(value), std::move(index)));
    }
  }
}

void JavascriptParser::variables(std::vector<Statement>& into) {
  do {
    const Location begin = where();
    Expression target = is("{") || is("[") ? atom() : plain();
    take("!");
    if (take(":")) skip_type();
    if (is("of") || is("in")) {  // of a loop
      into.push_back(BraceParser::made(StatementKind::assign));
      into.back().targets.push_back(std::move(target));
      return;
    }
    Expression value = take("=") ? expression() : made(Kind::nothing, begin);
    name_function(value, target);
    if (target.kind == Kind::name) {
      add_expression(made(Kind::assigned, begin, std::move(target), std::move(value)), into);
    } else {
      // The value is worked out once, under a name that no source can have.
      const std::string hidden = "(pattern " + std::to_string(begin.begin) + ")";
      const bool is_path = value.kind == Kind::name || value.kind == Kind::attribute;
      const Expression source = is_path ? copy_of(value) : named(hidden, begin);
      add_expression(made(Kind::assigned, begin, named(hidden, begin), std::move(value)), into);
      pattern(target, source, into);
    }
  } while (take(","));
}

Statement JavascriptParser::function_statement() {
  Expression function;
  function_value(function);
  std::vector<Statement> one;
  add_expression(std::move(function), one);
  return std::move(one.front());
}

bool JavascriptParser::declaration(std::vector<Statement>& into) {
  if ((is("var") || is("let") || is("const") || is("using")) && now(1) != nullptr &&
      (now(1)->kind == ScriptTokenKind::name || is("{", 1) || is("[", 1))) {
    if (is("const") && is("enum", 1)) {
      ++at_;
      enumeration(into);
      return true;
    }
    ++at_;
    variables(into);
    take(";");
    return true;
  }
  if (is("function") || (is("async") && is("function", 1))) {
    into.push_back(function_statement());
    return true;
  }
  if (is("class") || (is("abstract") && is("class", 1))) {
    take("abstract");
    into.push_back(type());
    return true;
  }
  if (is("enum") && is_name(1)) {
    enumeration(into);
    return true;
  }
  return false;
}

void JavascriptParser::enumeration(std::vector<Statement>& into) {
  ++at_;
  const Location begin = where();
  Expression target = named(take_name(), begin);
  Expression all = is("{") ? table() : made(Kind::table, begin);
  // "A = 'x'" is read as a default.
  for (std::size_t at = 0; at + 1 < all.parts.size(); at += 2) {
    Expression& value = all.parts[at + 1];
    if (value.kind != Kind::assigned) continue;
    Expression written = std::move(value.parts[1]);
    all.parts[at] = texted(value.parts[0].word, value.where);
    all.parts[at + 1] = std::move(written);
  }
  add_expression(made(Kind::assigned, begin, std::move(target), std::move(all)), into);
}

/// Behind the word: a, * as b, {c, d as e} from "module".
void JavascriptParser::imports(std::vector<Statement>& into) {
  if (is_name() && is("=", 1)) {  // import x = require("x")
    Statement one = made(StatementKind::assign);
    one.targets.push_back(plain());
    take("=");
    one.value = expression();
    settle(one.value);
    into.push_back(std::move(one));
    take(";");
    return;
  }
  std::vector<std::pair<Expression, std::string>> names;  // with what they are in the module
  const auto name_here = [&](const std::string& member) {
    const Location begin = where();
    names.emplace_back(named(take_name(), begin), member);
  };
  if (is("type") && !is("from", 1)) ++at_;
  bool is_list = false;
  while (now() != nullptr && !is_string() && !is(";")) {
    if (is("}") && !is_list) break;  // another one's
    if (take("}")) {
      is_list = false;
    } else if (take("{")) {
      is_list = true;
    } else if (take("*")) {
      take("as");
      name_here({});
    } else if (is_name() && !is_list && !is("from")) {
      name_here("default");
    } else if (is_name() && is_list) {
      const bool is_renamed = is("as", 1);
      const Location begin = where();
      const std::string member = take_name();
      if (is_renamed && take("as")) {
        name_here(member);
      } else {
        names.emplace_back(named(member, begin), member);
      }
    } else {
      ++at_;
    }
  }
  std::string module;
  if (is_string()) module = tokens_[at_++].value;
  for (auto& [name, member] : names) into.push_back(imported(std::move(name), module, member));
  if (take("with") || take("assert")) skip_bracket();
  take(";");
}

bool JavascriptParser::import_or_export(std::vector<Statement>& into) {
  if (is("import") && !is("(", 1) && !is(".", 1)) {
    ++at_;
    imports(into);
    return true;
  }
  if (!take("export")) return false;
  if (take("default")) {
    if (!declaration(into)) {
      Expression value = expression();
      if (value.kind == Kind::function && value.word.empty()) value.word = "default";
      const Location begin = value.where;
      if (value.kind == Kind::table || value.kind == Kind::text)
        value = made(Kind::assigned, begin, named("default", begin), std::move(value));
      add_expression(std::move(value), into);
    } else if (into.back().kind == StatementKind::function && into.back().word.empty()) {
      into.back().word = "default";
    }
    take(";");
  } else if (take("*") || is("{")) {
    while (now() != nullptr && !is_string() && !is(";") && !starts_line()) {
      if (!skip_bracket()) ++at_;
    }
    if (is_string()) ++at_;
    take(";");
  }
  return true;
}

/// What only says which types there are.
bool JavascriptParser::type_only(std::vector<Statement>& into) {
  if (is("interface") && is_name(1)) {
    while (now() != nullptr && !is("{")) ++at_;
    skip_bracket();
    return true;
  }
  if (is("type") && is_name(1) && (is("=", 2) || is("<", 2))) {
    at_ += 2;
    skip_types();
    if (take("=")) skip_type();
    take(";");
    return true;
  }
  if ((is("namespace") || is("module")) && now(1) != nullptr && !now(1)->starts_line && (is("{", 2) || is(".", 2))) {
    while (now() != nullptr && !is("{")) ++at_;
    std::vector<Statement> inside = block();
    std::move(inside.begin(), inside.end(), std::back_inserter(into));
    return true;
  }
  if (!is("declare") || now(1) == nullptr || now(1)->kind != ScriptTokenKind::name || now(1)->starts_line) return false;
  skip_statement();
  return true;
}

bool JavascriptParser::own_statement(std::vector<Statement>& into) {
  if (take("@")) {  // a decorator
    postfix(plain());
    return true;
  }
  if (is_name() && is(":", 1) && !is("default") && !is("case")) {  // a label
    at_ += 2;
    return true;
  }
  return import_or_export(into) || type_only(into) || declaration(into);
}

void JavascriptParser::handler_head(Handler& handler) {
  if (!is("(")) return;
  const std::size_t end = behind_bracket();
  ++at_;
  handler.name = take_name();
  at_ = end;
}

void JavascriptParser::loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind) {
  const std::size_t begin = at_;
  const bool is_declared = is("var") || is("let") || is("const");
  if (is_declared) ++at_;
  std::vector<Statement> names;
  if (is_declared) {
    variables(names);
  } else if (is_name() && (is("of", 1) || is("in", 1))) {
    names.push_back(BraceParser::made(StatementKind::assign));
    names.back().targets.push_back(plain());
  }
  if (!names.empty() && (is("of") || is("in"))) {
    ++at_;
    loop.targets = std::move(names.back().targets);
    loop.value = expressions();
    return;
  }
  at_ = begin;
  BraceParser::loop_head(loop, before, behind);
}

/// class Name { ... }
Statement JavascriptParser::type() {
  Statement one = BraceParser::made(StatementKind::type);
  ++at_;
  if (!is("extends") && !is("{")) one.word = take_name();
  while (now() != nullptr && !is("{") && !is(";") && !is(")")) {
    if (!skip_types()) ++at_;
  }
  const Nested nested(depth_);
  if (depth_ > kDeepest || !is("{")) {
    skip_bracket();
    return one;
  }
  const std::size_t end = behind_bracket();
  ++at_;
  while (at_ + 1 < end) {
    const std::size_t before = at_;
    member(one.body);
    if (at_ == before) ++at_;
  }
  at_ = end;
  return one;
}

void JavascriptParser::member(std::vector<Statement>& into) {
  constexpr std::array<std::string_view, 13> kModifiers = {"public", "private", "protected", "static",  "readonly", "override", "async",
                                                           "get",    "set",     "abstract",  "declare", "accessor", "*"};
  if (take(";")) return;
  if (take("@")) {
    postfix(plain());
    return;
  }
  if (is("static") && is("{", 1)) {
    ++at_;
    std::vector<Statement> inside = block();
    std::move(inside.begin(), inside.end(), std::back_inserter(into));
    return;
  }
  while (std::any_of(kModifiers.begin(), kModifiers.end(), [&](std::string_view one) { return is(one); }) && !is("(", 1) && !is("=", 1) &&
         !is(":", 1) && !is(";", 1))
    ++at_;
  const Location begin = where();
  std::string name;
  if (is_name() || is_string()) {
    name = is_string() ? now()->value : std::string(now()->written);
    ++at_;
  } else if (!skip_bracket()) {
    return;
  }
  if (!take("?")) take("!");
  skip_types();
  if (is("(")) {
    Statement method = BraceParser::made(StatementKind::function);
    method.word = std::move(name);
    std::vector<Statement> defaults;
    method.parameters = parameters(defaults);
    if (take(":")) skip_type();
    if (!is("{")) return;  // it is only declared
    std::vector<Statement> inside = block();
    method.body = std::move(defaults);
    std::move(inside.begin(), inside.end(), std::back_inserter(method.body));
    into.push_back(std::move(method));
    return;
  }
  if (take(":")) skip_type();
  if (!take("=")) return;
  Expression target = made(Kind::attribute, begin, named("this", begin));
  target.word = std::move(name);
  Expression value = expression();
  name_function(value, target);
  add_expression(made(Kind::assigned, begin, std::move(target), std::move(value)), into);
}

}  // namespace mainstay::script
