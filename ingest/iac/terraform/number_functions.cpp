// Functions on numbers and truth values.
#include <algorithm>
#include <cmath>
#include <string>

#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {
namespace {

using Result = std::optional<Value>;

template <class Change>
Result changed(Arguments arguments, Change change) {
  const std::optional<double> number = arguments.size() == 1 ? known_number(arguments[0]) : std::nullopt;
  return number ? Result(Value::of_number(change(*number))) : std::nullopt;
}

template <class Choose>
Result chosen(Arguments arguments, Choose choose) {
  std::optional<double> best;
  for (const Value& argument : arguments) {
    const std::optional<double> number = known_number(argument);
    if (!number) return std::nullopt;
    best = best ? choose(*best, *number) : *number;
  }
  return best ? Result(Value::of_number(*best)) : std::nullopt;
}

Result absolute(Arguments arguments) {
  return changed(arguments, [](double n) { return std::fabs(n); });
}
Result ceiling(Arguments arguments) {
  return changed(arguments, [](double n) { return std::ceil(n); });
}
Result floored(Arguments arguments) {
  return changed(arguments, [](double n) { return std::floor(n); });
}
Result smallest(Arguments arguments) {
  return chosen(arguments, [](double a, double b) { return std::min(a, b); });
}
Result largest(Arguments arguments) {
  return chosen(arguments, [](double a, double b) { return std::max(a, b); });
}

Result sum(Arguments arguments) {
  if (arguments.size() != 1 || arguments[0].kind != ValueKind::list || arguments[0].items.empty()) return std::nullopt;
  return chosen(arguments[0].items, [](double a, double b) { return a + b; });
}

/// True when every item is `wanted`, false when one certainly is not.
Result every(Arguments arguments, bool wanted, bool answer) {
  if (arguments.size() != 1 || arguments[0].kind != ValueKind::list) return std::nullopt;
  bool certain = true;
  for (const Value& item : arguments[0].items) {
    const std::optional<bool> truth = known_truth(item);
    if (truth && *truth != wanted) return Value::of(!answer);
    certain = certain && truth.has_value();
  }
  return certain ? Result(Value::of(answer)) : std::nullopt;
}

Result alltrue(Arguments arguments) { return every(arguments, true, true); }
Result anytrue(Arguments arguments) { return every(arguments, false, false); }

constexpr Function kFunctions[] = {
    {"abs", &absolute},  {"alltrue", &alltrue}, {"anytrue", &anytrue}, {"ceil", &ceiling},
    {"floor", &floored}, {"max", &largest},     {"min", &smallest},    {"sum", &sum},
};

}  // namespace

std::span<const Function> number_functions() { return kFunctions; }

}  // namespace mainstay::terraform
