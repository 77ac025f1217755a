// Statements and members of Java and C#.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "ingest/code/script/typed_parser.h"
#include "ingest/code/script/typed_script.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using Token = ScriptTokenKind;

template <std::size_t kSize>
bool is_one_of(std::string_view word, const std::array<std::string_view, kSize>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void append(std::vector<Statement>& into, std::vector<Statement> more) {
  into.insert(into.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool is_modifier(std::string_view word) {
  constexpr std::array<std::string_view, 26> kWords = {
      "public",  "private",  "protected", "internal", "static",   "final",        "abstract", "sealed",    "override",
      "virtual", "readonly", "async",     "partial",  "volatile", "transient",    "native",   "strictfp",  "extern",
      "unsafe",  "const",    "default",   "required", "new",      "synchronized", "file",     "non-sealed"};
  return is_one_of(word, kWords);
}

/// Words that begin no declaration.
bool begins_other(std::string_view word) {
  constexpr std::array<std::string_view, 24> kWords = {"return", "throw",  "new",   "else",    "case",  "if",       "while", "for",
                                                       "await",  "do",     "try",   "switch",  "break", "continue", "goto",  "instanceof",
                                                       "yield",  "assert", "catch", "finally", "lock",  "in",       "is",    "delete"};
  return is_one_of(word, kWords);
}

}  // namespace

std::vector<Statement> java_script(const std::vector<ScriptToken>& tokens) { return TypedParser(tokens).file(); }
std::vector<Statement> csharp_script(const std::vector<ScriptToken>& tokens) { return TypedParser(tokens).file(); }

/// @Name(...), [Name(...)]
void TypedParser::skip_annotation() {
  ++at_;
  take_name();
  while (is(".") && is_name(1)) at_ += 2;
  if (is("(")) skip_bracket();
}

void TypedParser::skip_modifiers() {
  while (now() != nullptr) {
    if (is("@") && !is("interface", 1)) {
      skip_annotation();
    } else if (is("[")) {  // an attribute
      skip_bracket();
    } else if (is_name() && is_modifier(now()->written) && !is("(", 1) && !is("=", 1) && !is(".", 1) && !(is("new") && !is_name(1))) {
      ++at_;
    } else {
      return;
    }
  }
}

std::size_t TypedParser::declared_name() {
  if ((!is_name() && !is("(")) || (is_name() && begins_other(now()->written))) return kNone;
  const std::size_t begin = at_;
  skip_type();
  const std::size_t name = at_;
  const bool fits = is_name() && !begins_other(now()->written) && at_ > begin &&
                    (is("=", 1) || is(";", 1) || is(",", 1) || is(":", 1) || is("in", 1) || is("(", 1) || is("{", 1) || is("=>", 1) ||
                     is("<", 1) || is(")", 1) || (is("[", 1) && is("]", 2)));
  at_ = begin;
  return fits ? name : kNone;
}

/// Behind a type: "a = 1, b".
void TypedParser::declarators(std::vector<Statement>& into) {
  do {
    const Location begin = where();
    Expression target = named(take_name(), begin);
    while (is("[")) skip_bracket();
    Expression value = made(Kind::nothing, begin);
    if (take("=")) {
      if (is("{")) {  // of an array
        value = made(Kind::list, where());
        ++at_;
        list_until("}", value);
      } else {
        value = expression();
      }
    }
    // A function that a field is given is one of that name.
    name_function(value, target);
    add_expression(made(Kind::assigned, begin, std::move(target), std::move(value)), into);
  } while (take(","));
}

bool TypedParser::declaration(std::vector<Statement>& into) {
  const std::size_t name = declared_name();
  if (name == kNone) return false;
  const std::string_view behind = name + 1 < tokens_.size() ? tokens_[name + 1].written : std::string_view();
  if (behind == "(" || behind == "<" || behind == "{" || behind == "=>") {
    if (behind != "(" && behind != "<") return false;
    const std::size_t begin = at_;
    at_ = name;
    Statement local = BraceParser::made(StatementKind::function);  // a function in a function
    local.word = take_name();
    skip_types();
    std::vector<Statement> defaults;
    local.parameters = parameters(defaults);
    if (!is("{") && !is("=>")) {
      at_ = begin;
      return false;
    }
    Expression body;
    take("=>");
    take_body(body);
    local.body = std::move(body.body);
    into.push_back(std::move(local));
    return true;
  }
  at_ = name;
  declarators(into);
  take(";");
  return true;
}

/// class, interface, enum, record, struct, namespace
bool TypedParser::type(std::vector<Statement>& into) {
  constexpr std::array<std::string_view, 7> kTypes = {"class", "interface", "enum", "record", "struct", "namespace", "@"};
  if (now() == nullptr || !is_one_of(now()->written, kTypes) || (is("record") && !is_name(1))) return false;
  if (is("@") && !is("interface", 1)) return false;
  take("@");
  const bool is_enum = is("enum");
  const bool is_space = is("namespace");
  Statement one = BraceParser::made(StatementKind::type);
  ++at_;
  take("class");
  take("struct");
  one.word = take_name();
  while (now() != nullptr && !is("{") && !is(";") && !is("}")) {
    if (!is("(") || !skip_bracket()) ++at_;
  }
  if (!is("{")) {
    take(";");
    return true;
  }
  const Nested nested(depth_);
  if (depth_ > kDeepest) {
    skip_bracket();
    return true;
  }
  const std::size_t end = behind_bracket();
  ++at_;
  if (is_enum) {  // its constants
    while (at_ + 1 < end && !is(";")) {
      if (!skip_bracket()) ++at_;
    }
  }
  std::vector<Statement>& body = is_space ? into : one.body;
  while (at_ + 1 < end) {
    const std::size_t before = at_;
    member(body);
    if (at_ == before) ++at_;
  }
  at_ = end;
  if (!is_space) into.push_back(std::move(one));
  return true;
}

/// { get; set; } = value; or => value; or { get { ... } }
void TypedParser::accessors(const std::string& name, Location begin, std::vector<Statement>& into) {
  Expression value = made(Kind::nothing, begin);
  if (is("{")) skip_bracket();
  if (take("=>") || take("=")) value = expression();
  add_expression(made(Kind::assigned, begin, named(name, begin), std::move(value)), into);
  take(";");
}

bool TypedParser::member(std::vector<Statement>& into) {
  if (take(";")) return true;
  skip_modifiers();
  if (is("{")) {  // an initialiser
    append(into, block());
    return true;
  }
  if (is("using") || is("import") || is("package")) {
    skip_statement();
    return true;
  }
  if (type(into)) return true;
  skip_types();
  if (take("event") || take("implicit") || take("explicit")) {
  }
  const bool is_constructor = is_name() && is("(", 1);
  const std::size_t name = is_constructor ? at_ : declared_name();
  if (name == kNone) {
    skip_statement();
    return true;
  }
  at_ = name;
  const Location begin = where();
  if (!is("(", 1) && !is("<", 1)) {
    if (is("{", 1) || is("=>", 1)) {
      const std::string word = take_name();
      accessors(word, begin, into);
    } else {
      declarators(into);
      take(";");
    }
    return true;
  }
  Statement method = BraceParser::made(StatementKind::function);
  method.word = take_name();
  skip_types();
  std::vector<Statement> defaults;
  method.parameters = parameters(defaults);
  while (now() != nullptr && !is("{") && !is("=>") && !is(";") && !is("}")) {  // throws, where, : base(...)
    if (!skip_bracket()) ++at_;
  }
  if (take(";")) return true;
  Expression body;
  take("=>");
  take_body(body);
  method.body = std::move(body.body);
  take(";");
  into.push_back(std::move(method));
  return true;
}

/// What stands in the brackets of try and using.
bool TypedParser::resources(std::vector<Statement>& into) {
  if (!is("(")) return false;
  const std::size_t end = behind_bracket();
  ++at_;
  while (at_ + 1 < end) {
    const std::size_t before = at_;
    skip_modifiers();
    if (!declaration(into)) simple(into);
    if (at_ == before) ++at_;
  }
  at_ = end;
  return true;
}

bool TypedParser::own_statement(std::vector<Statement>& into) {
  if (is("import") || is("package") || (is("using") && !is("(", 1) && !is("var", 1) && depth_ == 1)) {
    skip_statement();
    return true;
  }
  if (depth_ == 1 &&
      (is("public") || is("internal") || is("abstract") || is("sealed") || is("static") || is("final") || is("partial") || is("class") ||
       is("interface") || is("enum") || is("record") || is("struct") || is("namespace") || is("@") || is("[")))
    return member(into);
  if (take("await") && is("foreach")) return false;
  if (is("using") || is("await")) {
    take("await");
    take("using");
    if (resources(into)) {
      append(into, body());
      return true;
    }
  }
  if (is("try") && is("(", 1)) {
    ++at_;
    std::vector<Statement> opened;
    resources(opened);
    Statement one = attempt();
    append(opened, std::move(one.body));
    one.body = std::move(opened);
    into.push_back(std::move(one));
    return true;
  }
  if ((is("synchronized") || is("lock") || is("fixed") || is("checked") || is("unchecked")) && (is("(", 1) || is("{", 1))) {
    ++at_;
    if (is("(")) skip_bracket();
    append(into, body());
    return true;
  }
  if (is_name() && is(":", 1) && !is("default") && !is("case")) {
    at_ += 2;
    return true;
  }
  if (is("final") || is("const") || is("static") || is("@")) {
    const std::size_t begin = at_;
    skip_modifiers();
    if (!type(into) && !declaration(into)) {
      at_ = begin + 1;
    }
    return true;
  }
  if ((is("class") || is("record") || is("enum") || is("interface")) && is_name(1)) return type(into);
  return declaration(into);
}

/// catch (A | B e), catch (A e) when (condition)
void TypedParser::handler_head(Handler& handler) {
  if (is("(")) {
    const std::size_t end = behind_bracket();
    ++at_;
    skip_modifiers();
    std::string last;
    do {
      std::string path = take_name();
      while (is(".") && is_name(1)) {
        ++at_;
        path += "." + take_name();
      }
      skip_types();
      handler.classes.push_back(std::move(path));
    } while (take("|"));
    if (is_name()) handler.name = take_name();
    at_ = end;
  }
  if (!take("when") || !take("(")) return;
  handler.has_guard = true;
  handler.guard = expression();
  take(")");
}

void TypedParser::loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind) {
  const std::size_t begin = at_;
  skip_modifiers();
  const std::size_t name = declared_name();
  if (name != kNone && name + 1 < tokens_.size() && (tokens_[name + 1].written == ":" || tokens_[name + 1].written == "in")) {
    at_ = name;
    loop.targets.push_back(named(take_name(), where()));
    ++at_;
    loop.value = expression();
    return;
  }
  at_ = begin;
  BraceParser::loop_head(loop, before, behind);
}

}  // namespace mainstay::script
