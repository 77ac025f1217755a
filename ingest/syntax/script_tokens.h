// Source of JavaScript, TypeScript, Go, Java or C# as tokens: names, numbers, strings with their values, and operators.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"

namespace mainstay {

/// Of a text with expressions in it (`a${b}c`, $"a{b}c") the parts between them are begin, middle and end; those without any are strings.
enum class ScriptTokenKind : std::uint8_t { name, number, string, pattern, text_begin, text_middle, text_end, op };

/// One token. Keywords are names; the semicolons that Go puts at the end of a line are operators.
struct ScriptToken {
  ScriptTokenKind kind = ScriptTokenKind::op;
  std::string_view written;  // views into the source
  std::string value;         // of strings and parts of texts: escapes resolved; of a pattern: between its slashes
  bool starts_line = false;
  Location where;
};

/// `jsx` is JavaScript or TypeScript that may have elements in it: these are told as lists, "[", what stands in braces, "]".
enum class ScriptLexicon : std::uint8_t { javascript, jsx, go, java, csharp };

/// A problem of one place; it never quotes the source.
struct ScriptProblem {
  Location where;
  std::string message;
  std::string hint;
};

inline constexpr std::size_t kMaxScriptText = std::size_t{2} << 20;  // octets

/// Comments and lines of a preprocessor are left out. ">" is never part of a longer operator but ">=", so that lists of types end.
/// Errors: a string that is not closed ends with its line, other texts and comments with the source; the rest is read.
/// Shape:  for texts of at most kMaxScriptText octets. Cost: one pass; nesting is kept on the heap.
/// Source: ECMAScript 2024, clause 12; JSX; The Go Programming Language Specification, "Lexical elements"; The Java Language
///         Specification, chapter 3; C# language specification, chapter 6.
std::vector<ScriptToken> script_tokens(std::string_view source, ScriptLexicon lexicon, SourceId id,
                                       const std::function<void(ScriptProblem)>& problem);

/// True for code that a tool has made small: nobody reads its long lines, and its names say nothing.
bool is_minified(std::string_view source);

}  // namespace mainstay
