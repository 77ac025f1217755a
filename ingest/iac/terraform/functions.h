// The pure functions of Terraform's language that are evaluated here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/terraform/value.h"

namespace mainstay::terraform {

using Arguments = std::span<const Value>;

/// One function: nothing when its value cannot be known from these arguments, or when Terraform would refuse them.
/// Shape: where only some arguments are unknown the known parts are kept (join, format, merge, ...).
/// Source: developer.hashicorp.com/terraform/language/functions.
struct Function {
  std::string_view name;
  std::optional<Value> (*call)(Arguments arguments);
};

/// The function of that name, without the `core::` it may be written with; null when it is not evaluated here.
const Function* function(std::string_view name);

std::span<const Function> text_functions();
std::span<const Function> collection_functions();
std::span<const Function> lookup_functions();
std::span<const Function> number_functions();
std::span<const Function> network_functions();
std::span<const Function> pattern_functions();
std::span<const Function> encoding_functions();
std::span<const Function> document_functions();
std::span<const Function> time_functions();

/// The text with every match of a regular expression replaced by `form`, in which $1 and $name stand for groups; nothing for a pattern that
/// RE2 refuses, and for a result that is too large.
std::optional<Value> replaced_by_pattern(const std::string& text, const std::string& pattern, const std::string& form);

/// The items of a list, or the values of a map in the order of its keys; nothing for other values.
std::optional<std::vector<Value>> elements(const Value& value);
/// True when one of the items certainly is the wanted one, false when certainly none is.
std::optional<bool> holds(const std::vector<Value>& items, const Value& wanted);
/// The items without repetition, sorted when all are known strings, as a set keeps them.
Value as_set(std::vector<Value> items);

}  // namespace mainstay::terraform
