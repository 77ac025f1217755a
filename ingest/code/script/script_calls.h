// Calls of a script: what is called, with which arguments, and which of a file's functions rest on a TXT lookup.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/script.h"

namespace mainstay::script {

/// The last word of what is called: "resolve" of `dns.resolver.resolve`.
std::string last_word(const Expression& callee);
/// "dns.resolver.resolve" of a callee, as far as it is made of names.
std::string path_of(const Expression& callee);
/// The argument of a call by position or by name; null when there is none.
const Expression* argument(const Expression& call, std::size_t position, std::string_view name);
/// `dns.resolver.resolve(name, "TXT")` and its kin.
bool is_lookup(const Expression& call);

template <class Visit>
void each_expression(const Expression& one, Visit&& visit) {
  visit(one);
  for (const Expression& part : one.parts) each_expression(part, visit);
}

template <class Visit>
void each_expression(const std::vector<Statement>& all, Visit&& visit) {
  for (const Statement& one : all) {
    for (const Expression& target : one.targets) each_expression(target, visit);
    each_expression(one.value, visit);
    if (one.kind == StatementKind::function || one.kind == StatementKind::type) continue;
    each_expression(one.body, visit);
    each_expression(one.otherwise, visit);
    each_expression(one.last, visit);
    for (const Handler& handler : one.handlers) each_expression(handler.body, visit);
  }
}

/// The functions of a file, and which of them rest on a lookup.
class Functions {
 public:
  explicit Functions(const std::vector<Statement>& file);

  const Statement* find(const std::string& name) const;
  /// The function of the file that rests on a lookup and is called; null for other expressions.
  const Statement* looking(const Expression& call) const;
  bool rests_on_lookup(const std::vector<Statement>& body) const;
  /// Those that no other one of them calls, by name; where all call each other, all.
  std::vector<const Statement*> outermost() const;

 private:
  void collect(const std::vector<Statement>& all);

  std::map<std::string, const Statement*> by_name_;
  std::set<std::string> looking_;
  std::set<std::string> inner_;
};

}  // namespace mainstay::script
