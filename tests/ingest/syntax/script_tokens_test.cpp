#include "ingest/syntax/script_tokens.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

/// Names, numbers and operators as written, strings as 'value', parts of texts as <value> with a sign for what follows, patterns as
/// /value/.
std::string told(std::string_view source, ScriptLexicon lexicon, std::string& problems) {
  std::string out;
  for (const ScriptToken& one : script_tokens(source, lexicon, SourceId{}, [&](const ScriptProblem& problem) {
         problems += std::to_string(problem.where.begin) + ": " + problem.message + "\n";
       })) {
    if (!out.empty()) out += ' ';
    switch (one.kind) {
      case ScriptTokenKind::string: out += "'" + one.value + "'"; break;
      case ScriptTokenKind::pattern: out += "/" + one.value + "/"; break;
      case ScriptTokenKind::text_begin: out += "<" + one.value + "+"; break;
      case ScriptTokenKind::text_middle: out += "+" + one.value + "+"; break;
      case ScriptTokenKind::text_end: out += "+" + one.value + ">"; break;
      case ScriptTokenKind::name:
      case ScriptTokenKind::number:
      case ScriptTokenKind::op: out += one.written; break;
    }
  }
  return out;
}

struct Row {
  const char* source;
  const char* tokens;
  const char* problems = "";
};

void check(const Row& row, ScriptLexicon lexicon) {
  DYNAMIC_SECTION(row.source) {
    std::string problems;
    CHECK(told(row.source, lexicon, problems) == row.tokens);
    CHECK(problems == row.problems);
  }
}

}  // namespace

TEST_CASE("script tokens: JavaScript", "[ingest][syntax][script]") {
  const Row rows[] = {
      {"", ""},
      {"#!/usr/bin/env node\na", "a"},
      {"a // b\n/* c\n */ d", "a d"},
      {"'a\\'b' \"\\x41\\u{1F600}\\u00e9\\n\"", "'a'b' 'A\xf0\x9f\x98\x80\xc3\xa9\n'"},
      {"'a\\\nb'", "'ab'"},
      {"`a`", "'a'"},
      {"`a${b}c`", "<a+ b +c>"},
      {"`${a}${`x${y}`}`", "<+ a ++ <x+ y +> +>"},
      {"`${ {a: 1}.a }`", "<+ { a : 1 } . a +>"},
      {"`a\nb`", "'a\nb'"},
      {"a / b / c", "a / b / c"},
      {"x = /a\\/[/]b/gi.test(y)", "x = /a\\/[/]b/ . test ( y )"},
      {"if (a) /b/.test(c)", "if ( a ) /b/ . test ( c )"},
      {"(a) / b / c", "( a ) / b / c"},
      {"return /'/", "return /'/"},
      {"a = b /c", "a = b / c"},
      {"a?.b ?? c === d", "a ?. b ?? c === d"},
      {"a?.5:1", "a ? .5 : 1"},
      {"f<A<B>>(c)", "f < A < B > > ( c )"},
      {"a >= b", "a >= b"},
      {"1_000 0xff 1.5e3 .5", "1_000 0xff 1.5e3 .5"},
      {"this.#a", "this . #a"},
      {"'open\nb", "'open' b", "0: this string is not closed\n"},
      {"`open ${a", "<open + a", "9: a text or an element is not closed\n"},
      {"`open", "'open'", "0: this text is not closed\n"},
      {"/* open", "", "0: this comment is not closed\n"},
  };
  for (const Row& row : rows) check(row, ScriptLexicon::javascript);
}

TEST_CASE("script tokens: elements are lists of what stands in their braces", "[ingest][syntax][script]") {
  const Row rows[] = {
      {"x = <a href=\"it's\">don't {b} <i/> {c}</a>;", "x = [ b , [ ] , c , ] ;"},
      {"return <>{a}</>", "return [ a , ]"},
      {"a < b", "a < b"},
      {"f = <T,>(x) => x", "f = < T , > ( x ) => x"},
      {"f = <T>(x) => x", "f = < T > ( x ) => x"},
      {"x = <A b={`${c}`} d={<E/>} />", "x = [ <+ c +> , [ ] , ]"},
      {"x = <a>open", "x = [", "11: a text or an element is not closed\n"},
  };
  for (const Row& row : rows) check(row, ScriptLexicon::jsx);
}

TEST_CASE("script tokens: Go, Java and C#", "[ingest][syntax][script]") {
  const Row go[] = {
      {"a := `x\\n` + \"\\t\"\nb()", "a := 'x\\n' + '\t' ; b ( ) ;"},
      {"if x {\n}\n", "if x { } ;"},
      {"return\n}", "return ; } ;"},
      {"f(a,\n b)", "f ( a , b ) ;"},
      {"c <- 'x'", "c <- 'x' ;"},
      {"a /* b\n */ c", "a ; c ;"},
  };
  for (const Row& row : go) check(row, ScriptLexicon::go);
  const Row java[] = {
      {"String a = \"\"\"\n  b \"c\"\n  \"\"\";", "String a = '\n  b \"c\"\n  ' ;"},
      {"A::b -> 'c'", "A :: b -> 'c'"},
      {"a `b", "a ` b"},
  };
  for (const Row& row : java) check(row, ScriptLexicon::java);
  const Row csharp[] = {
      {"#if DEBUG\na\n#endif", "a"},
      {"@\"c:\\x\"\"y\" \"\\n\"", "'c:\\x\"y' '\n'"},
      {"$\"a{b:N2}c{{d}}\"", "<a+ b +c{d}>"},
      {"F($\"{(a ? b : c)}\", d)", "F ( <+ ( a ? b : c ) +> , d )"},
      {"\"\"\"a \"b\" c\"\"\"", "'a \"b\" c'"},
      {"$@\"{a}\\\"", "<+ a +\\>"},
      {"@class", "@class"},
  };
  for (const Row& row : csharp) check(row, ScriptLexicon::csharp);
}

TEST_CASE("script tokens: nesting without end", "[ingest][syntax][script]") {
  std::string problems;
  std::string source = "x = ";
  for (int depth = 0; depth < 10'000; ++depth) source += "`${";
  const std::vector<ScriptToken> tokens =
      script_tokens(source, ScriptLexicon::javascript, SourceId{}, [&](const ScriptProblem& one) { problems += one.message; });
  CHECK(tokens.size() == 10'002);
  CHECK(problems == "a text or an element is not closed");
}

TEST_CASE("script tokens: what a tool has made small", "[ingest][syntax][script]") {
  CHECK_FALSE(is_minified("a\n"));
  CHECK(is_minified(std::string(10'000, 'a')));
  std::string lines;
  for (int line = 0; line < 500; ++line) lines += std::string(60, 'a') + "\n";
  CHECK_FALSE(is_minified(lines));
}

}  // namespace mainstay
