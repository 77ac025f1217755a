// What is one of several values because something is not known: both sides of a condition, what try() and coalesce() may come to, the
// entry of a map by a key that is open. Each alternative keeps what decides it, so that those that cannot hold together never meet.
#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {
namespace {

bool mentions(const hcl::Expression& e, std::string_view name) {
  if (e.kind == hcl::ExpressionKind::variable && e.text == name) return true;
  return std::any_of(e.children.begin(), e.children.end(), [&](const hcl::Expression& child) { return mentions(child, name); });
}

bool any_fails(const Value& value) {
  const auto fails = [](const iac::Alternative& one) { return one.value.fails; };
  return std::any_of(value.alternatives.begin(), value.alternatives.end(), fails);
}

/// Whether an expression asks for something by an index or calls a function: what decides about its alternatives may be refused itself.
bool asks(const hcl::Expression& e) {
  return e.kind == hcl::ExpressionKind::index_step || e.kind == hcl::ExpressionKind::call ||
         std::any_of(e.children.begin(), e.children.end(), asks);
}

/// What tells one turn of a loop from the others.
std::string turn_of(const Value& value) {
  for (const std::string_view key : {"key", "index"}) {
    if (const Value* found = value.entry(key)) return as_text(*found, key).display();
  }
  return json_text(value).display();
}

}  // namespace

/// What decides, as people read it: the source text, with the module that it stands in and the turns of the loops that it is about.
std::string Program::decider(const hcl::Expression& e, const Bindings& b) const {
  constexpr std::size_t kMaxTurn = 60;
  std::string name = b.module->prefix + written(e);
  for (const Names* names = b.names; names != nullptr; names = names->outer) {
    if (names->name.empty() || !mentions(e, names->name)) continue;
    std::string turn = turn_of(names->value);
    if (turn.size() > kMaxTurn) turn.resize(kMaxTurn);
    name += " of " + turn;
  }
  return name;
}

/// Whether that is computed when Terraform runs, of a resource that certainly is there: it has a value then.
bool Program::is_computed(const Value& value) const {
  const Resource* resource = value.is_unknown() ? behind(value) : nullptr;
  if (resource == nullptr) return false;
  const Names* names = resource->section.bindings().names;
  if (names == nullptr || names->name.empty()) return true;
  const Value* key = names->value.entry(names->name == "count" ? "index" : "key");
  return key != nullptr && !key->is_unknown();
}

Value Program::conditional_value(const hcl::Expression& e, const Bindings& b) {
  const Value condition = evaluate(e.children[0], b);
  if (const std::optional<bool> truth = known_truth(condition)) return evaluate(e.children[*truth ? 1 : 2], b);
  const Value then = evaluate(e.children[1], b), otherwise = evaluate(e.children[2], b);
  return iac::chosen(condition, decider(e.children[0], b), then, otherwise);
}

/// try() goes on past what certainly fails. What is merely unknown may turn out good or fail, so that what follows is an alternative.
Value Program::try_value(const hcl::Expression& e, const Bindings& b) {
  std::vector<iac::Alternative> found;
  iac::When open;
  for (const hcl::Expression& child : e.children) {
    const Value value = evaluate(child, b);
    bool may_fail = value.kind == ValueKind::one_of && !any_fails(value) && asks(child);
    for (const iac::Alternative& one : iac::alternatives_of(value)) {
      const std::optional<iac::When> taken = iac::both(open, one.when);
      if (!taken || one.value.fails) {
        may_fail = may_fail || one.value.fails;
        continue;
      }
      const bool is_last = &child == &e.children.back();
      if (!one.value.is_unknown() || is_computed(one.value) || is_last) {
        found.push_back({*taken, one.value});
        continue;
      }
      may_fail = true;
      const std::string by = decider(child, b);
      if (std::optional<iac::When> good = iac::both(*taken, iac::when(by, "there"))) found.push_back({*std::move(good), one.value});
    }
    if (!may_fail) break;
    // Of what has alternatives, those that fail lead on; what decides them is kept where there is only one.
    iac::When on = iac::when(decider(child, b), "not there");
    std::size_t failing = 0;
    for (const iac::Alternative& one : iac::alternatives_of(value)) {
      if (!one.value.fails) continue;
      ++failing;
      on = one.when;
    }
    if (failing > 1) on = iac::when(decider(child, b), "not there");
    const std::optional<iac::When> next = iac::both(open, on);
    if (!next) break;
    open = *next;
  }
  return found.empty() ? hole(e) : iac::one_of(std::move(found));
}

Value Program::can_value(const hcl::Expression& e, const Bindings& b) {
  if (e.children.empty()) return hole(e);
  const Value value = evaluate(e.children[0], b);
  if (value.kind == ValueKind::one_of && !any_fails(value)) return hole(e);
  return iac::lifted({&value}, [&](std::vector<Value>& one) {
    return one[0].is_unknown() && !one[0].fails && !is_computed(one[0]) ? hole(e) : Value::of(!one[0].fails);
  });
}

/// What is unknown may turn out null, so that what follows it is an alternative.
Value Program::coalesced(const hcl::Expression& e, const std::vector<Value>& arguments, const Bindings& b) {
  std::vector<iac::Alternative> found;
  iac::When open;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& argument = arguments[i];
    if (argument.is_null() || (argument.kind == ValueKind::string && argument.text.empty())) continue;
    const bool is_certain = !argument.is_unknown() || is_computed(argument) || i + 1 == arguments.size();
    if (is_certain) {
      found.push_back({open, argument});
      break;
    }
    const std::string by = i < e.children.size() && !e.spreads ? decider(e.children[i], b) : argument.hole.name;
    if (std::optional<iac::When> set = iac::both(open, iac::when(by, "set"))) found.push_back({*std::move(set), argument});
    const std::optional<iac::When> next = iac::both(open, iac::when(by, "not set"));
    if (!next) break;
    open = *next;
  }
  return found.empty() ? hole(e) : iac::one_of(std::move(found));
}

/// One entry for each key that the open one may be; `otherwise` is what another key gives, null when that fails.
Value Program::entry_by_open_key(const Value& from, const Value& key, const Value* otherwise, const Bindings& b) {
  const Text text = as_text(key, "key");
  const std::string by = b.module->prefix + (key.is_unknown() ? key.hole.name : text.display());
  std::vector<iac::Alternative> found;
  for (std::size_t i = 0; i < from.items.size(); ++i) found.push_back({iac::when(by, std::to_string(i)), from.items[i]});
  for (const Entry& entry : from.entries) {
    if (entry.key.size() < text.known_prefix().size() + text.known_suffix().size()) continue;
    if (!entry.key.starts_with(text.known_prefix()) || !entry.key.ends_with(text.known_suffix())) continue;
    found.push_back({iac::when(by, entry.key), entry.value});
  }
  if (otherwise != nullptr) found.push_back({iac::when(by, "another"), *otherwise});
  return found.empty() ? Value::unknown(by) : iac::one_of(std::move(found));
}

}  // namespace mainstay::terraform
