#include "ingest/code/script/script_calls.h"

#include "graph/values/ascii.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

bool is_txt(const Expression* one) {
  return one != nullptr && one->kind == Kind::text && ascii_lower(one->text.known().value_or("")) == "txt";
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
    if (call.names[part - 1] == name) return &call.parts[part];
    if (call.names[part - 1].empty() && at++ == position) return &call.parts[part];
  }
  return nullptr;
}

bool is_lookup(const Expression& call) {
  if (call.kind != Kind::call) return false;
  const std::string word = last_word(call.parts.front());
  if (word != "resolve" && word != "query" && word != "resolve_at") return false;
  const bool attribute = call.parts.front().kind == Kind::attribute && call.parts.front().parts.front().kind == Kind::attribute &&
                         call.parts.front().parts.front().word == "rdatatype";
  return !attribute && (is_txt(argument(call, 1, "rdtype")) || is_txt(argument(call, 2, "rdtype")) ||
                        last_word(argument(call, 1, "rdtype") == nullptr ? Expression{} : *argument(call, 1, "rdtype")) == "TXT");
}

Functions::Functions(const std::vector<Statement>& file) {
  collect(file);
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [name, function] : by_name_) {
      if (looking_.contains(name) || !rests_on_lookup(function->body)) continue;
      looking_.insert(name);
      changed = true;
    }
  }
  for (const std::string& name : looking_) {
    each_expression(by_name_.at(name)->body, [&](const Expression& one) {
      if (one.kind == Kind::call && looking_.contains(last_word(one.parts.front())) && last_word(one.parts.front()) != name)
        inner_.insert(last_word(one.parts.front()));
    });
  }
}

const Statement* Functions::find(const std::string& name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? nullptr : at->second;
}

const Statement* Functions::looking(const Expression& call) const {
  if (call.kind != Kind::call) return nullptr;
  const std::string name = last_word(call.parts.front());
  return looking_.contains(name) ? find(name) : nullptr;
}

bool Functions::rests_on_lookup(const std::vector<Statement>& body) const {
  bool found = false;
  each_expression(body, [&](const Expression& one) { found = found || is_lookup(one) || looking(one) != nullptr; });
  return found;
}

std::vector<const Statement*> Functions::outermost() const {
  std::vector<const Statement*> found;
  for (const std::string& name : looking_) {
    if (!inner_.contains(name) || inner_.size() == looking_.size()) found.push_back(by_name_.at(name));
  }
  return found;
}

void Functions::collect(const std::vector<Statement>& all) {
  for (const Statement& one : all) {
    if (one.kind == StatementKind::function) by_name_.emplace(one.word, &one);
    collect(one.body);
    collect(one.otherwise);
    collect(one.last);
    for (const Handler& handler : one.handlers) collect(handler.body);
  }
}

}  // namespace mainstay::script
