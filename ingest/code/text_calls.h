// Texts that are made of others: side by side, one of several, or by a function that is known.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/code/value.h"

namespace mainstay::code {

/// Puts one value behind another, unless the text grows too long.
void append(Value& out, const Value& more);

/// One of several values, when it is the same in all of them but for an environment variable that may take its place.
std::optional<Value> one_of(const std::vector<Value>& values);

/// The value of an argument, counted from 0; nothing for a null pointer.
using ArgumentValue = std::function<std::optional<Value>(std::size_t at)>;

/// What a function of the languages or of a usual library makes of its arguments: an environment read, a format, a sum, its first argument
/// as it is. Nothing when it is not known what the function does, or with which text.
std::optional<Value> text_of_call(std::string_view path, std::size_t count, const ArgumentValue& argument);

}  // namespace mainstay::code
