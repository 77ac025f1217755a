#include "ingest/syntax/python_tokens.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace mainstay {
namespace {

struct Told {
  std::string tokens;
  std::string problems;
};

/// Names, numbers and operators as written, strings as 'value', line ends as "|", blocks as "{" and "}".
Told told(std::string_view source) {
  Told out;
  const auto tokens = python_tokens(
      source, SourceId{}, [&](const PythonProblem& one) { out.problems += std::to_string(one.where.begin) + ": " + one.message + "\n"; });
  for (const PythonToken& one : tokens) {
    if (!out.tokens.empty()) out.tokens += ' ';
    switch (one.kind) {
      case PythonTokenKind::line_end: out.tokens += "|"; break;
      case PythonTokenKind::block_begin: out.tokens += "{"; break;
      case PythonTokenKind::block_end: out.tokens += "}"; break;
      case PythonTokenKind::string: out.tokens += "'" + one.value.display() + "'"; break;
      case PythonTokenKind::name:
      case PythonTokenKind::number:
      case PythonTokenKind::op: out.tokens += one.written; break;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("python tokens: lines, blocks and strings", "[ingest][syntax][python]") {
  struct Row {
    const char* source;
    const char* tokens;
    const char* problems = "";
  };
  const Row rows[] = {
      {"", ""},
      {"a = 1", "a = 1 |"},
      {"a\r\nb\r\n", "a | b |"},
      {"if a:\n  b\nc\n", "if a : | { b | } c |"},
      {"if a:\n\tb\n        c\n", "if a : | { b | c | }"},
      {"if a:\n    b\n  c\n", "if a : | { b | } c |", "12: this indentation fits no block that is open\n"},
      {"f(a,\n  b)\nc", "f ( a , b ) | c |"},
      {"a = \\\n  b", "a = b |"},
      {"# x\n  # y\na # z", "a |"},
      {"'it''s' \"x\"", "'it' 's' 'x' |"},
      {"'''a\n'b'''", "'a\n'b' |"},
      {"r'\\n' b'\\n' u'x'", "'\\n' '\n' 'x' |"},
      {"f'{a}.{b!r:>4}.x{{y}}'", "'${a}.${b}.x{y}' |"},
      {"f'{d[\"k\"]}'", "'${d[\"k\"]}' |"},
      {"'\\x41\\u00e9\\q\\'\\\"'", "'A\xc3\xa9\\q'\"' |"},
      {"'open\nb", "'open' | b |", "0: this string is not closed\n"},
      {"'''open\nb", "'open\nb' |", "0: this string is not closed\n"},
      {"f('open\nb", "f ( 'open' | b |", "2: this string is not closed\n"},
      {"f(a,\ndef g(): pass", "f ( a , | def g ( ) : pass |", "5: a bracket in front of this line is not closed\n"},
      {"a != b ** c // 2 <= 3 := -> ...", "a != b ** c // 2 <= 3 := -> ... |"},
      {"\xef\xbb\xbf"
       "a",
       "a |"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.source) {
      const Told got = told(row.source);
      CHECK(got.tokens == row.tokens);
      CHECK(got.problems == row.problems);
    }
}

TEST_CASE("python tokens: a thousand blocks", "[ingest][syntax][python]") {
  std::string source;
  for (std::size_t depth = 0; depth < 1000; ++depth) source += std::string(depth, ' ') + "if a:\n";
  const auto tokens = python_tokens(source, SourceId{}, [](const PythonProblem&) {});
  const auto blocks =
      std::count_if(tokens.begin(), tokens.end(), [](const PythonToken& one) { return one.kind == PythonTokenKind::block_begin; });
  const auto ends =
      std::count_if(tokens.begin(), tokens.end(), [](const PythonToken& one) { return one.kind == PythonTokenKind::block_end; });
  CHECK(blocks == 100);
  CHECK(ends == 100);
}

}  // namespace mainstay
