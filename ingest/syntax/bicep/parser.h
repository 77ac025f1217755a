// Parser: the recursive descent over one Bicep text. Private to ingest/syntax/bicep.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/syntax/bicep/bicep.h"

namespace mainstay::bicep {

/// After the first problem of a statement `failed_` is set: every function then returns at once, and the statement's owner recovers.
class Parser {
 public:
  /// `where` turns a range of the text into a place; `fail` is told of problems.
  using Where = std::function<Location(std::size_t, std::size_t)>;
  using Fail = std::function<void(Location, std::string)>;
  Parser(std::string_view text, Where where, Fail fail) : text_(text), where_(std::move(where)), fail_(std::move(fail)) {}

  std::vector<Statement> file();
  /// One expression of an ARM template, to the end of the text.
  Expression whole_template_expression();

 private:
  friend class Nested;
  // statement.cpp
  Statement statement();
  void declaration(Statement& made);
  void skip_statement();
  bool at_statement() const;
  Expression body();

  // expression.cpp
  Expression expression();
  Expression binary(int level);
  Expression unary();
  Expression with_steps();
  bool step(Expression& base);
  Expression term();
  Expression list();
  Expression loop(std::size_t begin);
  Expression object();
  void object_item(Expression& into);
  std::vector<Expression> arguments();
  std::string_view operator_at(int level) const;

  // text.cpp
  Expression quoted();
  Expression multi_line();
  bool escape(std::string& into);

  // Characters.
  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool sees(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool take(std::string_view what);
  bool take_word(std::string_view word);
  void expect(std::string_view what);
  /// Blanks and comments; with `lines` line ends too.
  void skip(bool lines);
  std::string word();
  void failed(std::string message);
  Location range(std::size_t begin) const { return where_(begin, at_); }
  Expression node(ExpressionKind kind, std::size_t begin) const;

  std::string_view text_;
  Where where_;
  Fail fail_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  bool is_template_ = false;  // ARM: texts end where a single quote is not doubled
};

/// Counts one more level while it lives; the level past the limit fails the statement.
class Nested {
 public:
  explicit Nested(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > kMaxDepth) parser_.failed("nested too deeply");
  }
  ~Nested() { --parser_.depth_; }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;

 private:
  Parser& parser_;
};

}  // namespace mainstay::bicep
