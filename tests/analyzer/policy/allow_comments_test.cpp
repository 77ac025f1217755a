#include "analyzer/policy/allow_comments.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

struct Read {
  std::vector<Allowance> all;
  std::vector<Diagnostic> problems;
};

Read read(std::string text) {
  Diagnostics problems;
  Read out;
  out.all = read_allow_comments(Source("a.conf", std::move(text)), problems);
  out.problems = problems.all();
  return out;
}

}  // namespace

TEST_CASE("comments that allow: every notation, and the line that is covered", "[analyzer][policy][comments]") {
  struct Row {
    const char* title;
    const char* text;
    std::uint32_t line;  // 0: no allowance
    const char* reason;
  };
  const Row rows[] = {
      {"hash, behind a setting", "a\nnameserver 10.0.0.1 # mainstay: allow spof-resolver -- lab\n", 2, "lab"},
      {"hash, alone: the next line", "# mainstay: allow spof-resolver -- lab\nnameserver 10.0.0.1\n", 2, "lab"},
      {"alone: blank lines and comments are passed over", "# mainstay: allow spof-resolver -- lab\n\n# more\nnameserver 10.0.0.1\n", 4,
       "lab"},
      {"indented", "a:\n    # mainstay: allow spof-resolver -- lab\n    b: c\n", 3, "lab"},
      {"doubled marks", "### mainstay: allow spof-resolver -- lab\nb\n", 2, "lab"},
      {"semicolon, as in zones", "ns1 A 192.0.2.1 ; mainstay: allow spof-resolver -- lab\n", 1, "lab"},
      {"slashes", "x { // mainstay: allow spof-resolver -- lab\n", 1, "lab"},
      {"dashes, as in Lua", "-- mainstay: allow spof-resolver -- lab\nb = 1\n", 2, "lab"},
      {"exclamation mark, as in properties", "! mainstay: allow spof-resolver -- lab\nb = 1\n", 2, "lab"},
      {"per cent", "% mainstay: allow spof-resolver -- lab\nb\n", 2, "lab"},
      {"C comment", "/* mainstay: allow spof-resolver -- lab */\nb\n", 2, "lab"},
      {"C comment before its statement", "/* mainstay: allow spof-resolver -- lab */ b;\nc;\n", 1, "lab"},
      {"C comment of several lines", "/* mainstay: allow spof-resolver -- lab\n   for a while\n*/\nb\n", 4, "lab"},
      {"a C comment that ends before a statement", "/* mainstay: allow spof-resolver -- lab\n   for a while */ b\nc\n", 2, "lab"},
      {"template comment", "{# mainstay: allow spof-resolver -- lab #}\nb\n", 2, "lab"},
      {"XML comment", "<!-- mainstay: allow spof-resolver — lab -->\n<b/>\n", 2, "lab"},
      {"carriage returns", "# mainstay: allow spof-resolver -- lab\r\nb\r\n", 2, "lab"},
      {"no blank behind the mark", "#mainstay:allow spof-resolver -- lab\nb\n", 2, "lab"},
      {"a day", "# mainstay: allow spof-resolver until 2027-01-31 -- lab\nb\n", 2, "lab"},
      {"a reason with dashes in it", "# mainstay: allow spof-resolver -- lab -- really\nb\n", 2, "lab -- really"},
      {"the last line covers nothing", "a\n# mainstay: allow spof-resolver -- lab", 0, "lab"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Read got = read(row.text);
      CHECK(got.problems.empty());
      REQUIRE(got.all.size() == 1);
      CHECK(got.all[0].rule == "spof-resolver");
      CHECK(got.all[0].line == row.line);
      CHECK(got.all[0].suppression.reason == row.reason);
    }
}

TEST_CASE("comments that allow: what is wrong covers nothing", "[analyzer][policy][comments]") {
  struct Row {
    const char* title;
    const char* text;
    const char* message;  // empty: silence
    const char* hint;
    std::uint32_t column;
  };
  const Row rows[] = {
      {"bad: no reason", "b # mainstay: allow spof-resolver\n", "gives no reason", "-- why", 21},
      {"bad: an empty reason", "b # mainstay: allow spof-resolver -- \n", "gives no reason", "-- why", 21},
      {"bad: no rule", "b # mainstay: allow -- lab\n", "names no rule", "", 15},
      {"bad: no such rule", "b # mainstay: allow spof-resolvr -- lab\n", "no rule is called 'spof-resolvr'", "'spof-resolver'", 21},
      {"bad: no such day", "b # mainstay: allow spof-resolver until 2027-02-30 -- lab\n", "is no day", "", 41},
      {"bad: no day", "b # mainstay: allow spof-resolver until -- lab\n", "is no day", "", 41},
      {"bad: a word that is nearly right", "b # mainstay: alow spof-resolver -- lab\n", "nothing that mainstay knows", "'allow'", 15},
      {"good: other words", "# mainstay: see the handbook\nb\n", "", "", 0},
      {"good: not in a comment", "text: mainstay: allow spof-resolver -- lab\n", "", "", 0},
      {"good: a label", "mainstay.io/purpose: break-glass\n", "", "", 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Read got = read(row.text);
      CHECK(got.all.empty());
      const bool silent = *row.message == '\0';
      REQUIRE(got.problems.size() == (silent ? 0 : 1));
      if (silent) return;
      CHECK_THAT(got.problems[0].message, Catch::Contains(row.message));
      CHECK_THAT(got.problems[0].hint, Catch::Contains(row.hint));
      CHECK(got.problems[0].severity == DiagnosticSeverity::warning);
      CHECK(got.problems[0].where.column == row.column);
    }
}

TEST_CASE("comments that allow: several rules, several comments", "[analyzer][policy][comments]") {
  const Read two = read("b # mainstay: allow spof-resolver, spof-upstream until 2027-01-31 -- lab\n");
  REQUIRE(two.all.size() == 2);
  CHECK(two.all[1].rule == "spof-upstream");
  CHECK(two.all[1].suppression.until == "2027-01-31");
  const Read stacked = read("# mainstay: allow spof-resolver -- a\n# mainstay: allow spof-upstream -- b\nc\n");
  REQUIRE(stacked.all.size() == 2);
  CHECK((stacked.all[0].line == 3 && stacked.all[1].line == 3));
}

TEST_CASE("comments that allow: a whole file", "[analyzer][policy][comments]") {
  const Read file = read("a\nb # mainstay: allow-file spof-resolver, spof-upstream -- lab\nc\n");
  REQUIRE(file.all.size() == 2);
  CHECK((file.all[0].covers_file && file.all[1].covers_file));
  const Read mixed =
      read("# mainstay: allow spof-idp -- a\n# mainstay: allow-file spof-resolver -- b\n# mainstay: allow spof-upstream -- c\nd\n");
  REQUIRE(mixed.all.size() == 3);
  CHECK((mixed.all[0].line == 4 && !mixed.all[0].covers_file));
  CHECK(mixed.all[1].covers_file);
  CHECK((mixed.all[2].line == 4 && !mixed.all[2].covers_file));
  CHECK(read("# mainstay: allow-flie spof-resolver -- lab\nb\n").problems.at(0).hint == "did you mean 'allow-file'?");
  CHECK(read("# mainstay: allow-file spof-resolver\nb\n").all.empty());
}

TEST_CASE("comments that allow: hostile files", "[analyzer][policy][comments]") {
  SECTION("thousands of comments above each other") {
    std::string text;
    for (int count = 0; count < 20000; ++count) text += "# mainstay: allow spof-resolver -- x\n";
    const Read got = read(text + "b\n");
    CHECK(got.all.size() == 10000);
    CHECK(got.problems.size() == 1);
    CHECK(got.all.back().line == 20001);
  }
  SECTION("thousands on one line count once") {
    std::string text;
    for (int count = 0; count < 20000; ++count) text += "b # mainstay: allow spof-resolver -- x ";
    CHECK(read(text).all.size() == 1);
  }
  SECTION("thousands that are wrong do not flood") {
    std::string text;
    for (int count = 0; count < 5000; ++count) text += "# mainstay: allow nothing -- x\n";
    CHECK(read(text).problems.size() <= Diagnostics::kMaxProblems);
  }
  SECTION("octets of all kinds") {
    std::string text;
    for (int octet = 0; octet < 256; ++octet)
      text += static_cast<char>(octet) + std::string("# mainstay: allow spof-resolver until \xff\0-- x", 44);
    CHECK(read(text).all.empty());
  }
}

}  // namespace mainstay
