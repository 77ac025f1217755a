// What the expressions of a script come to as texts: literals, sums, formats,
// constants of the file, and reads of the environment.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/code/value.h"

namespace mainstay::script {

/// Where an expression stands: a position in the functions of a file; 0 is
/// outside of every one.
enum class ScopeId : std::size_t { file = 0 };

/// A call and where it stands.
struct Site {
  const Expression* call = nullptr;
  ScopeId scope = ScopeId::file;
};

/// A member of something that is given a value: `options.Authority = ...`.
struct SetMember {
  const Expression* target = nullptr;
  const Expression* value = nullptr;
  ScopeId scope = ScopeId::file;
};

/// What a name that a file takes in stands for: import("module").path[0].path[1]...
struct Taken {
  std::string module;  // as it is written; empty for what the files of one package share without a word
  std::vector<std::string> path;
};

/// What something comes to in the file that it is taken from.
using Elsewhere = std::function<code::Value(const Taken& taken)>;

/// Works texts out without running anything. Names are looked up from the
/// inside to the outside; what is assigned differently in several places, what
/// only the running program has, and what is too deep is unknown. Limits:
/// `steps` bounds the work for the file; is_exhausted() says that it was met.
class Texts {
 public:
  explicit Texts(const std::vector<Statement>& file, std::size_t steps = 50'000, Elsewhere elsewhere = {});

  code::Value value(const Expression& one, ScopeId scope);
  /// The same for each of the callers in the file, where the value is a
  /// parameter or made from one; at most kMostCallers.
  std::vector<code::Value> values(const Expression& one, ScopeId scope);
  /// The table or list that an expression stands for; null for others.
  const Expression* shape(const Expression& one, ScopeId scope, int depth = 0) const;
  /// What a dotted name is called where it comes from: "requests.get" of `g` behind `from requests import get as g`.
  std::string full_path(const Expression& one, ScopeId scope) const;
  /// The functions of the file that have names.
  std::vector<std::string> functions() const;
  /// What a function gives back, when it has one way to do so.
  code::Value result(const std::string& function);
  /// What other files get when they take that from this one.
  code::Value exported(const std::vector<std::string>& path);
  /// The value of a key in a table; null when it has none of that name.
  static const Expression* entry(const Expression& table, std::string_view key);

  /// What a name or a member is given, when it is given something once; null for others.
  const Expression* assigned_once(const Expression& one, ScopeId scope) const;
  /// What a name outside of every function is given.
  std::vector<const Expression*> constants(std::string_view name) const;

  const std::vector<Site>& calls() const { return calls_; }
  const std::vector<SetMember>& members() const { return members_; }
  /// Where a call stands; the file for one that is not in it.
  ScopeId scope_of(const Expression& call) const;
  bool is_exhausted() const { return left_ == 0; }

 private:
  static constexpr std::size_t kMostCallers = 8;

  struct Scope {
    ScopeId around = ScopeId::file;
    std::string function;  // its name, if any
    std::vector<std::string> parameters;
    std::map<std::string, std::vector<const Expression*>, std::less<>> assigned;
  };
  struct Function {
    ScopeId scope = ScopeId::file;
    const std::vector<Statement>* body = nullptr;
  };

  void walk(const std::vector<Statement>& all, ScopeId scope);
  void walk(const Expression& one, ScopeId scope);
  void walk_function(const std::string& name, const std::vector<std::string>& parameters, const std::vector<Statement>& body,
                     ScopeId around);
  void assign(const Expression& target, const Expression& value, ScopeId scope);
  const Scope& at(ScopeId scope) const { return scopes_[static_cast<std::size_t>(scope)]; }

  code::Value worked_out(const Expression& one, ScopeId scope);
  code::Value named(const Expression& one, ScopeId scope);
  code::Value parameter(const std::string& name, std::size_t position, ScopeId scope, Location where);
  code::Value member(const Expression& one, ScopeId scope);
  code::Value called(const Expression& one, ScopeId scope);
  code::Value given_back(const Function& function);
  code::Value either(const Expression& first, const Expression& second, ScopeId scope);
  code::Value all_the_same(const std::vector<const Expression*>& values, ScopeId scope, code::Value otherwise);
  bool environment(const Expression& one, ScopeId scope, code::Value& value);
  std::optional<Taken> taken(const Expression& one, ScopeId scope, int depth = 0) const;
  bool from_elsewhere(const Expression& one, ScopeId scope, code::Value& got);
  bool from_anywhere(const std::string& name, code::Value& got);
  bool formatted(const Expression& one, ScopeId scope, code::Value& got);
  bool composed(const Expression& one, ScopeId scope, code::Value& got);
  code::Value with_fields(const Expression& one, ScopeId scope);

  std::vector<Scope> scopes_;
  std::map<std::string, std::vector<const Expression*>, std::less<>> paths_;  // what members are given
  std::map<std::string, std::vector<ScopeId>, std::less<>> path_scopes_;
  std::map<std::string, Function, std::less<>> functions_;
  std::map<std::string, std::vector<Site>, std::less<>> called_;
  std::map<const Expression*, ScopeId> scope_of_;
  std::set<std::string, std::less<>> types_;
  std::vector<Site> calls_;
  std::vector<SetMember> members_;
  std::map<std::pair<ScopeId, std::string>, code::Value> bound_;  // parameters, for one of the callers
  std::set<std::pair<ScopeId, std::string>> open_;                // names that are being worked out
  Elsewhere elsewhere_;
  std::size_t left_;
  int depth_ = 0;
};

}  // namespace mainstay::script
