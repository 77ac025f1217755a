#include <catch2/catch.hpp>

#include <string>

#include "ingest/syntax/hcl/hcl.h"

namespace mainstay::hcl {
namespace {

struct Parsed {
  Body body;
  std::vector<Diagnostic> problems;
};

Parsed parsed(const std::string& text) {
  const Source source("main.tf", text);
  Diagnostics problems;
  Body body = parse(source, SourceId{}, problems);
  return {std::move(body), problems.all()};
}

/// The value of `a` as it is printed.
std::string printed(const std::string& value) {
  const Parsed got = parsed("a = " + value + "\n");
  if (!got.problems.empty()) return "problem: " + got.problems[0].message;
  const Attribute* attribute = got.body.attribute("a");
  return attribute == nullptr ? "none" : print(attribute->value);
}

}  // namespace

TEST_CASE("hcl: expressions are read as written", "[ingest][hcl]") {
  struct Row {
    const char* title;
    const char* text;
    const char* tree;
  };
  const Row rows[] = {
      {"number", "1.5e3", "1.5e3"},
      {"escapes", R"("a\n\t\"\\\u00e9\U0001F600")", "\"a\\n\\t\\\"\\\\\xc3\xa9\xf0\x9f\x98\x80\""},
      {"escaped sequences are text", R"("$${x} %%{y}")", R"("$${x} %%{y}")"},
      {"a dollar before a sequence", R"("$${a}$${b}${c}")", R"("$${a}$${b}${c}")"},
      {"interpolation", R"("a.${var.env}.b")", R"("a.${var.env}.b")"},
      {"trims eat blanks beside them", R"("a ${~ x ~} b")", R"("a${x}b")"},
      {"a trimmed interpolation stays a string", R"("${x ~} ")", R"(" ${~ x}")"},
      {"directives", R"("%{ if a }x%{ else }y%{ endif }%{ for k, v in m }${v}%{ endfor }")",
       R"("%{if a}x%{else}y%{endif}%{for k, v in m}${v}%{endfor}")"},
      {"precedence", "1 + 2 * 3 == 7 && !b || c", "1 + 2 * 3 == 7 && !b || c"},
      {"conditional", "a ? b : c ? d : e", "a ? b : c ? d : e"},
      {"steps", "a.b[0].c.0[*].d.*.e", "a.b[0].c.0[*].d.*.e"},
      {"tuple over lines with comments", "[ # one\n 1, // two\n 2, /* three */ 3,\n]", "[1, 2, 3]"},
      {"object with both separators", "{ a = 1, \"b\" : 2\n (c) = 3 }", R"({a = 1, "b" = 2, (c) = 3})"},
      {"for over a list", "[for s in list : upper(s) if s != \"\"]", R"([for s in list : upper(s) if s != ""])"},
      {"for with groups", "{for k, v in m : v => k...}", "{for k, v in m : v => k...}"},
      {"call that spreads", "merge(a, b...)", "merge(a, b...)"},
      {"namespaced call", "provider::dns::name(a)", "provider::dns::name(a)"},
      {"here document", "<<EOT\n  a\n b ${x}\nEOT\n", R"("  a\n b ${x}\n")"},
      {"indented here document", "<<-EOT\n    a\n\n      b\n    EOT\n", R"("a\n\n  b\n")"},
      {"newline inside an interpolation", "\"${\n  x\n}\"", R"("${x}")"},
      {"bad: a value is missing", "", "problem: a value is needed here, not the end of the line"},
      {"bad: open string", "\"abc", "problem: the string is not closed on its line"},
      {"bad: unknown escape", R"("\d")", "problem: not a known escape sequence"},
      {"bad: comma missing", "[1 2]", "problem: items are separated by commas; found `2`"},
      {"bad: no else value", "a ? b", "problem: a conditional needs `:` and a second value, not the end of the line"},
      {"bad: two values", "1 2", "problem: an argument or a block ends with its line; found `2`"},
      {"bad: dotted indexes", "a.0.1", "problem: two indexes cannot be written with dots"},
      {"bad: splat in a splat", "a.*.b.*", "problem: a `.*` cannot stand inside another `.*`"},
      {"bad: end without beginning", R"("%{ endif }")", "problem: this template directive has no beginning"},
      {"bad: beginning without end", R"("%{ if a }")", "problem: this template directive has no end"},
      {"bad: here document without end", "<<EOT\nabc\n", "problem: the here document has no end"},
      {"bad: shell syntax in a template", R"("${HOME:-x}")", "problem: a template sequence must end with `}`, not `:`"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(printed(row.text) == row.tree);
    }
}

TEST_CASE("hcl: a problem costs its own statement and no other", "[ingest][hcl]") {
  struct Row {
    const char* title;
    std::string text;
    const char* rest;  // what is left, printed on one line
    std::size_t problems;
  };
  const Row rows[] = {
      {"a bad value", "a = ]\nb = 2\n", "b = 2 ", 1},
      {"a bad item deep inside", "a = {\n x = ]\n y = 2\n}\nb = 2\n", "b = 2 ", 1},
      {"an open string", "a = \"x\nb = 2\n", "b = 2 ", 1},
      {"an open bracket in a block ends with the block", "r \"x\" {\n a = [1, 2\n}\nb = 2\n", "b = 2 r \"x\" { } ", 1},
      {"an open bracket ends at the next block of the file", "r \"x\" {\n a = foo(1\n\nr \"y\" {\n b = 2\n}\n",
       "r \"x\" { } r \"y\" {   b = 2 } ", 1},
      {"a block without its brace leaves the next one alone", "r \"x\" {\n a = 1\n\nr \"y\" {\n b = 2\n}\n",
       "r \"x\" {   a = 1 } r \"y\" {   b = 2 } ", 1},
      {"a brace too many", "}\nb = 2\n", "b = 2 ", 1},
      {"the second value of one name", "a = 1\na = 2\nb = 2\n", "a = 1 b = 2 ", 1},
      {"a block on one line with two arguments", "x { a = 1, b = 2 }\nb = 2\n", "b = 2 x {   a = 1 } ", 1},
      {"words that are nothing", "hello\nb = 2\n", "b = 2 ", 1},
      {"shell syntax in a here document", "a = <<EOT\n${X:-1}\n} ]\nEOT\nb = 2\n", "b = 2 ", 1},
      {"nesting beyond the limit", "a = " + std::string(10000, '[') + std::string(10000, ']') + "\nb = 2\n", "b = 2 ", 1},
      {"minus signs beyond the limit", "a = " + std::string(10000, '-') + "1\nb = 2\n", "b = 2 ", 1},
      {"invalid UTF-8", "a = \"\xff\"\nb = 2\n", "a = \"\xff\" b = 2 ", 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Parsed got = parsed(row.text);
      std::string rest = print(got.body);
      for (char& c : rest) c = c == '\n' ? ' ' : c;
      CHECK(rest == row.rest);
      CHECK(got.problems.size() == row.problems);
      for (const Diagnostic& problem : got.problems) CHECK(problem.where.line >= 1);
    }
}

TEST_CASE("hcl: blocks nested beyond the limit are skipped, and the file goes on", "[ingest][hcl]") {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "b {\n";
  for (int i = 0; i < 10000; ++i) text += "}\n";
  const Parsed got = parsed(text + "a = 1\n");
  CHECK(got.problems.size() == 1);
  CHECK(got.body.attribute("a") != nullptr);
}

TEST_CASE("hcl: nodes know their bytes", "[ingest][hcl]") {
  const std::string text = "resource \"t\" \"n\" {\n  name = \"${var.a}.x\"\n}\n";
  const Parsed got = parsed(text);
  REQUIRE(got.body.blocks.size() == 1);
  const Block& block = got.body.blocks[0];
  const auto bytes = [&](Location where) { return text.substr(where.begin, where.end - where.begin); };
  CHECK(bytes(block.labels[1].where) == "\"n\"");
  const Attribute* name = block.body.attribute("name");
  REQUIRE(name != nullptr);
  CHECK(bytes(name->where) == "name = \"${var.a}.x\"");
  CHECK(bytes(name->value.children[0].children[0].where) == "var.a");
  CHECK(bytes(name->value.children[1].where) == ".x");
}

}  // namespace mainstay::hcl
