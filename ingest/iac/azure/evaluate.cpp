// Evaluation of expressions: constructors, operators, steps, loops. Calls are in calls.cpp, references in references.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/program.h"

namespace mainstay::azure {
namespace {

using bicep::Expression;
using bicep::ExpressionKind;

constexpr int kMaxDepth = 300;
constexpr std::size_t kMaxTurns = 1000;

Value applied(std::string_view sign, const Value& a, const Value& b) {
  if (sign == "??") {
    if (a.is_null()) return b;
    return a;
  }
  if (sign == "==" || sign == "!=") {
    const std::optional<bool> same = equal(a, b);
    return same ? Value::of(*same == (sign == "==")) : Value::unknown("");
  }
  if (sign == "=~" || sign == "!~") {
    const std::optional<std::string> x = known_text(a), y = known_text(b);
    return x && y ? Value::of((ascii_lower(*x) == ascii_lower(*y)) == (sign == "=~")) : Value::unknown("");
  }
  if (sign == "&&" || sign == "||") {
    const bool deciding = sign == "||";
    const std::optional<bool> x = known_truth(a), y = known_truth(b);
    if (x == deciding || y == deciding) return Value::of(deciding);
    return x && y ? Value::of(!deciding) : Value::unknown("");
  }
  const std::optional<double> x = known_number(a), y = known_number(b);
  if (!x || !y) return Value::unknown("");
  if (sign == "<") return Value::of(*x < *y);
  if (sign == "<=") return Value::of(*x <= *y);
  if (sign == ">") return Value::of(*x > *y);
  if (sign == ">=") return Value::of(*x >= *y);
  double result = sign == "+" ? *x + *y : sign == "-" ? *x - *y : *x * *y;
  if (sign == "/" || sign == "%") {
    if (*y == 0) return Value::unknown("");
    result = sign == "/" ? std::trunc(*x / *y) : std::fmod(*x, *y);  // whole numbers only
  }
  return std::isfinite(result) ? Value::of_number(result) : Value::unknown("");
}

}  // namespace

/// The source text of an expression, on one line and cut: how a hole is named.
std::string Program::text_of(const Expression& e) const {
  constexpr std::size_t kMaxName = 80;
  const std::string_view bytes = unit_.source(e.where.source).bytes();
  std::string out;
  for (const char c : bytes.substr(std::min<std::size_t>(e.where.begin, bytes.size()), e.where.end - e.where.begin)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
    if (out.size() >= kMaxName) return out + "...";
  }
  // ARM has expressions as texts in brackets.
  if (out.size() > 1 && out.starts_with('"') && out.ends_with('"')) out = out.substr(1, out.size() - 2);
  if (out.size() > 2 && out.starts_with('[') && out.ends_with(']') && unit_.source(e.where.source).name().ends_with(".json"))
    return out.substr(1, out.size() - 2);
  return out;
}

Value Program::hole(const Expression& e) const { return Value::unknown(text_of(e)); }

Value Program::evaluate(const Expression& e, const Bindings& b) {
  if (budget_ == 0 || depth_ >= kMaxDepth) {
    count_unknown("an expression that needs more steps than evaluation allows", e.where);
    return hole(e);
  }
  --budget_;
  ++depth_;
  Value made = dispatch(e, b);
  --depth_;
  const std::size_t octets = iac::octets_of(made.text), cost = made.weight / 2 + octets / 64;
  if (made.weight > Value::kMaxWeight || octets > Value::kMaxOctets || cost > budget_) {
    count_unknown("a value that is larger than evaluation allows", e.where);
    made = hole(e);
  } else {
    budget_ -= cost;
  }
  if (made.is_unknown() && made.hole.name.empty()) made.hole.name = text_of(e);
  if (made.origin == Location{}) made.origin = e.where;
  return made;
}

Value Program::dispatch(const Expression& e, const Bindings& b) {
  switch (e.kind) {
    case ExpressionKind::null: return {};
    case ExpressionKind::boolean: return Value::of(e.text == "true");
    case ExpressionKind::number: return Value::of_number(known_number(Value::of_text(e.text)).value_or(0));
    case ExpressionKind::text: return Value::of_text(e.text);
    case ExpressionKind::interpolated: return interpolated(e, b);
    case ExpressionKind::list: {
      std::vector<Value> items;
      for (const Expression& child : e.children) items.push_back(evaluate(child, b));
      return Value::of_list(std::move(items));
    }
    case ExpressionKind::object: {
      std::vector<Entry> entries;
      for (std::size_t i = 0; i + 1 < e.children.size(); i += 2) {
        entries.push_back({as_text(evaluate(e.children[i], b), "key").display(), evaluate(e.children[i + 1], b)});
      }
      return Value::of_map(std::move(entries));
    }
    case ExpressionKind::name: return named(e, b);
    case ExpressionKind::call:
    case ExpressionKind::method: return call(e, b);
    case ExpressionKind::nested: return nested(evaluate(e.children[0], b), e.text);
    case ExpressionKind::member: {
      const Value of = evaluate(e.children[0], b);
      if (of.kind != ValueKind::one_of) return member(of, e.text, e);
      return iac::lifted({&of}, [&](std::vector<Value>& one) { return member(one[0], e.text, e); });
    }
    case ExpressionKind::index: {
      const Value of = evaluate(e.children[0], b), key = evaluate(e.children[1], b);
      if (of.kind != ValueKind::one_of && key.kind != ValueKind::one_of) return index(of, key, e);
      return iac::lifted({&of, &key}, [&](std::vector<Value>& both) { return index(both[0], both[1], e); });
    }
    case ExpressionKind::unary: {
      const Value inner = evaluate(e.children[0], b);
      return iac::lifted({&inner}, [&](std::vector<Value>& one) {
        const std::optional<bool> truth = known_truth(one[0]);
        const std::optional<double> number = known_number(one[0]);
        if (e.text == "!") return truth ? Value::of(!*truth) : hole(e);
        return number ? Value::of_number(-*number) : hole(e);
      });
    }
    case ExpressionKind::binary: return binary(e, b);
    case ExpressionKind::conditional: {
      const Value condition = evaluate(e.children[0], b);
      const std::optional<bool> truth = known_truth(condition);
      if (truth == true) return evaluate(e.children[1], b);
      Value otherwise = e.children.size() > 2 ? evaluate(e.children[2], b) : Value();
      if (truth == false) return otherwise;
      return iac::chosen(condition, text_of(e.children[0]), evaluate(e.children[1], b), otherwise);
    }
    case ExpressionKind::loop: return loop(e, b);
    case ExpressionKind::bad: return Value::unknown("unreadable");
  }
  return hole(e);
}

Value Program::interpolated(const Expression& e, const Bindings& b) {
  std::vector<Value> parts;
  bool is_open = false;
  for (const Expression& child : e.children) {
    Value part = evaluate(child, b);
    is_open = is_open || part.kind == ValueKind::one_of;
    parts.push_back(std::move(part));
  }
  const auto whole = [&](std::vector<Value>& settled) {
    Text out;
    for (std::size_t i = 0; i < settled.size(); ++i) out.append(as_text(settled[i], text_of(e.children[i])));
    return Value::of_text(std::move(out));
  };
  if (!is_open) return whole(parts);
  std::vector<const Value*> pointers;
  for (const Value& part : parts) pointers.push_back(&part);
  return iac::lifted(pointers, whole);
}

Value Program::binary(const Expression& e, const Bindings& b) {
  const Value left = evaluate(e.children[0], b);
  if (e.text == "??" && left.is_unknown()) {
    const Value right = evaluate(e.children[1], b);
    return iac::chosen(Value::unknown(""), text_of(e.children[0]) + " has a value", left, right);
  }
  const Value right = evaluate(e.children[1], b);
  return iac::lifted({&left, &right}, [&](std::vector<Value>& both) {
    Value made = applied(e.text, both[0], both[1]);
    if (made.is_unknown() && made.hole.name.empty()) made.hole.name = text_of(e);
    return made;
  });
}

Value Program::loop(const Expression& e, const Bindings& b) {
  const Value over = evaluate(e.children[0], b);
  return iac::lifted({&over}, [&](std::vector<Value>& one) {
    if (one[0].kind != ValueKind::list || one[0].items.size() > kMaxTurns) return hole(e);
    std::vector<Value> items;
    for (std::size_t i = 0; i < one[0].items.size() && budget_ > 0; ++i) {
      const Names named{e.text, one[0].items[i], b.names};
      const Names keyed{e.key, Value::of_number(static_cast<double>(i)), &named};
      const Expression& value = e.children[1];
      const Bindings inner{b.deployment, e.key.empty() ? &named : &keyed};
      if (value.kind == ExpressionKind::conditional && value.children.size() == 2 &&
          known_truth(evaluate(value.children[0], inner)) == false) {
        continue;
      }
      items.push_back(evaluate(value, inner));
    }
    return Value::of_list(std::move(items));
  });
}

Value Program::member(const Value& of, const std::string& name, const Expression& e) {
  if (of.kind == ValueKind::map) {
    if (const Value* found = of.entry(name)) return *found;
    // Names of properties are compared without case.
    for (const Entry& entry : of.entries) {
      if (ascii_lower(entry.key) == ascii_lower(name)) return entry.value;
    }
    return {};
  }
  if (of.kind == ValueKind::object_of) {
    const std::string path = of.text.known().value_or("");
    if (Resource* resource = behind(of)) {
      const std::string whole = path.empty() ? name : path + "." + name;
      Value made = property(*resource, whole);
      if (!made.is_null()) return made;
      made = Value::unknown(text_of(e));
      made.reference = of.reference;
      return made;
    }
    const auto module = deployment_by_path_.find(of.reference);
    if (module != deployment_by_path_.end()) {
      if (path.empty() && name == "outputs") {
        Value made = of;
        made.text = Text("outputs");
        return made;
      }
      if (path == "outputs") return output(*module->second, name);
      if (path.starts_with("outputs.")) {
        Value made = output(*module->second, path.substr(8));
        return name == "value" ? made : member(made, name, e);
      }
    }
    return Value::unknown(text_of(e));
  }
  if (of.is_unknown()) {
    Value made = of;
    made.hole.name += "." + name;
    made.hole.pattern.clear();
    return made;
  }
  // The value of an output in ARM is the output's own `value`.
  return name == "value" ? of : hole(e);
}

Value Program::index(const Value& of, const Value& key, const Expression& e) {
  if (of.kind == ValueKind::list) {
    const std::optional<std::size_t> at = known_index(key);
    if (at && *at < of.items.size()) return of.items[*at];
    if (at || of.items.empty()) return hole(e);
    std::vector<Alternative> sides;
    for (std::size_t i = 0; i < of.items.size(); ++i)
      sides.push_back({iac::when(key.is_unknown() ? key.hole.name : as_text(key, "index").display(), std::to_string(i)), of.items[i]});
    return iac::one_of(std::move(sides));
  }
  const std::optional<std::string> name = known_text(key);
  if (name) return member(of, *name, e);
  if (of.kind != ValueKind::map || of.entries.empty()) return hole(e);
  // A key that is not known: one value for each that it may be.
  std::vector<Alternative> sides;
  for (const Entry& entry : of.entries)
    sides.push_back({iac::when(key.is_unknown() ? key.hole.name : as_text(key, "key").display(), entry.key), entry.value});
  return iac::one_of(std::move(sides));
}

}  // namespace mainstay::azure
