#include "ingest/code/script/script_calls.h"

#include <algorithm>

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

template <class Visit>
void each_function(const std::vector<Statement>& all, const Visit& visit, bool is_nested) {
  for (const Statement& one : all) {
    const bool is_function = one.kind == StatementKind::function;
    if (is_function) visit(one, is_nested);
    const bool is_inside = is_nested || is_function;
    each_function(one.body, visit, is_inside);
    each_function(one.otherwise, visit, is_inside);
    each_function(one.last, visit, is_inside);
    for (const Handler& handler : one.handlers) each_function(handler.body, visit, is_inside);
  }
}

}  // namespace

std::string last_word(const Expression& callee) {
  if (callee.kind == Kind::name || callee.kind == Kind::attribute) return callee.word;
  return {};
}

std::string path_of(const Expression& callee) {
  if (callee.kind == Kind::name) return callee.word;
  if (callee.kind != Kind::attribute) return {};
  const std::string outer = path_of(callee.parts.front());
  return outer.empty() ? callee.word : outer + "." + callee.word;
}

const Expression* argument(const Expression& call, std::size_t position, std::string_view name) {
  std::size_t at = 0;
  for (std::size_t part = 1; part < call.parts.size(); ++part) {
    if (!name.empty() && call.names[part - 1] == name) return &call.parts[part];
    if (call.names[part - 1].empty() && at++ == position) return &call.parts[part];
  }
  return nullptr;
}

std::optional<std::string> imported_module(const Expression& one) {
  const bool is_import = one.kind == Kind::call && one.parts.size() == 2 && one.parts[0].kind == Kind::name &&
                         (one.parts[0].word == "import" || one.parts[0].word == "require") && one.parts[1].kind == Kind::text;
  return is_import ? one.parts[1].text.known() : std::nullopt;
}

Functions::Functions(const std::vector<Statement>& file, const Dialect& dialect) : dialect_(dialect) {
  collect(file, false);
  collect_handed(file);
  each_function(
      file, [&](const Statement& one, bool) { find_asked(one.body); }, false);
  find_asked(file);
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [name, function] : by_name_) {
      if (looking_.contains(name) || !rests_on_lookup(*function.body)) continue;
      looking_.insert(name);
      changed = true;
    }
  }
  const auto find_inner = [&](const std::string& name, const std::vector<Statement>& body) {
    each_expression(body, [&](const Expression& one) {
      if (one.kind == Kind::call && looking_.contains(last_word(one.parts.front())) && last_word(one.parts.front()) != name)
        inner_.insert(last_word(one.parts.front()));
    });
  };
  for (const std::string& name : looking_) find_inner(name, *by_name_.at(name).body);
  for (const Callable& one : handed_) find_inner({}, *one.body);
}

void Functions::find_asked(const std::vector<Statement>& all) {
  each_expression(all, [&](const Expression& one) {
    if (asked_ != nullptr || one.kind != Kind::call || one.parts.size() < 3) return;
    const auto asks = [&](const LookupCall& row) { return !row.asks.empty() && row.asks == last_word(one.parts.front()); };
    if (std::none_of(dialect_.lookups.begin(), dialect_.lookups.end(), asks)) return;
    if (last_word(one.parts[2]) == "TypeTXT") asked_ = &one;
  });
}

const LookupCall* Functions::lookup(const Expression& call) const {
  const LookupCall* row = lookup_call(dialect_, call);
  return row != nullptr && !row->asks.empty() && asked_ == nullptr ? nullptr : row;
}

const Callable* Functions::find(const std::string& name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? nullptr : &at->second;
}

const Callable* Functions::looking(const Expression& call) const {
  if (call.kind != Kind::call) return nullptr;
  const std::string name = last_word(call.parts.front());
  return looking_.contains(name) ? find(name) : nullptr;
}

bool Functions::rests_on_lookup(const std::vector<Statement>& body) const {
  bool found = false;
  each_expression(body, [&](const Expression& one) { found = found || lookup(one) != nullptr || looking(one) != nullptr; });
  return found;
}

bool Functions::rests_on_lookup(const Expression& expression) const {
  bool found = false;
  each_expression(expression, [&](const Expression& one) { found = found || lookup(one) != nullptr || looking(one) != nullptr; });
  return found;
}

std::vector<const Callable*> Functions::outermost() const {
  std::vector<const Callable*> handed, found;
  for (const Callable& one : handed_) {
    if (rests_on_lookup(*one.body)) handed.push_back(&one);
  }
  for (const std::string& name : looking_) {
    if (!inner_.contains(name) || (inner_.size() == looking_.size() && handed.empty())) found.push_back(&by_name_.at(name));
  }
  if (dialect_.has_cells) found = deciding(found);
  found.insert(found.end(), handed.begin(), handed.end());
  return found;
}

/// Those of the functions, or the nearest ones behind them, that say how they answer; one without any stays.
std::vector<const Callable*> Functions::deciding(const std::vector<const Callable*>& outer) const {
  const auto says = [](const Callable& one) {
    return !one.given_by.empty() ||
           (one.answers != Answers::ambiguous && one.answers != Answers::nothing && one.answers != Answers::as_written);
  };
  std::vector<const Callable*> found;
  for (const Callable* one : outer) {
    std::vector<const Callable*> open{one}, nearest;
    std::set<const Callable*> seen{one};
    while (!open.empty()) {
      const Callable* here = open.back();
      open.pop_back();
      if (says(*here)) {
        nearest.push_back(here);
        continue;
      }
      each_expression(*here->body, [&](const Expression& call) {
        const Callable* inner = looking(call);
        if (inner != nullptr && seen.insert(inner).second) open.push_back(inner);
      });
    }
    if (nearest.empty()) nearest.push_back(one);
    for (const Callable* each : nearest) {
      if (std::find(found.begin(), found.end(), each) == found.end()) found.push_back(each);
    }
  }
  return found;
}

void Functions::collect(const std::vector<Statement>& all, bool nested) {
  each_function(
      all,
      [&](const Statement& one, bool is_nested) {
        by_name_.emplace(one.word, Callable{.name = one.word,
                                            .parameters = &one.parameters,
                                            .body = &one.body,
                                            .gives_error = one.gives_error,
                                            .is_nested = is_nested,
                                            .answers = one.answers,
                                            .given_by = one.given_by});
      },
      nested);
}

/// The functions in expressions that stand outside of every function: handlers
/// that are given to a router, or wrapped.
void Functions::collect_handed(const std::vector<Statement>& all) {
  for (const Statement& one : all) {
    const std::string target = one.targets.empty() ? std::string() : last_word(one.targets.front());
    add_handed(one.value, target);
    if (one.kind == StatementKind::function) continue;
    collect_handed(one.body);
    collect_handed(one.otherwise);
    collect_handed(one.last);
    for (const Handler& handler : one.handlers) collect_handed(handler.body);
  }
}

void Functions::add_handed(const Expression& one, const std::string& name) {
  if (one.kind == Kind::function) {
    handed_.push_back(
        {.name = one.word.empty() ? name : one.word, .parameters = &one.names, .body = &one.body, .gives_error = one.gives_error});
    return;
  }
  const std::string called = one.kind == Kind::call ? path_of(one.parts.front()) : std::string();
  for (const Expression& part : one.parts) add_handed(part, name.empty() ? called : name);
}

}  // namespace mainstay::script
