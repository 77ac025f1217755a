// The parser behind python_script(): statements and expressions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/syntax/python_tokens.h"

namespace mainstay::script {

inline constexpr int kDeepest = 60;
inline constexpr std::size_t kMostParts = 200'000;

/// A recursive descent over the tokens of one file; what fits no grammar is an
/// unknown expression up to the end of its line.
class PythonParser {
 public:
  explicit PythonParser(const std::vector<PythonToken>& tokens) : tokens_(tokens) {}

  std::vector<Statement> file() {
    std::vector<Statement> all;
    while (at_ < tokens_.size()) {
      const std::size_t before = at_;
      statement(all);
      if (at_ == before) ++at_;  // a block's end without its beginning
    }
    return all;
  }

 private:
  // Tokens.
  const PythonToken* now() const { return at_ < tokens_.size() ? &tokens_[at_] : nullptr; }
  bool is(std::string_view written) const {
    const PythonToken* token = now();
    return token != nullptr && (token->kind == PythonTokenKind::name || token->kind == PythonTokenKind::op) && token->written == written;
  }
  bool is(PythonTokenKind kind) const { return now() != nullptr && now()->kind == kind; }
  bool take(std::string_view written) {
    if (!is(written)) return false;
    ++at_;
    return true;
  }
  bool take(PythonTokenKind kind) {
    if (!is(kind)) return false;
    ++at_;
    return true;
  }
  Location where() const { return now() == nullptr ? Location{} : now()->where; }
  bool at_line_end() const {
    return now() == nullptr || is(PythonTokenKind::line_end) || is(PythonTokenKind::block_end) || is(PythonTokenKind::block_begin);
  }

  // Statements.
  void statement(std::vector<Statement>& into);
  void simple(std::vector<Statement>& into);
  bool compound(std::vector<Statement>& into);
  std::vector<Statement> block();
  Statement branch();
  Statement loop(bool has_targets);
  Statement attempt();
  Statement function();
  void parameters(Statement& function, std::vector<Statement>& defaults);
  void imports(std::vector<Statement>& into);
  void imports_from(std::vector<Statement>& into);
  void skip_to_line_end();
  void skip_statement();
  void skip_decorator() { skip_to_line_end(); }

  // Expressions, from the loosest to the tightest.
  Expression expression();
  Expression expressions();  // with commas: a list
  Expression disjunction();
  Expression conjunction();
  Expression inversion();
  Expression comparison();
  Expression arithmetic();
  Expression unary();
  Expression postfix();
  Expression atom();
  Expression in_field(std::string_view field, const PythonToken& text);
  Expression bracketed();
  Expression table();
  Expression each(Expression value, std::string_view closing);
  void arguments(Expression& call);
  Expression subscript(Expression of);

  static Expression made(ExpressionKind kind, Location where) {
    Expression one;
    one.kind = kind;
    one.where = where;
    return one;
  }

  static Expression named(std::string word, Location where) {
    Expression one = made(ExpressionKind::name, where);
    one.word = std::move(word);
    return one;
  }

  const std::vector<PythonToken>& tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::size_t parts_ = 0;
  std::size_t copies_ = kMostCopies;
};

/// Counts how deep the parser is.
class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  int& depth_;
};

}  // namespace mainstay::script
