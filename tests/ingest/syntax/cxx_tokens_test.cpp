#include "ingest/syntax/cxx_tokens.h"

#include <catch2/catch.hpp>

#include "ingest/syntax/cxx_literal.h"

namespace mainstay {

TEST_CASE("C++ tokens: what a text is cut into", "[ingest][code]") {
  struct Row {
    const char* title;
    std::string text;
    std::string tokens;  // parted by blanks; '^' in front of the first one of a line
  };
  const Row kRows[] = {
      {"empty", "", ""},
      {"words and marks", "a::b->c(1)", "^a :: b -> c ( 1 )"},
      {"a line comment", "a // b \\\n c\nd", "^a ^d"},
      {"a block comment is as good as a blank", "a /* x\n y */ b", "^a b"},
      {"a line that goes on", "#define A \\\n  1\nb", "^# define A 1 ^b"},
      {"a string with a comment in it", "\"/* a */\"", "^\"/*"},
      {"code that is left out", "#if 0\nf(\"x\");\n#endif\n", "^# if 0 ^f ( \"x\" ) ; ^# endif"},
      {"what would end our raw string", "a)\" b", "^a ) \" b"},
      {"a raw string that does not end", "R\"x(abc", "^R\"x(abc"},
      {"octets that are no text", std::string("a\0\xff b", 5), "^a \xff b"},
      {"a file that is not there is not asked for", "#include \"/nowhere/x.h\"\na", "^# include \"/nowhere/x.h\" ^a"},
  };
  for (const Row& row : kRows) DYNAMIC_SECTION(row.title) {
      const Result<std::vector<CxxToken>> tokens = cxx_tokens(row.text, SourceId{});
      REQUIRE(tokens);
      std::string shown;
      for (const CxxToken& token : *tokens) {
        CHECK(token.text == std::string_view(row.text).substr(token.where.begin, token.where.end - token.where.begin));
        shown += (shown.empty() ? "" : " ") + std::string(token.starts_line ? "^" : "") + std::string(token.text);
      }
      CHECK(shown.substr(0, row.tokens.size()) == row.tokens);
    }
}

TEST_CASE("C++ literals: what they mean", "[ingest][code]") {
  struct Row {
    const char* written;
    std::string meant;
  };
  const Row kRows[] = {{R"("a.b")", "a.b"},
                       {R"(L"a")", "a"},
                       {R"(u8"a"_s)", "a"},
                       {R"("a\"b\\")", "a\"b\\"},
                       {R"("\x2e\056\t")", "..\t"},
                       {R"("\u00e9\U0001F600")", "\u00e9\U0001F600"},
                       {"\"a\\\nb\"", "ab"},
                       {"R\"(a\\n\"b)\"", "a\\n\"b"},
                       {"LR\"x(a)\")x\"", "a)\""},
                       {"\"no end", "no end"},
                       {"R\"", ""},
                       {"\"\\", ""}};
  for (const Row& row : kRows) DYNAMIC_SECTION(row.written) {
      CHECK(cxx_string(row.written) == row.meant);
    }
}

}  // namespace mainstay
