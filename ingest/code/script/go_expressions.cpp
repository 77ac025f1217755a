// Expressions and types of Go.
#include "ingest/code/script/go_parser.h"

#include <utility>

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using Token = ScriptTokenKind;

}  // namespace

void GoParser::skip_type() {
  const Nested nested(types_);
  if (types_ > 40) return;
  while (take("*") || take("**") || take("...") || take("<-") || take("~")) {
  }
  if (is("[")) {
    skip_bracket();
    if (!is(")") && !is(",") && !is("{") && !is("=") && !is(";")) skip_type();
  } else if (take("map")) {
    skip_bracket();
    skip_type();
  } else if (take("chan")) {
    skip_type();
  } else if (take("func")) {
    skip_bracket();
    results();
  } else if ((is("struct") || is("interface")) && is("{", 1)) {
    ++at_;
    skip_bracket();
  } else if (is("(")) {
    skip_bracket();
  } else if (is_name()) {
    ++at_;
    while (is(".") && is_name(1)) at_ += 2;
    if (is("[") && !is("]", 1) && now() != nullptr && !now()->starts_line) skip_bracket();  // of types
  }
}

/// What a function gives back; true when the last of it is an error.
bool GoParser::results() {
  const std::size_t begin = at_;
  if (is("(")) {
    skip_bracket();
  } else if (!is("{") && !is(",") && !is(")") && !is(";")) {
    skip_type();
  }
  for (std::size_t at = at_; at-- > begin;) {
    if (tokens_[at].kind == Token::name) return tokens_[at].written == "error";
  }
  return false;
}

/// "a, b string, c ...T": the first word of each piece is a name, unless it is
/// all there is and others have two.
std::vector<std::string> GoParser::parameters(std::vector<Statement>&) {
  std::vector<std::string> names;
  if (!is("(")) return names;
  const std::size_t end = behind_bracket();
  ++at_;
  while (at_ + 1 < end) {
    const std::size_t before = at_;
    names.push_back(take_name());
    while (at_ + 1 < end && !is(",")) {
      if (!skip_bracket()) ++at_;
    }
    take(",");
    if (at_ == before) ++at_;
  }
  at_ = end;
  return names;
}

bool GoParser::function_value(Expression& into) {
  if (!is("func")) return false;
  into = made(Kind::function, where());
  ++at_;
  std::vector<Statement> defaults;
  into.names = parameters(defaults);
  into.gives_error = results();
  if (is("{")) into.body = block();
  return true;
}

/// What stands in the braces behind a type.
Expression GoParser::composite(Expression type) {
  Expression call = around(Kind::call, std::move(type));
  Expression inside = table();
  bool has_keys = false;
  for (std::size_t at = 0; at + 1 < inside.parts.size(); at += 2)
    has_keys = has_keys || inside.parts[at].where != inside.parts[at + 1].where;
  if (!has_keys) {
    Expression list = made(Kind::list, inside.where);
    for (std::size_t at = 1; at < inside.parts.size(); at += 2) list.parts.push_back(std::move(inside.parts[at]));
    inside = std::move(list);
  }
  call.parts.push_back(std::move(inside));
  call.names.resize(1);
  return call;
}

/// []T{...}, map[K]V{...}, struct{...}{...}, []byte(x)
bool GoParser::made_of_type(Expression& into) {
  const bool begins_type = is("[") || (is("map") && is("[", 1)) || (is("struct") && is("{", 1)) || (is("chan") && is_name(1));
  if (!begins_type) return false;
  const Location begin = where();
  const bool is_list = is("[");
  skip_type();
  const std::string word = at_ > 0 && tokens_[at_ - 1].kind == Token::name ? std::string(tokens_[at_ - 1].written) : std::string("type");
  if (is("{")) {
    Expression made_value = composite(named(word, begin));
    into = is_list ? std::move(made_value.parts.back()) : std::move(made_value);
  } else {
    into = named(word, begin);
  }
  return true;
}

bool GoParser::special(Expression& into) { return function_value(into) || made_of_type(into); }

bool GoParser::special_suffix(Expression& value) {
  if (is(".") && is("(", 1)) {  // value.(T)
    ++at_;
    skip_bracket();
    Expression same = around(Kind::attribute, std::move(value));
    same.word = "(type)";
    value = std::move(same);
    return true;
  }
  if (is("{") && literals_ == Literals::allowed && (value.kind == Kind::name || value.kind == Kind::attribute) && !starts_line()) {
    value = composite(std::move(value));
    return true;
  }
  if (is("[") && is_name(1) && (value.kind == Kind::name || value.kind == Kind::attribute)) {  // F[T](x)
    const std::size_t begin = at_;
    skip_bracket();
    if (is("(") && at_ - begin <= 5) return true;
    at_ = begin;
  }
  return false;
}

}  // namespace mainstay::script
