// Which function is meant, and the conditions; the functions of texts and lists are in functions.cpp.
// Source: AWS CloudFormation Template Reference Guide, "Intrinsic function reference", "Condition functions".
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/call.h"

namespace mainstay::cloudformation {
namespace {

constexpr int kMaxDepth = 400;

}  // namespace

const Program::FunctionRow Program::kFunctions[] = {
    {"Condition", nullptr},
    {"Fn::And", &Program::call_and},
    {"Fn::Base64", &Program::call_base64},
    {"Fn::Cidr", &Program::call_cidr},
    {"Fn::Equals", &Program::call_equals},
    {"Fn::FindInMap", &Program::call_find_in_map},
    {"Fn::GetAZs", &Program::call_get_azs},
    {"Fn::GetAtt", &Program::call_get_att},
    {"Fn::If", &Program::call_if},
    {"Fn::ImportValue", &Program::call_import_value},
    {"Fn::Join", &Program::call_join},
    {"Fn::Length", &Program::call_length},
    {"Fn::Not", &Program::call_not},
    {"Fn::Or", &Program::call_or},
    {"Fn::Select", &Program::call_select},
    {"Fn::Split", &Program::call_split},
    {"Fn::Sub", &Program::call_sub},
    {"Fn::ToJsonString", &Program::call_to_json},
    {"Ref", &Program::call_ref},
};

Value Program::evaluate(const Value& written, Stack& stack) {
  if (depth_ >= kMaxDepth || budget_ == 0) {
    count_unknown("a value that is nested too deeply or takes too long", written.origin);
    return Value::unknown("value");
  }
  --budget_;
  ++depth_;
  Value made = dispatch(written, stack);
  --depth_;
  if (made.weight > Value::kMaxWeight || iac::octets_of(made.text) > Value::kMaxOctets) {
    count_unknown("a value that is too large", written.origin);
    made = Value::unknown("value");
  }
  if (made.origin == Location{}) made.origin = written.origin;
  return made;
}

Value Program::dispatch(const Value& written, Stack& stack) {
  switch (written.kind) {
    case ValueKind::list: return list_value(written, stack);
    case ValueKind::map:
      if (const Entry* function = function_in(written)) return call(*function, written, stack);
      return map_value(written, stack);
    case ValueKind::string: {
      if (written.text.skeleton().find("{{resolve:") == std::string::npos) return written;
      Value made = Value::of_text(without_dynamic_references(written.text));
      made.origin = written.origin;
      return made;
    }
    default: return written;
  }
}

Value Program::list_value(const Value& written, Stack& stack) {
  std::vector<Value> items;
  for (const Value& item : written.items) {
    Value made = evaluate(item, stack);
    if (!made.is_null()) items.push_back(std::move(made));
  }
  Value made = Value::of_list(std::move(items));
  made.origin = written.origin;
  return made;
}

Value Program::map_value(const Value& written, Stack& stack) {
  std::vector<Entry> entries;
  for (const Entry& entry : written.entries) {
    Value made = evaluate(entry.value, stack);
    if (!made.is_null()) entries.push_back({entry.key, std::move(made)});
  }
  Value made = Value::of_map(std::move(entries));
  made.origin = written.origin;
  return made;
}

Value Program::call(const Entry& function, const Value& written, Stack& stack) {
  const auto* row = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                 [&](const FunctionRow& one) { return one.name == function.key && one.function != nullptr; });
  if (row == std::end(kFunctions)) {
    count_unknown(fmt::format("the function {}", function.key), written.origin);
    return Value::unknown(function.key);
  }
  Value made = (this->*row->function)({function.value, written, stack, *this});
  if (made.kind == ValueKind::string) made.text = without_dynamic_references(made.text);
  // A function's place is where it stands, wherever its parts come from.
  if (!made.is_null()) made.origin = written.origin;
  return made;
}

Value Program::condition(Stack& stack, const std::string& name) {
  const std::string id = "condition " + name;
  if (const auto at = stack.known.find(id); at != stack.known.end()) return at->second;
  const Value& written = part(part(stack.root, "Conditions"), name);
  Value truth;
  if (!written.is_null() && stack.in_progress.insert(id).second) {
    truth = truth_of(written, stack);
    stack.in_progress.erase(id);
  } else if (!written.is_null()) {
    unit_.error(written.origin, fmt::format("the condition {} depends on itself", name), "break the circle: one of them must not name it");
  }
  // What stays open is decided by the condition itself, so that two uses of it go together.
  std::vector<Alternative> sides;
  for (Alternative& side : iac::alternatives_of(truth)) {
    if (known_truth(side.value)) {
      sides.push_back(std::move(side));
      continue;
    }
    for (const bool way : {true, false}) {
      sides.push_back({side.when, Value::of(way)});
      sides.back().when.emplace_back(id, way ? "true" : "false");
      std::sort(sides.back().when.begin(), sides.back().when.end());
    }
  }
  truth = iac::one_of(std::move(sides));
  if (!known_truth(truth) && truth.kind != ValueKind::one_of) {
    truth = iac::one_of({{{{id, "true"}}, Value::of(true)}, {{{id, "false"}}, Value::of(false)}});
  }
  stack.known[id] = truth;
  return truth;
}

/// A condition as written: a function, or the name of another one.
Value Program::truth_of(const Value& written, Stack& stack) {
  if (written.kind == ValueKind::map && written.entries.size() == 1 && written.entries.front().key == "Condition") {
    return condition(stack, plain(written.entries.front().value));
  }
  const Value made = evaluate(written, stack);
  return iac::lifted({&made}, [](std::vector<Value>& one) {
    const std::optional<bool> truth = known_truth(one[0]);
    return truth ? Value::of(*truth) : Value::unknown("condition");
  });
}

Value Program::call_equals(const Call& call) {
  const Value left = call.value(0), right = call.value(1);
  return iac::lifted({&left, &right}, [](std::vector<Value>& sides) {
    const bool are_scalars = known_text(sides[0]) && known_text(sides[1]);
    const std::optional<bool> same = are_scalars ? known_text(sides[0]) == known_text(sides[1]) : equal(sides[0], sides[1]);
    return same ? Value::of(*same) : Value::unknown("Fn::Equals");
  });
}

namespace {

/// "and" of three values: false decides, then what is open.
Value joined(std::vector<Value>& sides, bool deciding) {
  bool is_open = false;
  for (const Value& side : sides) {
    const std::optional<bool> truth = known_truth(side);
    if (truth == deciding) return Value::of(deciding);
    is_open = is_open || !truth;
  }
  return is_open ? Value::unknown("condition") : Value::of(!deciding);
}

}  // namespace

Value Program::call_and(const Call& call) {
  Value made = Value::of(true);
  for (const Value& side : call.argument.items) {
    const Value next = truth_of(side, call.stack);
    made = iac::lifted({&made, &next}, [](std::vector<Value>& both) { return joined(both, false); });
  }
  return made;
}

Value Program::call_or(const Call& call) {
  Value made = Value::of(false);
  for (const Value& side : call.argument.items) {
    const Value next = truth_of(side, call.stack);
    made = iac::lifted({&made, &next}, [](std::vector<Value>& both) { return joined(both, true); });
  }
  return made;
}

Value Program::call_not(const Call& call) {
  const Value inner = truth_of(call.at(0), call.stack);
  return iac::lifted({&inner}, [](std::vector<Value>& one) {
    const std::optional<bool> truth = known_truth(one[0]);
    return truth ? Value::of(!*truth) : Value::unknown("condition");
  });
}

Value Program::call_if(const Call& call) {
  const Value deciding = condition(call.stack, plain(call.at(0)));
  if (const std::optional<bool> truth = known_truth(deciding)) return call.value(*truth ? 1 : 2);
  const Value then = call.value(1), otherwise = call.value(2);
  std::vector<Alternative> sides = deciding.alternatives;
  for (Alternative& side : sides) side.value = known_truth(side.value) == true ? then : otherwise;
  return iac::one_of(std::move(sides));
}

void Program::count_unknown(std::string what, Location where) {
  Count& count = unknown_[std::move(what)];
  if (count.count++ == 0) count.where = where;
}

void Program::finish() {
  for (const auto& [what, count] : unknown_) {
    unit_.note(count.where,
               fmt::format("{} is not known here{}", what, count.count > 1 ? fmt::format(" ({} times in all)", count.count) : ""),
               "what depends on it is not part of this scan");
  }
}

}  // namespace mainstay::cloudformation
