// The functions of C that write a text into their first argument.
#pragma once

#include <string_view>

namespace mainstay::code {

struct TextWriter {
  std::string_view name;
  bool is_append = false;
  bool is_whole = false;  // the text is what the call as a whole makes, a format and its values
};

/// Null for every other function.
const TextWriter* text_writer(std::string_view name);

}  // namespace mainstay::code
