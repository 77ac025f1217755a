// Java properties: keys and values line by line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"

namespace mainstay {

/// One key with its value, escapes resolved; `where` is the value as written, the key when the value is empty.
struct Property {
  std::string key;
  std::string value;
  Location where;
};

/// All properties of a text, in order; every text is one.
/// Source: java.util.Properties.load: `=`, `:` or a blank behind the key, `#` and `!` comments, `\` escapes and joins lines.
std::vector<Property> read_properties(std::string_view text, SourceId source);

}  // namespace mainstay
