// Functions on numbers and truth values.
#include <algorithm>
#include <charconv>
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

Result signum(Arguments arguments) {
  return changed(arguments, [](double n) { return n < 0 ? -1.0 : n > 0 ? 1.0 : 0.0; });
}

Result combined(Arguments arguments, double (*combine)(double, double)) {
  if (arguments.size() != 2) return std::nullopt;
  const std::optional<double> a = known_number(arguments[0]), b = known_number(arguments[1]);
  const double made = a && b ? combine(*a, *b) : NAN;
  return std::isfinite(made) ? Result(Value::of_number(made)) : std::nullopt;
}

Result power(Arguments arguments) {
  return combined(arguments, [](double a, double b) { return std::pow(a, b); });
}
Result logarithm(Arguments arguments) {
  return combined(arguments, [](double a, double base) { return std::log(a) / std::log(base); });
}

Result parseint(Arguments arguments) {
  const std::optional<std::string> text = arguments.size() == 2 ? known_text(arguments[0]) : std::nullopt;
  const std::optional<std::size_t> base = text ? known_index(arguments[1]) : std::nullopt;
  if (!base || *base < 2 || *base > 36) return std::nullopt;
  std::string_view digits = *text;
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, static_cast<int>(*base));
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return Value::of_number(static_cast<double>(number));
}

constexpr Function kFunctions[] = {
    {"abs", &absolute}, {"alltrue", &alltrue}, {"anytrue", &anytrue},   {"ceil", &ceiling}, {"floor", &floored}, {"log", &logarithm},
    {"max", &largest},  {"min", &smallest},    {"parseint", &parseint}, {"pow", &power},    {"signum", &signum}, {"sum", &sum},
};

}  // namespace

std::span<const Function> number_functions() { return kFunctions; }

}  // namespace mainstay::terraform
