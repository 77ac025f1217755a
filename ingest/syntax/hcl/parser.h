// Parser: the recursive descent over one HCL text. Private to ingest/syntax/hcl.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/source/source.h"
#include "ingest/syntax/hcl/cursor.h"
#include "ingest/syntax/hcl/hcl.h"

namespace mainstay::hcl {

/// One piece of a template before `%{if}` and `%{for}` are paired with their ends.
struct TemplatePiece {
  enum class Kind : std::uint8_t { literal, interpolation, if_, else_, endif, for_, endfor };
  Kind kind = Kind::literal;
  Expression node;  // literal: string; if_: its condition is the only child; for_: its collection is
};

/// The brackets that are open, and how many of each kind, so that a closing one is matched without a search.
/// Shape: kinds are ( [ {, " for a quoted string, $ for a template sequence, < for a here document with its marker.
class OpenBrackets {
 public:
  struct Bracket {
    char kind;
    std::string_view marker;
  };

  bool empty() const { return stack_.empty(); }
  char top() const { return stack_.empty() ? '\0' : stack_.back().kind; }
  std::string_view marker() const { return stack_.back().marker; }
  bool holds(char kind) const { return counts_[static_cast<unsigned char>(kind)] > 0; }
  void push(char kind, std::string_view marker = {}) {
    ++counts_[static_cast<unsigned char>(kind)];
    stack_.push_back({kind, marker});
  }
  void push_under(char kind) {
    ++counts_[static_cast<unsigned char>(kind)];
    stack_.insert(stack_.begin(), Bracket{kind, {}});
  }
  void pop() {
    --counts_[static_cast<unsigned char>(stack_.back().kind)];
    stack_.pop_back();
  }
  void clear() {
    while (!empty()) pop();
  }

 private:
  std::vector<Bracket> stack_;
  std::array<std::size_t, 256> counts_{};
};

/// After the first problem of a statement `failed_` is set: every function then returns at once, and the statement's owner recovers.
/// `open_` holds the brackets that were open at that moment, which is what recovery has to close.
class Parser {
 public:
  Parser(const Source& source, SourceId id, Diagnostics& problems)
      : source_(source), id_(id), problems_(problems), cursor_(source.bytes()), budget_(4 * source.bytes().size() + 4096) {}

  Body file();
  Expression whole_template();

 private:
  friend class Nested;
  using Names = std::unordered_set<std::string>;
  // body.cpp
  Body body(std::size_t opened_at, bool top);
  void body_item(Body& into, Names& names);
  void attribute(Body& into, Names& names, std::string name, std::size_t begin);
  void block(Body& into, std::string type, std::size_t begin);
  void block_labels(Block& block);
  void block_body(Block& block);
  void end_of_item();
  void quoted_label(Label& label);
  void hoist(Body& file);

  // recovery.cpp
  void recover();
  void skip_one();
  void skip_in_string();
  void skip_in_code();
  void pop_to(char opener);
  bool at_block_header() const;

  // expression.cpp
  Expression expression();
  Expression binary(int level);
  Expression with_steps();
  bool step(Expression& access);
  void dot_step(Expression& access);
  void bracket_step(Expression& access);
  Expression term();
  Expression unary();
  Expression parenthesised();
  Expression named();
  Expression call(std::string name, std::size_t begin);
  std::string operator_at(int level);

  // collection.cpp
  Expression tuple();
  Expression object();
  bool object_item(Expression& into);
  Expression for_expression(char close, std::size_t begin);
  bool for_names(Expression& loop, std::string_view what);

  // template.cpp
  Expression quoted();
  Expression here_document();
  void quoted_pieces(std::vector<TemplatePiece>& pieces);
  void here_document_pieces(std::vector<TemplatePiece>& pieces, std::string_view marker);
  void sequence(std::vector<TemplatePiece>& pieces);
  TemplatePiece directive();
  void escape(std::string& into);
  Expression assembled(std::vector<TemplatePiece> pieces, std::size_t begin, bool heredoc);
  void assemble(std::vector<TemplatePiece>& pieces, std::size_t& at, Expression& into);
  void pair(std::vector<TemplatePiece>& pieces, std::size_t& at, TemplatePiece& opener);

  // parser.cpp
  void fail(std::size_t begin, std::size_t end, std::string message, std::string hint = {});
  void fail_here(std::string message, std::string hint = {});
  Location range(std::size_t begin) const { return {id_, static_cast<std::uint32_t>(begin), cursor_.offset()}; }
  Location range(std::size_t begin, std::size_t end) const;
  Expression node(ExpressionKind kind, std::size_t begin) const;
  void blanks() { cursor_.skip_blanks(!newlines_end_); }
  bool keyword(std::string_view word);
  std::string found() const;
  void open(char bracket, std::string_view marker = {}) { open_.push(bracket, marker); }
  void close() {
    if (!failed_) open_.pop();
  }

  const Source& source_;
  SourceId id_;
  Diagnostics& problems_;
  Cursor cursor_;
  bool newlines_end_ = true;  // a line end ends the expression
  bool failed_ = false;
  bool resynchronised_ = false;  // recovery stopped at a block header of the file: enclosing blocks end here
  bool too_deep_ = false;        // the problem of this statement is its depth
  bool trim_next_ = false;       // the last template sequence ended with `~`
  int depth_ = 0;
  OpenBrackets open_;
  std::size_t budget_;     // octets that recovery may still look at
  bool unclosed_ = false;  // a block reached the end of the file
};

/// Counts one more level while it lives; the level past the limit fails the statement.
class Nested {
 public:
  explicit Nested(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > kMaxDepth && !parser_.failed_) {
      parser_.too_deep_ = true;
      parser_.fail_here("nested too deeply", "at most 200 levels are read");
    }
  }
  ~Nested() { --parser_.depth_; }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;

 private:
  Parser& parser_;
};

/// Sets a variable while it lives and restores it.
template <class T>
class Restored {
 public:
  Restored(T& variable, T value) : variable_(variable), before_(std::move(variable)) { variable_ = std::move(value); }
  ~Restored() { variable_ = std::move(before_); }
  Restored(const Restored&) = delete;
  Restored& operator=(const Restored&) = delete;

 private:
  T& variable_;
  T before_;
};

}  // namespace mainstay::hcl
