// Statements, and what goes on behind one that cannot be read.
#include <algorithm>
#include <array>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/syntax/bicep/parser.h"

namespace mainstay::bicep {
namespace {

struct Keyword {
  std::string_view word;
  StatementKind kind;
};

constexpr std::array<Keyword, 14> kKeywords = {{{"param", StatementKind::parameter},
                                                {"var", StatementKind::variable},
                                                {"resource", StatementKind::resource},
                                                {"module", StatementKind::module},
                                                {"output", StatementKind::output},
                                                {"targetScope", StatementKind::target_scope},
                                                {"using", StatementKind::using_file},
                                                {"import", StatementKind::other},
                                                {"extension", StatementKind::other},
                                                {"provider", StatementKind::other},
                                                {"metadata", StatementKind::other},
                                                {"type", StatementKind::other},
                                                {"func", StatementKind::other},
                                                {"assert", StatementKind::other}}};

bool is_word(char c) { return is_ascii_alphanumeric(c) || c == '_'; }

}  // namespace

const Expression* Expression::entry(std::string_view name) const {
  if (kind != ExpressionKind::object) return nullptr;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    if (children[i].kind == ExpressionKind::text && children[i].text == name) return &children[i + 1];
  }
  return nullptr;
}

bool Parser::take(std::string_view what) {
  if (!sees(what)) return false;
  at_ += what.size();
  return true;
}

bool Parser::take_word(std::string_view word) {
  if (!sees(word) || is_word(peek(word.size()))) return false;
  at_ += word.size();
  return true;
}

void Parser::expect(std::string_view what) {
  if (!failed_ && !take(what)) failed("\"" + std::string(what) + "\" is expected here");
}

void Parser::skip(bool lines) {
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
      ++at_;
    } else if (sees("//") || (c == '#' && sees("#disable-"))) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (sees("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else {
      return;
    }
  }
}

std::string Parser::word() {
  const std::size_t begin = at_;
  if (is_ascii_alphanumeric(peek()) || peek() == '_') {
    while (is_word(peek())) ++at_;
  }
  return std::string(text_.substr(begin, at_ - begin));
}

void Parser::failed(std::string message) {
  if (failed_) return;
  failed_ = true;
  fail_(where_(at_, std::min(at_ + 1, text_.size())), std::move(message));
}

bool Parser::at_statement() const {
  if (peek() == '@') return true;
  return std::any_of(kKeywords.begin(), kKeywords.end(),
                     [&](const Keyword& one) { return sees(one.word) && !is_word(peek(one.word.size())); });
}

/// To the next line whose first octet begins a statement.
void Parser::skip_statement() {
  do {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  } while (!at_end() && !at_statement());
}

std::vector<Statement> Parser::file() {
  std::vector<Statement> found;
  for (skip(true); !at_end(); skip(true)) {
    failed_ = false;
    depth_ = 0;
    Statement made = statement();
    if (!failed_) {
      skip(false);
      if (!at_end() && peek() != '\n') failed("the end of the line is expected here");
    }
    if (failed_) skip_statement();
    if (made.kind != StatementKind::other && !(made.type.empty() && made.name.empty())) found.push_back(std::move(made));
  }
  return found;
}

Statement Parser::statement() {
  Statement made;
  std::size_t begin = at_;
  while (!failed_ && take("@")) {
    made.decorators.push_back(with_steps());
    skip(true);
    begin = at_;
  }
  const std::string keyword = word();
  const auto* known = std::find_if(kKeywords.begin(), kKeywords.end(), [&](const Keyword& one) { return one.word == keyword; });
  if (known == kKeywords.end()) {
    at_ = begin;
    failed("no statement of Bicep begins so");
    return made;
  }
  if (failed_) return made;
  made.kind = known->kind;
  skip(false);
  if (made.kind == StatementKind::other) {
    // A function, a type or an import may go over several lines: to where no bracket is open.
    int open = 0;
    for (; !at_end() && (open > 0 || peek() != '\n'); ++at_) {
      const char c = peek();
      if (c == '{' || c == '[' || c == '(') ++open;
      if ((c == '}' || c == ']' || c == ')') && open > 0) --open;
      if (c == '\n' && open > 0 && at_ + 1 < text_.size() && is_ascii_alphanumeric(peek(1))) break;
    }
    return made;
  }
  declaration(made);
  made.where = range(begin);
  return made;
}

void Parser::declaration(Statement& made) {
  if (made.kind == StatementKind::using_file) {
    made.type = peek() == '\'' ? quoted().text : word();
    return;
  }
  if (made.kind != StatementKind::target_scope) {
    const std::size_t begin = at_;
    made.name = word();
    made.name_where = range(begin);
    if (made.name.empty()) return failed("a name is expected here");
    skip(false);
  }
  if (made.kind == StatementKind::resource || made.kind == StatementKind::module) {
    if (peek() != '\'') return failed("a type or a path between quotes is expected here");
    made.type = quoted().text;
    skip(false);
    made.existing = take_word("existing");
    skip(false);
    expect("=");
    skip(false);
    if (!failed_) made.value = body();
    return;
  }
  // A type goes to the equals sign; of one in several words only the first matters here.
  const bool is_typed = made.kind == StatementKind::parameter || made.kind == StatementKind::output;
  if (is_typed && peek() != '=') {
    made.type = word();
    int open = 0;
    for (; !at_end() && (open > 0 || (peek() != '=' && peek() != '\n')); ++at_) {
      const char c = peek();
      if (c == '{' || c == '[' || c == '(') ++open;
      if ((c == '}' || c == ']' || c == ')') && open > 0) --open;
      if (c == '\n' && is_ascii_alphanumeric(peek(1))) break;  // a statement begins: the type was never closed
    }
  } else if (made.kind == StatementKind::variable && peek() != '=') {
    while (!at_end() && peek() != '=' && peek() != '\n') ++at_;
  }
  if (!take("=")) {
    if (made.kind != StatementKind::parameter) failed("\"=\" is expected here");
    return;
  }
  skip(false);
  made.value = expression();
  if (made.kind == StatementKind::target_scope) made.type = made.value.text;
}

/// `{...}`, `if (...) {...}` or `[for ...]`.
Expression Parser::body() {
  const std::size_t begin = at_;
  if (!take_word("if")) return expression();
  Expression made;
  skip(false);
  expect("(");
  skip(true);
  Expression condition = expression();
  skip(true);
  expect(")");
  skip(false);
  Expression then = failed_ ? Expression() : expression();
  made = node(ExpressionKind::conditional, begin);
  made.children.push_back(std::move(condition));
  made.children.push_back(std::move(then));
  return made;
}

std::vector<Statement> parse(const Source& source, SourceId id, Diagnostics& problems) {
  Parser parser(
      source.bytes(),
      [&](std::size_t begin, std::size_t end) {
        return Location{id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
      },
      [&](Location where, std::string message) {
        problems.error(source, where, std::move(message), "this statement is not used; reading goes on at the next one");
      });
  return parser.file();
}

Expression parse_template_expression(std::string_view text, const TextMap& map) {
  Parser parser(
      text, [&](std::size_t begin, std::size_t end) { return map.where(begin, end); }, [](Location, std::string) {});
  return parser.whole_template_expression();
}

}  // namespace mainstay::bicep
