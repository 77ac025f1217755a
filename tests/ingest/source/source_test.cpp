#include "ingest/source/source.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

/// The octet of the quoted line below which a caret stands, and what follows it; empty without a caret.
std::string marked(const Diagnostic& problem) { return problem.caret == 0 ? std::string() : problem.where.text.substr(problem.caret - 1); }

}  // namespace

TEST_CASE("source: a caret stands below the octet that is meant", "[ingest][source]") {
  struct Row {
    const char* title;
    std::string bytes;
    std::string_view meant;  // the problem is where this begins in the bytes
    std::string marked;      // what the quoted line shows from the caret on
  };
  std::string many;
  while (many.size() < 5000) many += "a b ";
  const Row rows[] = {
      {"good: the first line", "nameserver x\n", "x", "x"},
      {"good: a later line", "one\ntwo three\n", "three", "three"},
      {"good: white space in front is trimmed", "a:\n\t  key: value  \n", "value", "value"},
      {"good: behind characters of several octets", "k: \u00e9\u00e9 x\n", "x", "x"},
      {"good: the line is cut on both sides", many + "here " + std::string(150, 'b') + "\n", "here", "here " + std::string(95, 'b')},
      {"good: in front of a secret", "user bob password=hunter2\n", "bob", "bob password=***"},
      {"good: behind a secret", R"({"password": "hunter2", "port": x})", "x", "x}"},
      {"bad: inside of a secret", "password=hunter2\n", "hunter2", ""},
      {"bad: between two secrets", R"({"password": "abc", "port": x, "secret": "abcdefg"})", "x", ""},
      {"bad: the end of a line", "key:\nnext\n", "\n", ""},
      {"bad: white space that is trimmed", "  key\n", "  key", ""},
      {"bad: an empty line", "\n", "\n", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Source source("x", row.bytes);
      const auto begin = static_cast<std::uint32_t>(row.bytes.find(row.meant));
      Diagnostics problems;
      problems.error(source, {.begin = begin, .end = begin + 1}, "wrong");
      problems.warning(source, {.begin = begin, .end = begin + 1}, "odd");
      problems.note(source, {.begin = begin, .end = begin + 1}, "good to know");
      REQUIRE(problems.all().size() == 3);
      for (const Diagnostic& problem : problems.all()) CHECK(marked(problem) == row.marked);
      CHECK(problems.all()[0].where == source.place(begin, begin + 1));
    }
}

TEST_CASE("source: problems past the limit are counted", "[ingest][source]") {
  const Source source("x", "text");
  Diagnostics problems;
  for (std::size_t at = 0; at < Diagnostics::kMaxProblems + 5; ++at) problems.error(source, {}, "wrong");
  problems.add({.severity = DiagnosticSeverity::note});
  CHECK(problems.all().size() == Diagnostics::kMaxProblems);
  CHECK(problems.dropped() == 6);
  CHECK(problems.has_errors());
}

}  // namespace mainstay
