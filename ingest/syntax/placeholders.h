// Values with placeholders in them, as shells, compose files and container arguments write them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "graph/values/text.h"

namespace mainstay {

/// Which placeholders a notation has.
struct PlaceholderStyle {
  bool dollar_brace = true;   // ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?message}, ${NAME:+other}
  bool dollar_name = false;   // $NAME
  bool dollar_paren = false;  // $(NAME)
  bool double_brace = true;   // {{ anything }}
};

/// The value of a name; nothing when it is not known.
using PlaceholderLookup = std::function<std::optional<Text>(std::string_view name)>;

/// The value with known names replaced and a hole for each of the others; `$$` is a dollar.
/// A default is used when the name is not known: that is what happens when nothing else sets it.
Text filled_in(std::string_view value, PlaceholderStyle style, const PlaceholderLookup& lookup);

}  // namespace mainstay
