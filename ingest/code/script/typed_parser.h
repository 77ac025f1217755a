// The parser behind java_script() and csharp_script(): the two write types,
// members and statements so much alike that one grammar takes both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/brace_parser.h"

namespace mainstay::script {

class TypedParser final : public BraceParser {
 public:
  using BraceParser::BraceParser;

 private:
  // Expressions.
  bool special(Expression& into) override;
  bool special_suffix(Expression& value) override;
  Expression postfix(Expression value) override;
  bool is_type_operator(std::string_view word) const override { return word == "as"; }
  void skip_type() override;
  bool lambda(Expression& into);
  bool made_new(Expression& into);
  bool cast(Expression& into);
  void take_body(Expression& function);
  void initialiser(Expression& call);
  std::vector<std::string> parameters(std::vector<Statement>& defaults) override;

  // Statements.
  bool own_statement(std::vector<Statement>& into) override;
  void handler_head(Handler& handler) override;
  void loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind) override;
  bool type(std::vector<Statement>& into);
  bool member(std::vector<Statement>& into);
  void accessors(const std::string& name, Location begin, std::vector<Statement>& into);
  bool declaration(std::vector<Statement>& into);
  void declarators(std::vector<Statement>& into);
  bool resources(std::vector<Statement>& into);
  void skip_modifiers();
  void skip_annotation();
  /// Where the name stands of what a type in front of it declares; none when no
  /// declaration begins here.
  std::size_t declared_name();

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  int types_ = 0;
};

}  // namespace mainstay::script
