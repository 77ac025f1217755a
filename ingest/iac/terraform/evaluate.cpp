// Evaluation of expressions: constructors, operators, templates, loops, calls. References are in access.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {
namespace {

using Kind = hcl::ExpressionKind;

/// References of references: deeper than any configuration that people write, shallow enough for the stack.
constexpr int kMaxEvaluation = 500;

Value arithmetic(std::string_view sign, const Value& a, const Value& b) {
  const std::optional<double> x = known_number(a), y = known_number(b);
  if (!x || !y) return Value::unknown("");
  double result = 0;
  if (sign == "+") result = *x + *y;
  if (sign == "-") result = *x - *y;
  if (sign == "*") result = *x * *y;
  if (sign == "/") result = *x / *y;
  if (sign == "%") result = std::fmod(*x, *y);
  if (sign == "<") return Value::of(*x < *y);
  if (sign == "<=") return Value::of(*x <= *y);
  if (sign == ">") return Value::of(*x > *y);
  if (sign == ">=") return Value::of(*x >= *y);
  return std::isfinite(result) ? Value::of_number(result) : Value::unknown("");
}

Value applied(std::string_view sign, const Value& a, const Value& b) {
  if (sign == "==" || sign == "!=") {
    const std::optional<bool> same = equal(a, b);
    return same ? Value::of(*same == (sign == "==")) : Value::unknown("");
  }
  if (sign != "&&" && sign != "||") return arithmetic(sign, a, b);
  const bool decisive = sign == "||";
  const std::optional<bool> x = known_truth(a), y = known_truth(b);
  if (x == decisive || y == decisive) return Value::of(decisive);
  return x && y ? Value::of(!decisive) : Value::unknown("");
}

}  // namespace

/// The source text of an expression, on one line and cut: how a hole is named.
std::string Program::written(const hcl::Expression& e) const {
  constexpr std::size_t kMaxName = 80;
  const std::string_view bytes = unit_.source(e.where.source).bytes();
  std::string out;
  for (const char c : bytes.substr(e.where.begin, e.where.end - e.where.begin)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
    if (out.size() >= kMaxName) return out + "...";
  }
  return out;
}

Value Program::hole(const hcl::Expression& e) const { return Value::unknown(written(e)); }

/// Refuses values that have grown out of hand, and takes what was made from the budget.
Value Program::bounded(Value value, const hcl::Expression& e) {
  const std::size_t octets = iac::octets_of(value.text);
  const std::size_t cost = value.weight / 2 + octets / 64;  // a step copies about so much
  if (value.weight <= Value::kMaxWeight && octets <= Value::kMaxOctets && cost <= budget_) {
    budget_ -= cost;
    return value;
  }
  count_unknown("a value that is larger than evaluation allows", e.where);
  return hole(e);
}

Value Program::evaluate(const hcl::Expression& e, const Bindings& b) {
  if (budget_ == 0 || depth_ >= kMaxEvaluation) {
    count_unknown("an expression that needs more steps than evaluation allows", e.where);
    return hole(e);
  }
  --budget_;
  ++depth_;
  Value value = dispatch(e, b);
  --depth_;
  if (value.is_unknown() && value.hole.name.empty()) value.hole.name = written(e);
  if (value.origin == Location{}) value.origin = e.where;
  return bounded(std::move(value), e);
}

Value Program::dispatch(const hcl::Expression& e, const Bindings& b) {
  switch (e.kind) {
    case Kind::null: return {};
    case Kind::bad: return Value::unknown("unreadable");
    case Kind::boolean: return Value::of(e.text == "true");
    case Kind::number: return Value::of_number(known_number(Value::of_text(e.text)).value_or(0));
    case Kind::string: return Value::of_text(e.text);
    case Kind::templated: return template_value(e, b);
    case Kind::parentheses: return evaluate(e.children[0], b);
    case Kind::tuple: {
      std::vector<Value> items;
      for (const hcl::Expression& child : e.children) items.push_back(evaluate(child, b));
      return Value::of_list(std::move(items));
    }
    case Kind::object: return object_value(e, b);
    case Kind::variable:
    case Kind::access: return access_value(e, b);
    case Kind::call: return call_value(e, b);
    case Kind::unary: return unary_value(e, b);
    case Kind::binary: return binary_value(e, b);
    case Kind::conditional: return conditional_value(e, b);
    case Kind::for_tuple:
    case Kind::for_object: return for_value(e, b);
    default: return hole(e);
  }
}

namespace {

/// Parts of a text as one; known neighbours were joined when they were added.
Value joined(std::vector<Value> parts) {
  if (parts.empty()) return Value::of_text(Text());
  if (parts.size() == 1 && parts[0].kind == ValueKind::string) return std::move(parts[0]);
  std::vector<const Value*> pointers;
  for (const Value& part : parts) pointers.push_back(&part);
  return iac::lifted(pointers, [](std::vector<Value>& settled) {
    Text out;
    for (const Value& part : settled) out.append(as_text(part));
    return Value::of_text(std::move(out));
  });
}

void append_text(const Text& text, std::vector<Value>& parts) {
  if (parts.empty() || parts.back().kind != ValueKind::string) parts.push_back(Value::of_text(Text()));
  parts.back().text.append(text);
}

}  // namespace

Value Program::template_value(const hcl::Expression& e, const Bindings& b) {
  if (e.children.size() == 1 && e.children[0].kind == Kind::interpolation) return evaluate(e.children[0].children[0], b);
  std::vector<Value> parts;
  for (const hcl::Expression& piece : e.children) append_piece(piece, b, parts);
  return joined(std::move(parts));
}

void Program::append_piece(const hcl::Expression& piece, const Bindings& b, std::vector<Value>& parts) {
  const auto append_all = [&](const hcl::Expression& inner, const Bindings& bindings, std::vector<Value>& into) {
    for (const hcl::Expression& part : inner.children) append_piece(part, bindings, into);
    if (inner.kind == Kind::string) append_text(inner.text, into);
  };
  if (piece.kind == Kind::string) return append_text(piece.text, parts);
  if (piece.kind == Kind::interpolation) {
    const hcl::Expression& inside = piece.children[0];
    Value value = evaluate(inside, b);
    if (value.kind != ValueKind::one_of) return append_text(as_text(value, written(inside)), parts);
    for (iac::Alternative& one : value.alternatives) one.value = Value::of_text(as_text(one.value, written(inside)));
    return parts.push_back(std::move(value));
  }
  const Value deciding = evaluate(piece.children[0], b);
  if (piece.kind == Kind::template_if) {
    const std::optional<bool> truth = known_truth(deciding);
    if (truth == true) return append_all(piece.children[1], b, parts);
    if (truth == false) {
      if (piece.children.size() > 2) append_all(piece.children[2], b, parts);
      return;
    }
    std::vector<Value> then, otherwise;
    append_all(piece.children[1], b, then);
    if (piece.children.size() > 2) append_all(piece.children[2], b, otherwise);
    Value made = iac::chosen(deciding, decider(piece.children[0], b), joined(std::move(then)), joined(std::move(otherwise)));
    if (made.kind != ValueKind::one_of) return append_text(as_text(made), parts);
    return parts.push_back(std::move(made));
  }
  if (deciding.kind != ValueKind::list && deciding.kind != ValueKind::map) {
    return append_text(Text(Hole{"for " + piece.text + " in " + written(piece.children[0]), ""}), parts);
  }
  const std::vector<Value> items = *elements(deciding);
  for (std::size_t i = 0; i < items.size() && budget_ > 0; ++i) {
    const Value key = deciding.kind == ValueKind::map ? Value::of_text(deciding.entries[i].key) : Value::of_number(static_cast<double>(i));
    const Names names{piece.text, items[i], b.names};
    const Names keyed{piece.key, key, &names};
    append_all(piece.children[1], {b.module, piece.key.empty() ? &names : &keyed}, parts);
  }
}

Value Program::object_value(const hcl::Expression& e, const Bindings& b) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i + 1 < e.children.size(); i += 2) {
    const hcl::Expression& key = e.children[i];
    std::string name = key.kind == Kind::variable ? key.text : as_text(evaluate(key, b), written(key)).display();
    entries.push_back({std::move(name), evaluate(e.children[i + 1], b)});
  }
  return Value::of_map(std::move(entries));
}

Value Program::call_value(const hcl::Expression& e, const Bindings& b) {
  if (e.text == "try") return try_value(e, b);
  if (e.text == "can") return can_value(e, b);
  std::vector<Value> arguments;
  for (const hcl::Expression& child : e.children) arguments.push_back(evaluate(child, b));
  constexpr std::array<std::string_view, 8> kByItem = {"coalescelist", "compact", "contains", "distinct",
                                                       "formatlist",   "join",    "sort",     "toset"};
  const bool by_item = std::find(kByItem.begin(), kByItem.end(), e.text) != kByItem.end();
  bool is_open = false;
  for (Value& argument : arguments) {
    if (by_item || (e.spreads && &argument == &arguments.back())) argument = iac::with_items_settled(std::move(argument));
    is_open = is_open || argument.kind == ValueKind::one_of;
  }
  if (!is_open) return settled_call(e, std::move(arguments), b);
  std::vector<const Value*> pointers;
  for (const Value& argument : arguments) pointers.push_back(&argument);
  return iac::lifted(pointers, [&](std::vector<Value>& settled) { return settled_call(e, std::move(settled), b); });
}

/// A call whose arguments have no alternatives.
Value Program::settled_call(const hcl::Expression& e, std::vector<Value> arguments, const Bindings& b) {
  if (e.spreads && !arguments.empty()) {
    const Value last = std::move(arguments.back());
    arguments.pop_back();
    if (last.kind != ValueKind::list) return hole(e);
    arguments.insert(arguments.end(), last.items.begin(), last.items.end());
  }
  if (is_file_function(e.text)) return file_value(e, arguments, b);
  if (e.text == "coalesce") return coalesced(e, arguments, b);
  if (e.text == "lookup" && arguments.size() > 1 && arguments[0].kind == ValueKind::map && !known_text(arguments[1])) {
    return entry_by_open_key(arguments[0], arguments[1], arguments.size() > 2 ? &arguments[2] : nullptr, b);
  }
  const Function* known = function(e.text);
  if (known == nullptr) {
    count_unknown(fmt::format("the function {}()", e.text), e.where);
    return hole(e);
  }
  std::optional<Value> value = known->call(arguments);
  return value ? *std::move(value) : hole(e);
}

Value Program::unary_value(const hcl::Expression& e, const Bindings& b) {
  const Value inner = evaluate(e.children[0], b);
  return iac::lifted({&inner}, [&](std::vector<Value>& one) {
    if (e.text == "!") {
      const std::optional<bool> truth = known_truth(one[0]);
      return truth ? Value::of(!*truth) : hole(e);
    }
    const std::optional<double> number = known_number(one[0]);
    return number ? Value::of_number(-*number) : hole(e);
  });
}

Value Program::binary_value(const hcl::Expression& e, const Bindings& b) {
  Value left = evaluate(e.children[0], b);
  for (std::size_t i = 1; i < e.children.size(); ++i) {
    const Value right = evaluate(e.children[i], b);
    if (left.kind != ValueKind::one_of && right.kind != ValueKind::one_of) {
      left = applied(e.operators[i - 1], left, right);
      continue;
    }
    left = iac::lifted({&left, &right}, [&](std::vector<Value>& sides) {
      Value made = applied(e.operators[i - 1], sides[0], sides[1]);
      if (made.is_unknown()) made.hole.name = written(e);
      return made;
    });
  }
  return left;
}

Value Program::for_value(const hcl::Expression& e, const Bindings& b) {
  const Value over = evaluate(e.children[0], b);
  if (over.kind != ValueKind::one_of) return settled_for(e, over, b);
  return iac::lifted({&over}, [&](std::vector<Value>& one) { return settled_for(e, one[0], b); });
}

Value Program::settled_for(const hcl::Expression& e, const Value& over, const Bindings& b) {
  const bool is_object = e.kind == Kind::for_object;
  const std::size_t value_at = is_object ? 2 : 1;
  const std::optional<std::vector<Value>> items = elements(over);
  if (!items) return hole(e);
  std::vector<Value> made;
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Value key = over.kind == ValueKind::map ? Value::of_text(over.entries[i].key) : Value::of_number(static_cast<double>(i));
    const Names names{e.text, (*items)[i], b.names};
    const Names keyed{e.key, key, &names};
    const Bindings inner{b.module, e.key.empty() ? &names : &keyed};
    if (e.children.size() > value_at + 1) {
      const std::optional<bool> wanted = known_truth(evaluate(e.children[value_at + 1], inner));
      if (!wanted) return hole(e);
      if (!*wanted) continue;
    }
    if (budget_ == 0) return hole(e);
    if (!is_object) {
      made.push_back(evaluate(e.children[1], inner));
      continue;
    }
    std::string name = as_text(evaluate(e.children[1], inner), written(e.children[1])).display();
    entries.push_back({std::move(name), evaluate(e.children[2], inner)});
  }
  if (!is_object) return Value::of_list(std::move(made));
  if (!e.spreads) return Value::of_map(std::move(entries));
  std::map<std::string, std::vector<Value>> groups;
  for (Entry& entry : entries) groups[entry.key].push_back(std::move(entry.value));
  std::vector<Entry> grouped;
  for (auto& [name, group] : groups) grouped.push_back({name, Value::of_list(std::move(group))});
  return Value::of_map(std::move(grouped));
}

}  // namespace mainstay::terraform
