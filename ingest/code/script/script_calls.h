// Calls of a script: what is called, with which arguments, and which of a
// file's functions rest on a TXT lookup.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/dialect.h"
#include "ingest/code/script/script.h"

namespace mainstay::script {

/// The last word of what is called: "resolve" of `dns.resolver.resolve`.
std::string last_word(const Expression& callee);
/// "dns.resolver.resolve" of a callee, as far as it is made of names.
std::string path_of(const Expression& callee);
/// The argument of a call by position or by name; null when there is none.
const Expression* argument(const Expression& call, std::size_t position, std::string_view name);

/// The module of import("module") or require("module"); nothing for other
/// expressions.
std::optional<std::string> imported_module(const Expression& one);

/// Whether a visit goes on into the functions that stand in expressions.
enum class Into : std::uint8_t { functions, own_parts };

template <class Visit>
void each_expression(const std::vector<Statement>& all, const Visit& visit, Into into = Into::functions);

template <class Visit>
void each_expression(const Expression& one, const Visit& visit, Into into = Into::functions) {
  visit(one);
  for (const Expression& part : one.parts) each_expression(part, visit, into);
  if (into == Into::functions) each_expression(one.body, visit, into);
}

/// Functions and types that are statements are not gone into.
template <class Visit>
void each_expression(const std::vector<Statement>& all, const Visit& visit, Into into) {
  for (const Statement& one : all) {
    for (const Expression& target : one.targets) each_expression(target, visit, into);
    each_expression(one.value, visit, into);
    if (one.kind == StatementKind::function || one.kind == StatementKind::type) continue;
    each_expression(one.body, visit, into);
    each_expression(one.otherwise, visit, into);
    each_expression(one.last, visit, into);
    for (const Handler& handler : one.handlers) each_expression(handler.body, visit, into);
  }
}

/// All of a file, its functions and types included.
template <class Visit>
void each_of_file(const std::vector<Statement>& all, const Visit& visit) {
  each_expression(all, visit);
  for (const Statement& one : all) {
    if (one.kind == StatementKind::function || one.kind == StatementKind::type) each_of_file(one.body, visit);
  }
}

/// Something that can be called: a function of the file, or one that is handed
/// to a call outside of every function.
struct Callable {
  std::string name;
  const std::vector<std::string>* parameters = nullptr;
  const std::vector<Statement>* body = nullptr;
  bool gives_error = false;
  bool is_nested = false;  // in another function: it sees that one's values
  Answers answers = Answers::as_written;
  std::string given_by = {};
};

/// The functions of a file, and which of them rest on a lookup.
class Functions {
 public:
  Functions(const std::vector<Statement>& file, const Dialect& dialect);

  const Dialect& dialect() const { return dialect_; }
  const LookupCall* lookup(const Expression& call) const;
  /// The call that says what is asked, of lookups that do not say it
  /// themselves; null when the file has none.
  const Expression* asked() const { return asked_; }
  const Callable* find(const std::string& name) const;
  /// The function of the file that rests on a lookup and is called; null for
  /// other expressions.
  const Callable* looking(const Expression& call) const;
  bool rests_on_lookup(const std::vector<Statement>& body) const;
  bool rests_on_lookup(const Expression& expression) const;
  /// Those that no other one of them calls, by name; where all call each other,
  /// all. Then those without a name of their own. In C one that does not say how it answers gives way to those that it calls and that do.
  std::vector<const Callable*> outermost() const;

 private:
  void collect(const std::vector<Statement>& all, bool is_nested);
  void collect_handed(const std::vector<Statement>& all);
  void add_handed(const Expression& one, const std::string& name);
  void find_asked(const std::vector<Statement>& all);
  std::vector<const Callable*> deciding(const std::vector<const Callable*>& outer) const;

  const Dialect& dialect_;
  std::map<std::string, Callable> by_name_;
  std::deque<Callable> handed_;  // to calls
  std::set<std::string> looking_;
  std::set<std::string> inner_;
  const Expression* asked_ = nullptr;
};

}  // namespace mainstay::script
