#include "ingest/iac/alternatives.h"

#include <algorithm>
#include <optional>

namespace mainstay::iac {
namespace {

using When = std::vector<std::pair<std::string, std::string>>;

/// Both conditions as one; nothing when they contradict each other.
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

bool are_same(const Value& a, const Value& b) {
  if (a.kind == ValueKind::list && b.kind == ValueKind::list && a.items.size() == b.items.size()) {
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), are_same);
  }
  if (a.is_unknown() && b.is_unknown()) return a.hole == b.hole && a.reference == b.reference;
  if (a.kind == ValueKind::string && b.kind == ValueKind::string) return a.text == b.text && a.reference == b.reference;
  return equal(a, b) == true;
}

}  // namespace

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

std::string shown(const std::vector<std::pair<std::string, std::string>>& when) {
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
