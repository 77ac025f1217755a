// Functions that make lists, sets and maps of others.
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {

std::optional<std::vector<Value>> elements(const Value& value) {
  if (value.kind == ValueKind::list) return value.items;
  if (value.kind != ValueKind::map) return std::nullopt;
  std::vector<Value> items;
  for (const Entry& entry : value.entries) items.push_back(entry.value);
  return items;
}

Value as_set(std::vector<Value> items) {
  const bool all_text = std::all_of(items.begin(), items.end(), [](const Value& item) { return known_text(item).has_value(); });
  if (!all_text) return Value::of_list(std::move(items));
  std::stable_sort(items.begin(), items.end(), [](const Value& a, const Value& b) { return *known_text(a) < *known_text(b); });
  items.erase(std::unique(items.begin(), items.end(), [](const Value& a, const Value& b) { return *known_text(a) == *known_text(b); }),
              items.end());
  return Value::of_list(std::move(items));
}

std::optional<bool> holds(const std::vector<Value>& items, const Value& wanted) {
  bool is_certain = true;
  for (const Value& item : items) {
    const std::optional<bool> same = equal(item, wanted);
    if (same == true) return true;
    is_certain = is_certain && same.has_value();
  }
  return is_certain ? std::optional(false) : std::nullopt;
}

namespace {

using Result = std::optional<Value>;

const Value* list_at(Arguments arguments, std::size_t i) {
  return i < arguments.size() && arguments[i].kind == ValueKind::list ? &arguments[i] : nullptr;
}

Result concat(Arguments arguments) {
  std::vector<Value> all;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value* list = list_at(arguments, i);
    if (list == nullptr) return std::nullopt;
    all.insert(all.end(), list->items.begin(), list->items.end());
  }
  return Value::of_list(std::move(all));
}

Result merge(Arguments arguments) {
  std::vector<Entry> all;
  for (const Value& argument : arguments) {
    if (argument.is_null()) continue;
    if (argument.kind != ValueKind::map) return std::nullopt;
    all.insert(all.end(), argument.entries.begin(), argument.entries.end());
  }
  return Value::of_map(std::move(all));
}

Result keys(Arguments arguments) {
  if (arguments.size() != 1 || arguments[0].kind != ValueKind::map) return std::nullopt;
  std::vector<Value> all;
  for (const Entry& entry : arguments[0].entries) all.push_back(Value::of_text(entry.key));
  return Value::of_list(std::move(all));
}

Result values(Arguments arguments) {
  if (arguments.size() != 1 || arguments[0].kind != ValueKind::map) return std::nullopt;
  return Value::of_list(*elements(arguments[0]));
}

/// False when a part of the list is itself unknown, so that its length is.
bool flatten_into(const Value& list, std::vector<Value>& out) {
  for (const Value& item : list.items) {
    if (item.is_unknown()) return false;
    if (item.kind != ValueKind::list) {
      out.push_back(item);
    } else if (!flatten_into(item, out)) {
      return false;
    }
  }
  return true;
}

Result flatten(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  std::vector<Value> out;
  if (list == nullptr) return std::nullopt;
  if (!flatten_into(*list, out)) return std::nullopt;
  return Value::of_list(std::move(out));
}

Result toset(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  return list == nullptr ? std::nullopt : Result(as_set(list->items));
}

Result tolist(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  return list == nullptr ? std::nullopt : Result(*list);
}

Result tomap(Arguments arguments) {
  return arguments.size() == 1 && arguments[0].kind == ValueKind::map ? Result(arguments[0]) : std::nullopt;
}

Result distinct(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  if (list == nullptr || !list->is_wholly_known()) return std::nullopt;
  std::vector<Value> out;
  for (const Value& item : list->items) {
    if (out.size() > 2000) return std::nullopt;  // the comparison is quadratic
    if (std::none_of(out.begin(), out.end(), [&](const Value& seen) { return equal(seen, item) == true; })) out.push_back(item);
  }
  return Value::of_list(std::move(out));
}

Result compact(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  if (list == nullptr) return std::nullopt;
  std::vector<Value> out;
  for (const Value& item : list->items) {
    if (item.is_null() || (item.kind == ValueKind::string && item.text.empty())) continue;
    out.push_back(item);  // what is unknown could be empty, but dropping it would lose a name
  }
  return Value::of_list(std::move(out));
}

Result reverse(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  if (list == nullptr) return std::nullopt;
  return Value::of_list({list->items.rbegin(), list->items.rend()});
}

Result slice(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  if (list == nullptr || arguments.size() != 3) return std::nullopt;
  const std::optional<std::size_t> begin = known_index(arguments[1]), end = known_index(arguments[2]);
  if (!begin || !end || *begin > *end || *end > list->items.size()) return std::nullopt;
  return Value::of_list(
      {list->items.begin() + static_cast<std::ptrdiff_t>(*begin), list->items.begin() + static_cast<std::ptrdiff_t>(*end)});
}

Result sort(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  if (list == nullptr || !list->is_wholly_known()) return std::nullopt;
  std::vector<Value> items = list->items;
  if (!std::all_of(items.begin(), items.end(), [](const Value& item) { return known_text(item).has_value(); })) return std::nullopt;
  std::stable_sort(items.begin(), items.end(), [](const Value& a, const Value& b) { return *known_text(a) < *known_text(b); });
  return Value::of_list(std::move(items));
}

Result zipmap(Arguments arguments) {
  const Value *names = list_at(arguments, 0), *items = list_at(arguments, 1);
  if (names == nullptr || items == nullptr || names->items.size() != items->items.size()) return std::nullopt;
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < names->items.size(); ++i) {
    const std::optional<std::string> key = known_text(names->items[i]);
    if (!key) return std::nullopt;
    entries.push_back({*key, items->items[i]});
  }
  return Value::of_map(std::move(entries));
}

Result setproduct(Arguments arguments) {
  std::vector<std::vector<Value>> rows(1);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value* list = list_at(arguments, i);
    if (list == nullptr || rows.size() * list->items.size() > 10'000) return std::nullopt;
    std::vector<std::vector<Value>> next;
    for (const std::vector<Value>& row : rows) {
      for (const Value& item : list->items) {
        next.push_back(row);
        next.back().push_back(item);
      }
    }
    rows = std::move(next);
  }
  std::vector<Value> out;
  for (std::vector<Value>& row : rows) out.push_back(Value::of_list(std::move(row)));
  return Value::of_list(std::move(out));
}

Result range(Arguments arguments) {
  std::vector<double> bounds;
  for (const Value& argument : arguments) {
    const std::optional<double> number = known_number(argument);
    if (!number) return std::nullopt;
    bounds.push_back(*number);
  }
  if (bounds.empty() || bounds.size() > 3) return std::nullopt;
  const double from = bounds.size() == 1 ? 0 : bounds[0];
  const double to = bounds.size() == 1 ? bounds[0] : bounds[1];
  const double step = bounds.size() == 3 ? bounds[2] : from <= to ? 1 : -1;
  if (step == 0 || (to - from) / step > 1024) return std::nullopt;
  std::vector<Value> out;
  for (double at = from; step > 0 ? at < to : at > to; at += step) out.push_back(Value::of_number(at));
  return Value::of_list(std::move(out));
}

Result setunion(Arguments arguments) {
  Result all = concat(arguments);
  return all ? Result(as_set(std::move(all->items))) : std::nullopt;
}

/// The items of a set that the other one has, or has not.
Result chosen(const Value& from, const Value& other, bool is_wanted) {
  constexpr std::size_t kMostPairs = 4'000'000;
  if (from.kind != ValueKind::list || other.kind != ValueKind::list || from.items.size() * other.items.size() > kMostPairs)
    return std::nullopt;
  std::vector<Value> kept;
  for (const Value& item : from.items) {
    const std::optional<bool> held = holds(other.items, item);
    if (!held) return std::nullopt;
    if (*held == is_wanted) kept.push_back(item);
  }
  return as_set(std::move(kept));
}

Result setintersection(Arguments arguments) {
  Result left = arguments.empty() ? std::nullopt : toset(arguments.first(1));
  for (std::size_t at = 1; left && at < arguments.size(); ++at) left = chosen(*left, arguments[at], true);
  return left;
}

Result setsubtract(Arguments arguments) { return arguments.size() == 2 ? chosen(arguments[0], arguments[1], false) : std::nullopt; }

Result chunklist(Arguments arguments) {
  const Value* list = list_at(arguments, 0);
  const std::optional<std::size_t> size = arguments.size() == 2 ? known_index(arguments[1]) : std::nullopt;
  if (list == nullptr || !size) return std::nullopt;
  std::vector<Value> chunks;
  const std::size_t step = *size == 0 ? std::max<std::size_t>(list->items.size(), 1) : *size;
  for (std::size_t begin = 0; begin < list->items.size(); begin += step) {
    const auto first = list->items.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = list->items.begin() + static_cast<std::ptrdiff_t>(std::min(begin + step, list->items.size()));
    chunks.push_back(Value::of_list({first, last}));
  }
  return Value::of_list(std::move(chunks));
}

/// matchkeys(values, keys, searched): the values whose key is among those searched for.
Result matchkeys(Arguments arguments) {
  const Value *items = list_at(arguments, 0), *names = list_at(arguments, 1), *searched = list_at(arguments, 2);
  if (items == nullptr || names == nullptr || searched == nullptr || items->items.size() != names->items.size()) return std::nullopt;
  std::vector<Value> kept;
  for (std::size_t at = 0; at < items->items.size(); ++at) {
    const std::optional<bool> held = holds(searched->items, names->items[at]);
    if (!held) return std::nullopt;
    if (*held) kept.push_back(items->items[at]);
  }
  return Value::of_list(std::move(kept));
}

/// A map of lists turned round: each item with the sorted keys of the lists that have it.
Result transpose(Arguments arguments) {
  if (arguments.size() != 1 || arguments[0].kind != ValueKind::map) return std::nullopt;
  std::map<std::string, std::vector<Value>> turned;
  for (const Entry& entry : arguments[0].entries) {
    if (entry.value.kind != ValueKind::list) return std::nullopt;
    for (const Value& item : entry.value.items) {
      const std::optional<std::string> name = known_text(item);
      if (!name) return std::nullopt;
      turned[*name].push_back(Value::of_text(entry.key));
    }
  }
  std::vector<Entry> entries;
  for (auto& [name, keys] : turned) entries.push_back({name, as_set(std::move(keys))});
  return Value::of_map(std::move(entries));
}

constexpr Function kFunctions[] = {
    {"chunklist", &chunklist},
    {"compact", &compact},
    {"concat", &concat},
    {"distinct", &distinct},
    {"flatten", &flatten},
    {"keys", &keys},
    {"matchkeys", &matchkeys},
    {"merge", &merge},
    {"range", &range},
    {"reverse", &reverse},
    {"setintersection", &setintersection},
    {"setproduct", &setproduct},
    {"setsubtract", &setsubtract},
    {"setunion", &setunion},
    {"slice", &slice},
    {"sort", &sort},
    {"tolist", &tolist},
    {"tomap", &tomap},
    {"toset", &toset},
    {"transpose", &transpose},
    {"values", &values},
    {"zipmap", &zipmap},
};

}  // namespace

std::span<const Function> collection_functions() { return kFunctions; }

}  // namespace mainstay::terraform
