// The parser behind c_script(): the statements of a function of C or C++.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/brace_parser.h"
#include "ingest/code/script/c_words.h"

namespace mainstay::script {

class CParser final : public BraceParser {
 public:
  CParser(const std::vector<ScriptToken>& tokens, const std::set<std::string_view>& leaving) : BraceParser(tokens), leaving_(leaving) {}

  /// The statements in the braces that open at a token.
  std::vector<Statement> body_at(std::size_t brace);
  /// What a declaration that begins at a token gives to names.
  void declaration_at(std::size_t at, std::vector<Statement>& into);
  /// The expression that begins at a token.
  Expression expression_at(std::size_t at);

 private:
  // Expressions.
  Expression unary() override;
  bool special(Expression& into) override;
  bool special_suffix(Expression& value) override;
  bool cast();
  bool literal(Expression& into);
  bool lambda(Expression& into);
  bool made_new(Expression& into);
  Expression braced();
  Expression stepped(Expression value);
  bool skip_template();
  std::vector<std::string> parameters(std::vector<Statement>& defaults) override;

  // Statements.
  bool own_statement(std::vector<Statement>& into) override;
  bool one_statement(std::vector<Statement>& into);
  void handler_head(Handler& handler) override;
  void loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind) override;
  void condition(Statement& branch, std::vector<Statement>& into);
  bool type(std::vector<Statement>& into);
  bool declaration(std::vector<Statement>& into);
  void declarators(const Expression& type, bool is_object, std::vector<Statement>& into);
  void initialised(Expression target, const Expression& type, bool is_object, std::vector<Statement>& into);
  void copies(const Statement& of, std::vector<Statement>& into);
  void mark(Statement& one, std::vector<Statement>& into) const;
  Statement unknown_from_here(Location where) const;

  /// The type in front of what it declares.
  struct Declared {
    bool is_one = false;
    std::size_t name = 0;    // its token; of "auto [a, b]" that of the bracket
    bool is_object = false;  // of a class, so that it has a value without being given one
    Expression type;
  };
  Declared declared();
  bool skip_type_words(Expression& type, bool& is_object);

  const std::set<std::string_view>& leaving_;
};

}  // namespace mainstay::script
