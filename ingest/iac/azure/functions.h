// The pure functions that ARM templates and Bicep share.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/value.h"

namespace mainstay::azure {

using iac::Entry;
using iac::Value;
using iac::ValueKind;

using Arguments = const std::vector<Value>&;
/// One function: nothing when its value cannot be known from these arguments, or when the service would refuse them.
using PureFunction = std::optional<Value> (*)(Arguments arguments);

struct PureFunctionRow {
  std::string_view name;  // in lower case: names are compared without case
  PureFunction call;
};

/// The function of that name, in lower case; null when it is not evaluated here.
PureFunction pure_function(std::string_view name);
std::span<const PureFunctionRow> text_functions();

inline bool is_collection(const Value& value) { return value.kind == ValueKind::list || value.kind == ValueKind::map; }

/// The argument at that place, when it is a known text.
inline std::optional<std::string> text_at(Arguments arguments, std::size_t at) {
  return at < arguments.size() ? known_text(arguments[at]) : std::nullopt;
}

}  // namespace mainstay::azure
