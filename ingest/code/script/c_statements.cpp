// Statements of C and C++.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "ingest/code/script/c_parser.h"
#include "ingest/code/script/script_calls.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

/// A function of C that writes a text: where to, what from, and how.
struct Writer {
  std::string_view word;
  std::size_t to = 0;
  std::size_t from = 1;
  std::string_view how = kCopyWord;
  bool is_format = false;
};

constexpr auto kWriters = std::to_array<Writer>({
    {"snprintf", 0, 2, kCopyWord, true},
    {"sprintf", 0, 1, kCopyWord, true},
    {"asprintf", 0, 1, kCopyWord, true},
    {"g_snprintf", 0, 2, kCopyWord, true},
    {"apr_snprintf", 0, 2, kCopyWord, true},
    {"curl_msnprintf", 0, 2, kCopyWord, true},
    {"strcpy", 0, 1},
    {"strncpy", 0, 1},
    {"strlcpy", 0, 1},
    {"stpcpy", 0, 1},
    {"memcpy", 0, 1},
    {"memmove", 0, 1},
    {"mempcpy", 0, 1},
    {"strcpy_s", 0, 2},
    {"memcpy_s", 0, 2},
    {"g_strlcpy", 0, 1},
    {"bcopy", 1, 0},
    {"strcat", 0, 1, kAppendWord},
    {"strncat", 0, 1, kAppendWord},
    {"strlcat", 0, 1, kAppendWord},
    {"g_strlcat", 0, 1, kAppendWord},
});

/// A call that looks like a macro: it may hold a "return" that nobody sees. Those that write a log do not.
bool may_be_macro(std::string_view word) {
  constexpr std::array<std::string_view, 11> kHarmless = {"LOG", "DEBUG",  "TRACE", "WARN", "INFO", "PRINT",
                                                          "MSG", "UNUSED", "FREE",  "GET",  "PUT"};
  const auto is_capital = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); };
  if (word.size() < 3 || !std::all_of(word.begin(), word.end(), is_capital)) return false;
  return std::none_of(kHarmless.begin(), kHarmless.end(), [&](std::string_view one) { return word.find(one) != std::string_view::npos; });
}

template <class Visit>
void each_own(const Statement& one, const Visit& visit) {
  for (const Expression& target : one.targets) each_expression(target, visit, Into::own_parts);
  each_expression(one.value, visit, Into::own_parts);
}

}  // namespace

std::vector<Statement> CParser::body_at(std::size_t brace) {
  at_ = brace;
  return block();
}

Statement CParser::unknown_from_here(Location where) const {
  Statement one;
  one.where = where;
  one.value = made(Kind::call, where, named(std::string(kUnknownCall), where));
  settle(one.value);
  return one;
}

/// What a statement writes into buffers, as assignments in front of it.
void CParser::copies(const Statement& of, std::vector<Statement>& into) {
  std::vector<const Expression*> calls;
  each_own(of, [&](const Expression& one) {
    if (one.kind == Kind::call && one.parts.front().kind != Kind::call) calls.push_back(&one);
  });
  for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
    const std::string word = last_word((*call)->parts.front());
    const auto writer = std::find_if(kWriters.begin(), kWriters.end(), [&](const Writer& one) { return one.word == word; });
    if (writer == kWriters.end() || (*call)->parts.size() <= std::max(writer->to, writer->from) + 1) continue;
    Statement copy;
    copy.kind = StatementKind::assign;
    copy.where = (*call)->where;
    copy.word = writer->how;
    const Expression& to = (*call)->parts[writer->to + 1];
    copy.targets.push_back(copy_of(to.kind == Kind::address ? to.parts.front() : to));
    if (writer->is_format) {
      copy.value = made(Kind::call, copy.where, named("sprintf", copy.where));
      for (std::size_t at = writer->from + 1; at < (*call)->parts.size(); ++at) copy.value.parts.push_back(copy_of((*call)->parts[at]));
      copy.value.names.resize(copy.value.parts.size() - 1);
    } else {
      copy.value = copy_of((*call)->parts[writer->from + 1]);
    }
    settle(copy.value);
    into.push_back(std::move(copy));
  }
}

/// Macros that may leave the function.
void CParser::mark(Statement& one, std::vector<Statement>& into) const {
  bool leaves = false;
  each_own(one, [&](const Expression& part) {
    if (part.kind == Kind::name) leaves = leaves || leaving_.find(part.word) != leaving_.end();
  });
  if (leaves) into.push_back(unknown_from_here(one.where));
  if (one.kind == StatementKind::expression && one.value.kind == Kind::call && may_be_macro(last_word(one.value.parts.front())))
    one.word = kMacroWord;
}

bool CParser::own_statement(std::vector<Statement>& into) {
  std::vector<Statement> fresh;
  if (!one_statement(fresh) && !common_statement(fresh)) simple(fresh);
  for (Statement& one : fresh) {
    if (one.kind == StatementKind::assign && (one.word == kCopyWord || one.word == kAppendWord)) {  // has been looked at
      into.push_back(std::move(one));
      continue;
    }
    copies(one, into);
    mark(one, into);
    into.push_back(std::move(one));
  }
  return true;
}

bool CParser::one_statement(std::vector<Statement>& into) {
  while (is("[") && is("[", 1)) skip_bracket();  // [[attribute]]
  if (take("if")) {
    Statement one = made(StatementKind::branch);
    take("constexpr");
    condition(one, into);
    one.body = body();
    if (take("else")) one.otherwise = body();
    into.push_back(std::move(one));
    return true;
  }
  if (take("return") || take("co_return")) {
    Statement one = made(StatementKind::give_back);
    if (!is(";") && !is("}") && now() != nullptr) {
      one.value = expressions();
    } else {
      one.value = made(Kind::nothing, one.where);
    }
    take(";");
    into.push_back(std::move(one));
    return true;
  }
  if (is("goto") && is_name(1)) {
    Statement one = made(StatementKind::give_back);
    ++at_;
    one.word = std::string(kGotoWord) + take_name();
    take(";");
    into.push_back(std::move(one));
    return true;
  }
  if (is_name() && is(":", 1) && !is("default") && !is("case") && !is("public") && !is("private") && !is("protected")) {
    Statement one = made(StatementKind::expression);
    one.word = std::string(kLabelWord) + take_name();
    ++at_;
    into.push_back(std::move(one));
    return true;
  }
  if (is("case") || is("default")) {  // outside of the braces of its switch
    while (now() != nullptr && !is(":") && !is(";") && !is("}")) ++at_;
    take(":");
    return true;
  }
  if (is("using") || is("typedef") || is("static_assert") || is("_Static_assert") || is("asm") || is("__asm__") || is("template")) {
    while (now() != nullptr && !is(";") && !is("}")) {
      if (!skip_bracket()) ++at_;
    }
    take(";");
    return true;
  }
  return type(into) || declaration(into);
}

/// The head of an if: "(x)", "(T x = y)", "(T x = y; x)".
void CParser::condition(Statement& branch, std::vector<Statement>& into) {
  if (!take("(")) return;
  const std::size_t first = into.size();
  if (declaration(into)) {
    if (is(")") && into.size() > first && !into.back().targets.empty()) {
      branch.value = copy_of(into.back().targets.front());
    } else {
      branch.value = expressions();
    }
  } else {
    branch.value = expressions();
    if (take(";")) {
      add_expression(std::move(branch.value), into);
      branch.value = expressions();
    }
  }
  while (now() != nullptr && !is(")") && !is("{") && !is("}") && !is(";")) ++at_;
  take(")");
}

/// struct, union, enum, class with a body: what is behind it is declared as it.
bool CParser::type(std::vector<Statement>& into) {
  std::size_t ahead = 0;
  while (is("static", ahead) || is("const", ahead)) ++ahead;
  if (!is("struct", ahead) && !is("union", ahead) && !is("enum", ahead) && !is("class", ahead)) return false;
  ++ahead;
  if (is_name(ahead)) ++ahead;
  if (!is("{", ahead)) return false;
  at_ += ahead;
  skip_bracket();
  if (!is(";")) declarators(made(Kind::unknown, where()), false, into);
  take(";");
  return true;
}

/// The words of a type; false when there are none.
bool CParser::skip_type_words(Expression& type, bool& is_object) {
  constexpr auto kQualifiers =
      std::to_array<std::string_view>({"const", "volatile", "static", "register", "extern", "inline", "constexpr", "typename", "mutable",
                                       "thread_local", "_Thread_local", "restrict", "__extension__", "struct", "union", "enum", "class"});
  constexpr auto kBasic = std::to_array<std::string_view>(
      {"unsigned", "signed", "char", "short", "int", "long", "float", "double", "void", "bool", "_Bool", "auto"});
  constexpr auto kNoType =
      std::to_array<std::string_view>({"else", "do", "delete", "new", "throw", "case", "sizeof", "return", "goto", "break", "continue",
                                       "while", "for", "switch", "try", "catch", "this", "operator"});
  const auto is_one_of = [this](const auto& words) {
    return is_name() && std::find(words.begin(), words.end(), now()->written) != words.end();
  };
  bool has_basic = false, has_name = false;
  while (is_name()) {
    if (is_one_of(kNoType)) return false;
    if (is_one_of(kQualifiers)) {
      ++at_;
    } else if (is_one_of(kBasic)) {
      has_basic = true;
      ++at_;
    } else if (!has_basic && !has_name) {
      has_name = true;
      type = named(take_name(), where());
      while (true) {
        if (is("<") && skip_template()) is_object = true;
        if (!is("::") || !is_name(1)) break;
        ++at_;
        is_object = true;
        Expression attribute = made(Kind::attribute, where(), std::move(type));
        attribute.word = take_name();
        type = std::move(attribute);
      }
    } else {
      break;
    }
  }
  return has_basic || has_name;
}

CParser::Declared CParser::declared() {
  Declared found;
  if (!is_name()) return found;
  const std::size_t begin = at_;
  const bool has_type = skip_type_words(found.type, found.is_object);
  while (has_type && (is("*") || is("&") || is("&&") || is("const") || is("restrict") || is("__restrict"))) {
    if (is("*")) found.is_object = false;
    ++at_;
  }
  found.name = at_;
  const auto ends = [this](std::size_t ahead) {
    return is("=", ahead) || is(";", ahead) || is(",", ahead) || is("[", ahead) || is("(", ahead) || is("{", ahead) || is(":", ahead) ||
           is(")", ahead);
  };
  if (has_type && is_name() && at_ > begin) found.is_one = ends(1);
  if (has_type && is("[") && at_ > begin && tokens_[begin].written != "return") {  // auto [a, b] = ...
    const std::size_t behind = behind_bracket();
    const bool is_auto =
        std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin), tokens_.begin() + static_cast<std::ptrdiff_t>(at_),
                    [](const ScriptToken& one) { return one.written == "auto"; });
    found.is_one = is_auto && behind < tokens_.size() && (tokens_[behind].written == "=" || tokens_[behind].written == ":");
  }
  at_ = begin;
  return found;
}

bool CParser::declaration(std::vector<Statement>& into) {
  Declared found = declared();
  if (!found.is_one) return false;
  at_ = found.name;
  declarators(found.type, found.is_object, into);
  take(";");
  return true;
}

void CParser::declaration_at(std::size_t at, std::vector<Statement>& into) {
  at_ = at;
  declaration(into);
}

void CParser::declarators(const Expression& type, bool is_object, std::vector<Statement>& into) {
  do {
    while (is("*") || is("&") || is("const")) ++at_;
    Expression target = made(Kind::list, where());
    if (take("[")) {
      list_until("]", target);
    } else {
      target = named(take_name(), where());
      if (target.word.empty()) return;
    }
    initialised(std::move(target), type, is_object, into);
  } while (take(","));
}

/// One name, and what stands behind it: "[8] = ...", "(...)", "{...}".
void CParser::initialised(Expression target, const Expression& type, bool is_object, std::vector<Statement>& into) {
  const Location begin = target.where;
  const bool is_array = is("[");
  while (is("[")) skip_bracket();
  Expression value = made(Kind::nothing, begin);
  bool has_value = true;
  if (take("=")) {
    value = expression();
  } else if (is("(") || is("{")) {
    const bool is_call = is("(");
    value = made(Kind::call, begin, copy_of(type));
    ++at_;
    list_until(is_call ? ")" : "}", value);
    value.names.resize(value.parts.size() - 1);
    if (value.parts.size() == 1) value.parts.front() = named(std::string(kEmptyCall), begin);
    if (value.parts.size() == 2 && type.kind == Kind::unknown) {
      Expression only = std::move(value.parts[1]);
      value = std::move(only);
    }
  } else if (is_object && !is_array) {
    value = made(Kind::call, begin, named(std::string(kEmptyCall), begin));
  } else {
    has_value = false;
  }
  const bool is_text = value.kind == Kind::text && !value.text.empty();
  if (is_array && !is_text) {
    Statement array = made(StatementKind::assign);
    array.word = kArrayWord;
    array.value = made(Kind::nothing, begin);
    array.targets.push_back(std::move(target));
    into.push_back(std::move(array));
  } else if (has_value) {
    settle(value);
    add_expression(made(Kind::assigned, begin, std::move(target), std::move(value)), into);
    if (into.back().kind == StatementKind::assign) into.back().word = kLocalWord;
  } else {
    Statement bare = made(StatementKind::assign);
    bare.word = kDeclaredWord;
    bare.value = std::move(value);
    bare.targets.push_back(std::move(target));
    into.push_back(std::move(bare));
  }
}

/// catch (const T& e), catch (...)
void CParser::handler_head(Handler& handler) {
  if (!is("(")) return;
  const std::size_t end = behind_bracket();
  ++at_;
  Expression type = made(Kind::unknown, where());
  bool is_object = false;
  if (skip_type_words(type, is_object)) handler.classes.push_back(path_of(type));
  while (is("&") || is("*") || is("const")) ++at_;
  if (is_name()) handler.name = take_name();
  at_ = end;
}

void CParser::loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind) {
  if (const Declared found = declared(); found.is_one) {
    const std::size_t name_end = tokens_[found.name].written == "[" ? behind_bracket(found.name) : found.name + 1;
    if (name_end < tokens_.size() && tokens_[name_end].written == ":") {
      Expression target = named(std::string(tokens_[found.name].written), tokens_[found.name].where);
      at_ = name_end + 1;
      loop.targets.push_back(std::move(target));
      loop.value = expression();
      return;
    }
  }
  if (!take(";")) {
    if (!declaration(before)) simple(before);
  }
  if (is(";")) {
    loop.value = made(Kind::truth, where());
    loop.value.word = "true";
  } else {
    loop.value = expressions();
  }
  take(";");
  if (!is(")")) add_expression(expressions(), behind);
}

}  // namespace mainstay::script
