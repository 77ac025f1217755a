// Evaluation of expressions: constructors, operators, templates, loops, calls. References are in access.cpp.
#include <fmt/format.h>

#include <algorithm>
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

Value Program::template_value(const hcl::Expression& e, const Bindings& b) {
  if (e.children.size() == 1 && e.children[0].kind == Kind::interpolation) return evaluate(e.children[0].children[0], b);
  Text out;
  for (const hcl::Expression& piece : e.children) append_piece(piece, b, out);
  return Value::of_text(std::move(out));
}

void Program::append_piece(const hcl::Expression& piece, const Bindings& b, Text& out) {
  const auto append_all = [&](const hcl::Expression& inner, const Bindings& bindings) {
    for (const hcl::Expression& part : inner.children) append_piece(part, bindings, out);
    if (inner.kind == Kind::string) out.append(std::string_view(inner.text));
  };
  if (piece.kind == Kind::string) return out.append(std::string_view(piece.text));
  if (piece.kind == Kind::interpolation) {
    const hcl::Expression& inside = piece.children[0];
    return out.append(as_text(evaluate(inside, b), written(inside)));
  }
  const Value deciding = evaluate(piece.children[0], b);
  if (piece.kind == Kind::template_if) {
    const std::optional<bool> truth = known_truth(deciding);
    if (!truth) return out.append(Hole{"if " + written(piece.children[0]), ""});
    if (*truth) return append_all(piece.children[1], b);
    if (piece.children.size() > 2) append_all(piece.children[2], b);
    return;
  }
  if (deciding.kind != ValueKind::list && deciding.kind != ValueKind::map) {
    return out.append(Hole{"for " + piece.text + " in " + written(piece.children[0]), ""});
  }
  const std::vector<Value> items = *elements(deciding);
  for (std::size_t i = 0; i < items.size() && budget_ > 0; ++i) {
    const Value key = deciding.kind == ValueKind::map ? Value::of_text(deciding.entries[i].key) : Value::of_number(static_cast<double>(i));
    const Names names{piece.text, items[i], b.names};
    const Names keyed{piece.key, key, &names};
    append_all(piece.children[1], {b.module, piece.key.empty() ? &names : &keyed});
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
  if (e.text == "try" || e.text == "can") return try_value(e, b);
  std::vector<Value> arguments;
  for (const hcl::Expression& child : e.children) arguments.push_back(evaluate(child, b));
  if (e.spreads && !arguments.empty()) {
    const Value last = std::move(arguments.back());
    arguments.pop_back();
    if (last.kind != ValueKind::list) return hole(e);
    arguments.insert(arguments.end(), last.items.begin(), last.items.end());
  }
  if (is_file_function(e.text)) return file_value(e, arguments, b);
  const Function* known = function(e.text);
  if (known == nullptr) {
    count_unknown(fmt::format("the function {}()", e.text), e.where);
    return hole(e);
  }
  std::optional<Value> value = known->call(arguments);
  return value ? *std::move(value) : hole(e);
}

/// try() goes on only past what certainly fails: what is merely unknown may turn out good.
Value Program::try_value(const hcl::Expression& e, const Bindings& b) {
  for (const hcl::Expression& child : e.children) {
    Value value = evaluate(child, b);
    if (e.text == "can") return value.is_unknown() && !value.fails ? hole(e) : Value::of(!value.fails);
    if (value.is_unknown() && !value.fails) {
      if (&child == &e.children.back()) return value;
      Value made = hole(e);
      made.hole.pattern = value.hole.pattern;
      made.reference = value.reference;
      return made;
    }
    if (!value.fails) return value;
  }
  return hole(e);
}

Value Program::unary_value(const hcl::Expression& e, const Bindings& b) {
  const Value inner = evaluate(e.children[0], b);
  if (e.text == "!") {
    const std::optional<bool> truth = known_truth(inner);
    return truth ? Value::of(!*truth) : hole(e);
  }
  const std::optional<double> number = known_number(inner);
  return number ? Value::of_number(-*number) : hole(e);
}

Value Program::binary_value(const hcl::Expression& e, const Bindings& b) {
  Value left = evaluate(e.children[0], b);
  for (std::size_t i = 1; i < e.children.size(); ++i) {
    left = applied(e.operators[i - 1], left, evaluate(e.children[i], b));
  }
  return left;
}

Value Program::conditional_value(const hcl::Expression& e, const Bindings& b) {
  if (const std::optional<bool> truth = known_truth(evaluate(e.children[0], b))) return evaluate(e.children[*truth ? 1 : 2], b);
  Value then = evaluate(e.children[1], b);
  const Value otherwise = evaluate(e.children[2], b);
  return equal(then, otherwise) == true ? then : hole(e);
}

Value Program::for_value(const hcl::Expression& e, const Bindings& b) {
  const bool is_object = e.kind == Kind::for_object;
  const std::size_t value_at = is_object ? 2 : 1;
  const Value over = evaluate(e.children[0], b);
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
