// What the parsers of languages with braces have in common: tokens, operators,
// calls, and the statements that all of them write alike.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/syntax/script_tokens.h"

namespace mainstay::script {

/// Whether a place may begin a `{` of its own, as the `T{}` of Go may not in
/// the head of an `if`.
enum class Literals : std::uint8_t { allowed, not_here };

/// A recursive descent over the tokens of one file; what fits no grammar is an
/// unknown expression. Limits: nesting past kDeepest, trees past kMostParts, copies past kMostCopies and
/// trees taller than kTallest are unknown; such brackets are passed over as a
/// whole.
class BraceParser {
 public:
  explicit BraceParser(const std::vector<ScriptToken>& tokens);
  virtual ~BraceParser() = default;
  BraceParser(const BraceParser&) = delete;
  BraceParser& operator=(const BraceParser&) = delete;

  std::vector<Statement> file();

 protected:
  static constexpr int kDeepest = 100;
  static constexpr std::size_t kMostParts = 200'000;

  // Tokens.
  const ScriptToken* now(std::size_t ahead = 0) const { return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr; }
  bool is(std::string_view written, std::size_t ahead = 0) const;
  bool is_name(std::size_t ahead = 0) const { return now(ahead) != nullptr && now(ahead)->kind == ScriptTokenKind::name; }
  bool is_string() const { return now() != nullptr && now()->kind == ScriptTokenKind::string; }
  bool starts_line() const { return now() == nullptr || now()->starts_line; }
  bool take(std::string_view written);
  std::string take_name();
  Location where() const { return now() == nullptr ? Location{} : now()->where; }
  /// The token behind the other bracket of the one that is next.
  std::size_t behind_bracket() const { return behind_bracket(at_); }
  std::size_t behind_bracket(std::size_t at) const;
  /// Passes over a bracket with all that is in it.
  bool skip_bracket();
  /// Passes over what is left of a statement.
  void skip_statement();
  /// Passes over a list of types in "<" and ">"; false, and nothing is passed
  /// over, when it is none.
  bool skip_types();

  // Expressions, from the loosest to the tightest.
  Expression expressions();  // with commas: a list
  Expression expression();
  Expression binary(int least);
  virtual Expression unary();
  virtual Expression postfix(Expression value);
  virtual Expression atom();
  /// What a language has that others do not, where an operand is expected;
  /// false when nothing of that is next.
  virtual bool special(Expression&) { return false; }
  /// What a language has behind a value that others do not.
  virtual bool special_suffix(Expression&) { return false; }
  virtual bool is_type_operator(std::string_view) const { return false; }  // "as": its right side is a type
  virtual void skip_type() {}
  /// One entry of a table: its key and its value.
  virtual void entry(Expression& table);
  void arguments(Expression& call);
  void list_until(std::string_view closing, Expression& into);
  Expression text();
  Expression table();
  Expression plain();

  // Statements.
  void statement(std::vector<Statement>& into);
  /// The statements that a language has for itself; false when it is none of
  /// them.
  virtual bool own_statement(std::vector<Statement>& into) = 0;
  bool common_statement(std::vector<Statement>& into);
  void simple(std::vector<Statement>& into);
  std::vector<Statement> block();
  std::vector<Statement> body();  // a block or one statement
  Statement branch();
  Statement choose();
  Statement attempt();
  virtual void handler_head(Handler& handler) = 0;
  virtual void loop_head(Statement& loop, std::vector<Statement>& before, std::vector<Statement>& behind);
  /// The last name of each piece between the commas of a list in which types stand in front of names; `skip` passes by what stands in the
  /// angle brackets of one.
  std::vector<std::string> last_names(const std::function<bool()>& skip);
  /// What names stand in the brackets of a function; the brackets are passed
  /// over.
  virtual std::vector<std::string> parameters(std::vector<Statement>& defaults) = 0;

  Statement made(StatementKind kind) const;
  /// Parts that are given up are moved, which a list of them could not be.
  template <typename... Parts>
  static Expression made(ExpressionKind kind, Location where, Parts&&... parts) {
    Expression one;
    one.kind = kind;
    one.where = where;
    one.parts.reserve(sizeof...(parts));
    (one.parts.push_back(std::forward<Parts>(parts)), ...);
    return one;
  }
  /// One with a single part, at that part's place.
  static Expression around(ExpressionKind kind, Expression part);
  Expression copy_of(const Expression& tree) { return script::copy_of(tree, copies_); }
  static Expression named(std::string word, Location where);
  static Expression texted(std::string_view text, Location where);
  /// A function that a name, a member or a key is given is a function of that
  /// name.
  static void add_expression(Expression value, std::vector<Statement>& into);
  static void name_function(Expression& function, const Expression& target);

  const std::vector<ScriptToken>& tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Literals literals_ = Literals::allowed;

 private:
  struct Case {
    std::vector<Expression> values;  // none: default
    std::vector<Statement> body;
  };
  std::vector<Case> cases();
  void assignment_tail(Expression& left);

  std::vector<std::size_t> partners_;
  std::size_t parts_ = 0;
  std::size_t copies_ = kMostCopies;
};

/// Counts how deep a parser is.
class Nested {
 public:
  explicit Nested(int& depth) : depth_(depth) { ++depth_; }
  ~Nested() { --depth_; }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;

 private:
  int& depth_;
};

}  // namespace mainstay::script
