// Functions that pick or test: element, lookup, coalesce, contains, length.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {
namespace {

using Result = std::optional<Value>;

Result length(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  const Value& value = arguments[0];
  if (value.kind == ValueKind::list) return Value::of_number(static_cast<double>(value.items.size()));
  if (value.kind == ValueKind::map) return Value::of_number(static_cast<double>(value.entries.size()));
  const std::optional<std::string> text = value.kind == ValueKind::string ? value.text.known() : std::nullopt;
  if (!text) return std::nullopt;
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return Value::of_number(static_cast<double>(std::count_if(text->begin(), text->end(), begins)));
}

Result element(Arguments arguments) {
  if (arguments.size() != 2 || arguments[0].kind != ValueKind::list || arguments[0].items.empty()) return std::nullopt;
  const std::optional<std::size_t> index = known_index(arguments[1]);
  return index ? Result(arguments[0].items[*index % arguments[0].items.size()]) : std::nullopt;
}

Result lookup(Arguments arguments) {
  if (arguments.size() < 2 || arguments[0].kind != ValueKind::map) return std::nullopt;
  const std::optional<std::string> key = known_text(arguments[1]);
  if (!key) return std::nullopt;
  if (const Value* found = arguments[0].entry(*key)) return *found;
  return arguments.size() > 2 ? Result(arguments[2]) : std::nullopt;
}

/// What is unknown may turn out null, so a later argument is taken only when all before it are certainly null or empty.
Result coalesce(Arguments arguments) {
  for (const Value& argument : arguments) {
    if (argument.is_null() || (argument.kind == ValueKind::string && argument.text.empty())) continue;
    const bool certain = !argument.is_unknown() && argument.kind != ValueKind::object_of;
    return certain || &argument == &arguments.back() ? Result(argument) : std::nullopt;
  }
  return std::nullopt;
}

Result coalescelist(Arguments arguments) {
  for (const Value& argument : arguments) {
    if (argument.kind != ValueKind::list && !argument.is_null()) return std::nullopt;
    if (argument.kind == ValueKind::list && !argument.items.empty()) return argument;
  }
  return std::nullopt;
}

Result contains(Arguments arguments) {
  if (arguments.size() != 2 || arguments[0].kind != ValueKind::list) return std::nullopt;
  const std::optional<bool> held = holds(arguments[0].items, arguments[1]);
  return held ? Result(Value::of(*held)) : std::nullopt;
}

Result index(Arguments arguments) {
  if (arguments.size() != 2 || arguments[0].kind != ValueKind::list) return std::nullopt;
  for (std::size_t i = 0; i < arguments[0].items.size(); ++i) {
    const std::optional<bool> one = equal(arguments[0].items[i], arguments[1]);
    if (!one) return std::nullopt;
    if (*one) return Value::of_number(static_cast<double>(i));
  }
  return std::nullopt;
}

Result one(Arguments arguments) {
  if (arguments.size() != 1 || arguments[0].kind != ValueKind::list || arguments[0].items.size() > 1) return std::nullopt;
  return arguments[0].items.empty() ? Value() : arguments[0].items[0];
}

Result same(Arguments arguments) { return arguments.size() == 1 ? Result(arguments[0]) : std::nullopt; }

Result tonumber(Arguments arguments) {
  const std::optional<double> number = arguments.size() == 1 ? known_number(arguments[0]) : std::nullopt;
  return number ? Result(Value::of_number(*number)) : std::nullopt;
}

Result tobool(Arguments arguments) {
  const std::optional<bool> truth = arguments.size() == 1 ? known_truth(arguments[0]) : std::nullopt;
  return truth ? Result(Value::of(*truth)) : std::nullopt;
}

constexpr Function kFunctions[] = {
    {"coalesce", &coalesce}, {"coalescelist", &coalescelist},
    {"contains", &contains}, {"element", &element},
    {"index", &index},       {"length", &length},
    {"lookup", &lookup},     {"nonsensitive", &same},
    {"one", &one},           {"sensitive", &same},
    {"tobool", &tobool},     {"tonumber", &tonumber},
};

}  // namespace

std::span<const Function> lookup_functions() { return kFunctions; }

}  // namespace mainstay::terraform
