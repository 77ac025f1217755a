#include "ingest/iac/alternatives.h"

#include <algorithm>
#include <optional>
#include <set>

namespace mainstay::iac {
namespace {

bool are_same(const Value& a, const Value& b) {
  if (a.kind == ValueKind::list && b.kind == ValueKind::list && a.items.size() == b.items.size()) {
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), are_same);
  }
  if (a.is_unknown() && b.is_unknown()) return a.hole == b.hole && a.reference == b.reference && a.fails == b.fails;
  if (a.kind == ValueKind::object_of && b.kind == ValueKind::object_of) return a.reference == b.reference && a.truth == b.truth;
  if (a.kind == ValueKind::string && b.kind == ValueKind::string) return a.text == b.text && a.reference == b.reference;
  return equal(a, b) == true;
}

}  // namespace

std::optional<When> both(const When& a, const When& b) {
  When joined;
  auto left = a.begin(), right = b.begin();
  while (left != a.end() || right != b.end()) {
    if (right == b.end() || (left != a.end() && left->first < right->first)) {
      joined.push_back(*left++);
    } else if (left == a.end() || right->first < left->first) {
      joined.push_back(*right++);
    } else {
      if (left->second != right->second) return std::nullopt;
      joined.push_back(*left++);
      ++right;
    }
  }
  return joined;
}

Value in_common(const Value& value) {
  if (value.kind != ValueKind::one_of) return value;
  const auto is_scalar = [](const Alternative& a) { return a.value.kind != ValueKind::list && a.value.kind != ValueKind::map; };
  std::string deciders;
  for (const auto& [decider, choice] : value.alternatives.front().when) deciders += (deciders.empty() ? "" : ",") + decider;
  Value made = Value::unknown(deciders);
  if (std::all_of(value.alternatives.begin(), value.alternatives.end(), is_scalar)) made = Value::of_text(as_text(value));
  made.origin = value.origin;
  return made;
}

Value one_of(std::vector<Alternative> alternatives) {
  Value made;
  made.kind = ValueKind::one_of;
  for (Alternative& outer : alternatives) {
    if (outer.value.kind != ValueKind::one_of) {
      made.alternatives.push_back(std::move(outer));
      continue;
    }
    for (Alternative& inner : outer.value.alternatives) {
      if (std::optional<When> when = both(outer.when, inner.when)) made.alternatives.push_back({*std::move(when), std::move(inner.value)});
    }
  }
  if (made.alternatives.empty()) return {};
  const Value& first = made.alternatives.front().value;
  made.origin = first.origin;
  const bool is_settled = std::all_of(made.alternatives.begin() + 1, made.alternatives.end(),
                                      [&](const Alternative& other) { return are_same(first, other.value); });
  if (is_settled) return Value(first);
  for (const Alternative& alternative : made.alternatives) made.weight += alternative.value.weight;
  if (made.alternatives.size() > kMaxAlternatives || made.weight > Value::kMaxWeight) return in_common(made);
  return made;
}

std::vector<Alternative> alternatives_of(const Value& value) {
  if (value.kind == ValueKind::one_of) return value.alternatives;
  return {{{}, value}};
}

std::vector<Alternative> distinct(std::vector<Alternative> alternatives) {
  std::vector<Alternative> kept;
  for (Alternative& next : alternatives) {
    const bool is_new = std::none_of(kept.begin(), kept.end(), [&](const Alternative& one) { return are_same(one.value, next.value); });
    if (is_new) kept.push_back(std::move(next));
  }
  return kept;
}

std::vector<Alternative> together(const std::vector<const Value*>& arguments) {
  std::vector<Alternative> found{{{}, Value::of_list({})}};
  for (const Value* argument : arguments) {
    std::vector<Alternative> longer;
    for (const Alternative& before : found) {
      for (const Alternative& next : alternatives_of(*argument)) {
        std::optional<When> when = both(before.when, next.when);
        if (!when) continue;
        Alternative made{*std::move(when), before.value};
        made.value.items.push_back(next.value);
        longer.push_back(std::move(made));
      }
    }
    if (longer.empty() || longer.size() > kMaxAlternatives) {
      Value common = Value::of_list({});
      for (const Value* one : arguments) common.items.push_back(in_common(*one));
      return {{{}, std::move(common)}};
    }
    found = std::move(longer);
  }
  return found;
}

Value lifted(const std::vector<const Value*>& arguments, const std::function<Value(std::vector<Value>&)>& function) {
  std::vector<Alternative> made = together(arguments);
  for (Alternative& alternative : made) alternative.value = function(alternative.value.items);
  if (made.size() == 1) return std::move(made.front().value);
  return one_of(std::move(made));
}

Value chosen(const Value& condition, const std::string& decider, const Value& then, const Value& otherwise) {
  std::vector<Alternative> sides;
  for (Alternative& side : alternatives_of(condition)) {
    const std::optional<bool> truth = known_truth(side.value);
    for (const bool way : {true, false}) {
      if (truth && *truth != way) continue;
      std::optional<When> taken = truth ? side.when : both(side.when, when(decider, way ? "true" : "false"));
      if (taken) sides.push_back({*std::move(taken), way ? then : otherwise});
    }
  }
  return one_of(std::move(sides));
}

Value with_items_settled(Value list) {
  const auto is_open = [](const Value& item) { return item.kind == ValueKind::one_of; };
  if (list.kind != ValueKind::list || std::none_of(list.items.begin(), list.items.end(), is_open)) return list;
  std::vector<const Value*> items;
  for (const Value& item : list.items) items.push_back(&item);
  return lifted(items, [&](std::vector<Value>& settled) {
    Value made = Value::of_list(std::move(settled));
    made.origin = list.origin;
    return made;
  });
}

Value entries_settled(const Value& maps) {
  const auto is_map = [](const Alternative& one) { return one.value.kind == ValueKind::map || one.value.is_null(); };
  if (maps.kind != ValueKind::one_of || !std::all_of(maps.alternatives.begin(), maps.alternatives.end(), is_map)) return maps;
  std::set<std::string> keys;
  for (const Alternative& one : maps.alternatives) {
    for (const Entry& entry : one.value.entries) keys.insert(entry.key);
  }
  std::vector<Entry> entries;
  for (const std::string& key : keys) {
    std::vector<Alternative> sides;
    for (const Alternative& one : maps.alternatives) {
      const Value* const found = one.value.entry(key);
      sides.push_back({one.when, found != nullptr ? *found : Value()});
    }
    entries.push_back({key, one_of(std::move(sides))});
  }
  return Value::of_map(std::move(entries));
}

Value restricted(Value value, const When& when) {
  for (Value& item : value.items) item = restricted(std::move(item), when);
  for (Entry& entry : value.entries) entry.value = restricted(std::move(entry.value), when);
  if (value.kind != ValueKind::one_of) return value;
  std::vector<Alternative> kept;
  for (const Alternative& alternative : value.alternatives) {
    if (!alternative.value.fails && both(alternative.when, when)) kept.push_back(alternative);
  }
  if (kept.empty()) return value;
  for (Alternative& alternative : kept) alternative.value = restricted(std::move(alternative.value), when);
  const Location origin = value.origin;
  Value made = one_of(std::move(kept));
  if (made.origin == Location{}) made.origin = origin;
  return made;
}

std::string shown(const When& when) {
  std::string out;
  for (const auto& [decider, choice] : when) {
    if (!out.empty()) out += ", ";
    out += decider;
    out += " is ";
    out += choice;
  }
  return out;
}

std::vector<Evidence> taken_when(std::vector<Evidence> reasons, const When& when) {
  if (when.empty()) return reasons;
  for (Evidence& reason : reasons) {
    reason.confidence = Confidence::assumed;
    reason.note = "taken when " + shown(when);
  }
  return reasons;
}

}  // namespace mainstay::iac
