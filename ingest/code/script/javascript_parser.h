// The parser behind javascript_script().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/brace_parser.h"

namespace mainstay::script {

class JavascriptParser final : public BraceParser {
 public:
  using BraceParser::BraceParser;

 private:
  // Expressions.
  bool special(Expression& into) override;
  bool special_suffix(Expression& value) override;
  bool is_type_operator(std::string_view word) const override { return word == "as" || word == "satisfies"; }
  void skip_type() override;
  void skip_one_type();
  void entry(Expression& table) override;
  bool arrow(Expression& into);
  bool function_value(Expression& into);
  bool made_new(Expression& into);
  void take_body(Expression& function, std::vector<Statement> defaults);
  std::vector<std::string> parameters(std::vector<Statement>& defaults) override;
  std::string parameter(std::vector<Statement>& defaults);

  // Statements.
  bool own_statement(std::vector<Statement>& into) override;
  void handler_head(Handler& handler) override;
  void loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind) override;
  bool declaration(std::vector<Statement>& into);
  void variables(std::vector<Statement>& into);
  void pattern(const Expression& pattern, const Expression& value, std::vector<Statement>& into);
  void imports(std::vector<Statement>& into);
  bool import_or_export(std::vector<Statement>& into);
  bool type_only(std::vector<Statement>& into);
  void enumeration(std::vector<Statement>& into);
  Statement type();
  void member(std::vector<Statement>& into);
  Statement function_statement();

  int types_ = 0;  // how deep in a type
};

}  // namespace mainstay::script
