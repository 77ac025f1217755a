// Script: the statements of a source file, as far as it matters what a function
// asks and how it decides. Every language has a parser that makes it; what
// reads it knows none of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "graph/values/text.h"

namespace mainstay::script {

enum class ExpressionKind : std::uint8_t {
  unknown,    // anything that is not listed here; its parts are what it is made of
  name,       // word
  text,       // text
  number,     // number
  truth,      // word is "true" or "false"
  nothing,    // None, null
  attribute,  // parts[0] . word
  element,    // parts[0] [ parts[1] ]; a slice has only parts[0]
  call,       // parts[0] ( parts[1], ... ); names[i] of parts[i + 1], "" for one
              // without
  compare,    // parts[0] word parts[1]: "==", "!=", "in", "not in", "is", "is
              // not", "<", ...; chains are joined by both
  both,       // parts[0] and parts[1]
  either,     // parts[0] or parts[1]
  opposite,   // not parts[0]
  choice,     // parts[0] if parts[1] else parts[2]
  sum,        // parts[0] + parts[1] + ...; a text with expressions in it as well
  list,       // parts; tuples and sets as well
  table,      // parts: key, value, key, value, ...; a key that is written as a name
              // is a text
  each,       // parts[0] for word in parts[1] if parts[2]...: comprehensions and
              // generators
  assigned,   // parts[0] = parts[1]
  address,    // &parts[0] of C
  pointee,    // *parts[0] of C
  function    // a function without a statement of its own: names are its
              // parameters; word is the name that it is given, if any
};

struct Statement;

/// Shape: a call with a table or a list behind its type ("new T{a = b}", "T{a:
/// b}") has that as its last argument.
struct Expression {
  Expression() = default;
  Expression(Expression&&) noexcept = default;
  Expression& operator=(Expression&&) noexcept = default;
  Expression(const Expression&) = delete;  // a tree that is copied level by level doubles at each: copy_of()
  Expression& operator=(const Expression&) = delete;
  ~Expression() = default;

  ExpressionKind kind = ExpressionKind::unknown;
  std::string word;
  Text text;
  double number = 0;
  std::vector<Expression> parts;
  std::vector<std::string> names;
  std::vector<Statement> body;  // of a function
  bool gives_error = false;     // of a function: as that of a statement
  std::uint16_t height = 0;     // levels from here down, as settle() counts them; 0: not counted
  Location where;
};

enum class StatementKind : std::uint8_t {
  expression,  // value
  assign,      // targets = value
  give_back,   // return value; value is nothing when it has none
  raise,       // value is what is raised; unknown when it is raised again
  branch,      // if value: body else: otherwise
  loop,        // for targets in value, while value (no targets): body else: otherwise;
               // word "switch": once, and next_round is not its own
  attempt,     // body, handlers, otherwise (when nothing was raised), finally
  with,        // value: body
  function,    // word, parameters, body
  type,        // class: word, body
  stop_loop,
  next_round
};

/// How a number or a truth that a function of C gives back says yes.
enum class Answers : std::uint8_t {
  as_written,   // true does; other languages
  true_allows,  // a number above 0 as well
  true_denies,
  zero_allows,  // and all others tell an error
  ambiguous,
  nothing  // it gives nothing back
};

/// One "except" clause. No classes: it takes everything.
struct Handler {
  std::vector<std::string> classes;  // as written: "dns.resolver.NXDOMAIN"
  std::string name;
  bool has_guard = false;
  Expression guard;  // the clause takes nothing for which it is false
  std::vector<Statement> body;
};

struct Statement {
  StatementKind kind = StatementKind::expression;
  std::string word;
  bool gives_error = false;               // of a function: the last thing that it gives back
                                          // is an error or nothing
  Answers answers = Answers::as_written;  // of a function
  std::string given_by;                   // of a function: the parameter that points to what it decides; empty for none
  std::vector<std::string> parameters;
  std::vector<Expression> targets;
  Expression value;
  std::vector<Statement> body;
  std::vector<Statement> otherwise;
  std::vector<Handler> handlers;
  std::vector<Statement> last;  // finally
  Location where;
};

/// What another file or a library is taken in as: `target` is given import("module"), or that member of it.
/// Shape: `require("module")` of JavaScript is such a call as well.
Statement imported(Expression target, std::string_view module, std::string_view member);

inline constexpr std::uint16_t kTallest = 400;

/// Counts the levels of a tree whose parts are counted, or not yet. One of
/// more than kTallest becomes an unknown without parts, so that whatever
/// follows a tree down ends: chains nest to the left, a level for each call.
/// Cost: what is not counted yet, and the statements of its bodies.
void settle(Expression& tree);

/// One part more for a tree that is counted. Cost: the part.
void add_part(Expression& tree, Expression part);

/// A copy, which takes one from `budget` for each expression and statement, and more for long texts; what there is no budget left for is
/// unknown.
Expression copy_of(const Expression& tree, std::size_t& budget);
std::vector<Statement> copy_of(const std::vector<Statement>& body, std::size_t& budget);
inline constexpr std::size_t kMostCopies = 100'000;  // of one file

}  // namespace mainstay::script
