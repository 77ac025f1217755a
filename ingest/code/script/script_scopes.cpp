// What names and members are given, and where.
#include <utility>

#include "ingest/code/script/script_calls.h"
#include "ingest/code/script/script_texts.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

}  // namespace

Texts::Texts(const std::vector<Statement>& file, std::size_t steps, Elsewhere elsewhere) : elsewhere_(std::move(elsewhere)), left_(steps) {
  scopes_.emplace_back();
  walk(file, ScopeId::file);
}

std::vector<std::string> Texts::functions() const {
  std::vector<std::string> names;
  for (const auto& [name, function] : functions_) names.push_back(name);
  return names;
}

std::vector<const Expression*> Texts::constants(std::string_view name) const {
  const auto found = scopes_.front().assigned.find(name);
  return found == scopes_.front().assigned.end() ? std::vector<const Expression*>() : found->second;
}

ScopeId Texts::scope_of(const Expression& call) const {
  const auto found = scope_of_.find(&call);
  return found == scope_of_.end() ? ScopeId::file : found->second;
}

void Texts::walk_function(const std::string& name, const std::vector<std::string>& parameters, const std::vector<Statement>& body,
                          ScopeId around) {
  const auto id = static_cast<ScopeId>(scopes_.size());
  scopes_.push_back({.around = around, .function = name, .parameters = parameters, .assigned = {}});
  if (!name.empty()) functions_.emplace(name, Function{id, &body});
  walk(body, id);
}

void Texts::walk(const std::vector<Statement>& all, ScopeId scope) {
  for (const Statement& one : all) {
    for (const Expression& target : one.targets) {
      walk(target, scope);
      if (one.kind == StatementKind::assign) assign(target, one.value, scope);
    }
    walk(one.value, scope);
    if (one.kind == StatementKind::function) {
      walk_function(one.word, one.parameters, one.body, scope);
      continue;
    }
    if (one.kind == StatementKind::type) types_.insert(one.word);
    walk(one.body, scope);
    walk(one.otherwise, scope);
    walk(one.last, scope);
    for (const Handler& handler : one.handlers) walk(handler.body, scope);
  }
}

void Texts::walk(const Expression& one, ScopeId scope) {
  if (one.kind == Kind::assigned) assign(one.parts[0], one.parts[1], scope);
  if (one.kind == Kind::call) {
    calls_.push_back({&one, scope});
    scope_of_.emplace(&one, scope);
    called_[last_word(one.parts.front())].push_back({&one, scope});
  }
  for (const Expression& part : one.parts) walk(part, scope);
  if (one.kind == Kind::function) walk_function(one.word, one.names, one.body, scope);
}

void Texts::assign(const Expression& target, const Expression& value, ScopeId scope) {
  if (target.kind == Kind::name) {
    // In Python and Go a name of the file can be given a value in a function; a
    // name of its own is the usual case.
    scopes_[static_cast<std::size_t>(scope)].assigned[target.word].push_back(&value);
  } else if (target.kind == Kind::attribute) {
    const std::string path = path_of(target);
    paths_[path].push_back(&value);
    path_scopes_[path].push_back(scope);
    members_.push_back({&target, &value, scope});
  } else if (target.kind == Kind::list && !target.parts.empty()) {
    // "value, err := f()": the first one is what is of interest.
    const bool has_parts = value.kind == Kind::list && value.parts.size() == target.parts.size();
    for (std::size_t part = 0; part < target.parts.size(); ++part) {
      if (has_parts || part == 0) assign(target.parts[part], has_parts ? value.parts[part] : value, scope);
    }
  }
}

}  // namespace mainstay::script
