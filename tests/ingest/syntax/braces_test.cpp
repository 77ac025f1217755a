#include "ingest/syntax/braces.h"

#include <string>

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

std::string printed(const std::vector<BraceStatement>& statements) {
  std::string out;
  for (const BraceStatement& one : statements) {
    std::string line;
    for (const BraceWord& word : one.words) line += (line.empty() ? "" : " ") + (word.is_quoted ? "'" + word.text + "'" : word.text);
    if (one.has_block) line += (line.empty() ? "{" : " {") + printed(one.block) + "}";
    out += line + ";";
  }
  return out;
}

struct Read {
  Source source;
  Diagnostics problems;
  std::vector<BraceStatement> statements;

  Read(std::string text, BraceDialect dialect)
      : source("Corefile", std::move(text)),
        statements(read_braces({.text = source.bytes(), .map = TextMap(SourceId{}), .source = source, .dialect = dialect}, problems)) {}
  std::string messages() const {
    std::string out;
    for (const Diagnostic& one : problems.all())
      out += std::to_string(one.where.line) + ":" + std::to_string(one.where.column) + " " + one.message + "\n";
    return out;
  }
};

}  // namespace

TEST_CASE("braces: statements, blocks and words", "[ingest][braces]") {
  struct Row {
    const char* title;
    BraceDialect dialect;
    std::string text;
    std::string statements;
    std::string messages;
  };
  constexpr BraceDialect kCorefile = BraceDialect::corefile, kNginx = BraceDialect::nginx;
  const Row rows[] = {
      {"a server block", kCorefile, ".:53 {\n  forward . 10.9.1.53 10.9.2.53\n  log\n}\n", ".:53 {forward . 10.9.1.53 10.9.2.53;log;};",
       ""},
      {"a directive with a block", kCorefile, "a {\n hosts {\n  10.0.0.1 x\n  fallthrough\n }\n}\n",
       "a {hosts {10.0.0.1 x;fallthrough;};};", ""},
      {"comments begin a word", kCorefile, "a { # why\n b c#d # e\n}\n", "a {b c#d;};", ""},
      {"zones over several lines", kCorefile, "a.example,\nb.example {\n log\n}\n", "a.example, b.example {log;};", ""},
      {"placeholders are parts of words", kCorefile, "{$ZONE}:53 {\n forward . {$UP}\n}\n", "{$ZONE}:53 {forward . {$UP};};", ""},
      {"quotes with escapes", kCorefile, "a {\n b \"c \\\" d\" e\n}\n", "a {b 'c \" d' e;};", ""},
      {"no braces at all", kCorefile, ".:53\nlog\n", ".:53;log;", ""},
      {"statements end with semicolons", kNginx, "a b\n c; d {\n e 'f g';}\n", "a b c;d {e 'f g';};", ""},
      {"variables in braces", kNginx, "set $a ${b}c;", "set $a ${b}c;", ""},
      {"bad: a brace never closed", kCorefile, "a {\n log\n", "a {log;};", "1:3 this brace is never closed\n"},
      {"bad: a brace too many; what follows is read", kCorefile, "a {\n log\n}\n}\nb {\n log\n}\n", "a {log;};b {log;};",
       "4:1 this closing brace has no opening one\n"},
      {"bad: a quote never closed; the next line is read", kCorefile, "a {\n b \"c\n d\n}\n", "a {b 'c';d;};",
       "2:4 a quote is not closed\n"},
      {"an empty text", kCorefile, "", "", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Read read(row.text, row.dialect);
      CHECK(printed(read.statements) == row.statements);
      CHECK(read.messages() == row.messages);
    }
  }
}

TEST_CASE("braces: 10,000 levels are reported once", "[ingest][braces]") {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "a {\n";
  const Read read(text + "b\n", BraceDialect::corefile);
  CHECK(read.statements.size() == 1);
  CHECK(read.messages().find("blocks are nested deeper than 100 levels") != std::string::npos);
  CHECK(read.problems.all().size() <= 102);
}

TEST_CASE("braces: words know their octets", "[ingest][braces]") {
  const Read read("a {\n  forward . 10.9.1.53\n}\n", BraceDialect::corefile);
  const BraceStatement& forward = read.statements.at(0).block.at(0);
  const Location where = forward.words.at(2).where;
  CHECK(read.source.bytes().substr(where.begin, where.end - where.begin) == "10.9.1.53");
  CHECK(read.source.bytes().substr(forward.where.begin, forward.where.end - forward.where.begin) == "forward . 10.9.1.53");
}

}  // namespace mainstay
