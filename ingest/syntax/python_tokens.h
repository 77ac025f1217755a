// Python source as tokens: names, numbers, strings with their values, operators, and the lines and blocks that indentation makes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "graph/values/text.h"

namespace mainstay {

enum class PythonTokenKind : std::uint8_t { name, number, string, op, line_end, block_begin, block_end };

/// One token. Keywords are names; a run of strings side by side is several tokens.
struct PythonToken {
  PythonTokenKind kind = PythonTokenKind::line_end;
  std::string_view written;  // views into the source
  Text value;                // of a string: escapes resolved, replacement fields of f-strings as holes
  bool is_bytes = false;
  std::vector<std::string_view> fields;  // of an f-string: the expression of each hole of `value`, in their order; views as well
  Location where;
};

/// A problem of one place; it never quotes the source.
struct PythonProblem {
  Location where;
  std::string message;
  std::string hint;
};

/// Brackets join lines, as do backslashes; comments are left out. Blocks that are open at the end are closed there.
/// Errors: a string that is not closed ends with its line (or with the source), and open brackets with it; a bracket that is open where a
///         function or class of the file begins ends there; an indentation that fits no open block is taken for the
///         nearest one; the rest is read.
/// Limits: blocks nest 100 deep, as in CPython; deeper lines belong to the hundredth.
/// Source: The Python Language Reference, chapter 2 "Lexical analysis".
std::vector<PythonToken> python_tokens(std::string_view source, SourceId id, const std::function<void(PythonProblem)>& problem);

}  // namespace mainstay
