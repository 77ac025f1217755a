// The parser behind go_script().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/brace_parser.h"

namespace mainstay::script {

class GoParser final : public BraceParser {
 public:
  using BraceParser::BraceParser;

 private:
  // Expressions and types.
  bool special(Expression& into) override;
  bool special_suffix(Expression& value) override;
  void skip_type() override;
  bool function_value(Expression& into);
  bool made_of_type(Expression& into);
  Expression composite(Expression type);
  std::vector<std::string> parameters(std::vector<Statement>& defaults) override;
  bool results();

  // Statements.
  bool own_statement(std::vector<Statement>& into) override;
  bool passed_over();
  void handler_head(Handler&) override {}
  void function_statement(std::vector<Statement>& into);
  void declarations(std::vector<Statement>& into);
  void declaration(std::vector<Statement>& into);
  void branch_statement(std::vector<Statement>& into);
  void loop_statement(std::vector<Statement>& into);
  void choice_statement(std::vector<Statement>& into);
  std::vector<Statement> clause();
  void simple_statement(std::vector<Statement>& into);
  void header(std::vector<Statement>& into);

  int types_ = 0;  // how deep in a type
};

}  // namespace mainstay::script
