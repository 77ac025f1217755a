// What an expression in source code comes to, as far as it names something.
#pragma once

#include <string>

#include "graph/values/location.h"
#include "graph/values/text.h"

namespace mainstay::code {

/// A text with known and unknown parts, and where it comes from.
struct Value {
  Text text;
  Location where;               // of the first literal in it; of the expression when there is none
  std::string variable;         // the environment variable that it is read from, or that takes its place when set
  bool is_environment = false;  // it is nothing but that variable
  bool has_literal = false;
};

}  // namespace mainstay::code
