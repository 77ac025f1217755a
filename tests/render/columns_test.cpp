#include "render/columns.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("columns: width and cutting count what a terminal shows", "[render][columns]") {
  struct Row {
    const char* title;
    std::string text;
    std::size_t width;
    std::string cut_to_4;
  };
  const Row rows[] = {
      {"ASCII", "abcdef", 6, "abc…"},
      {"fits", "abcd", 4, "abcd"},
      {"wide characters take two columns", "日本語", 6, "日…"},
      {"a combining mark takes none and stays with its letter", "abce\xcc\x81", 4, "abce\xcc\x81"},
      {"a combining mark is not left behind",
       "abe\xcc\x81"
       "de",
       5, "abe\xcc\x81…"},
      {"empty", "", 0, ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(display_width(row.text) == row.width);
      CHECK(cut_to(row.text, 4, "…") == row.cut_to_4);
    }
  CHECK(cut_to("abcdef", 2, "...") == "ab");
  CHECK(cut_to("abcdef", 0, "…").empty());
}

TEST_CASE("columns: aligned text", "[render][columns]") {
  CHECK(left_aligned("日", 4) == "日  ");
  CHECK(right_aligned("日", 4) == "  日");
  CHECK(left_aligned("abcdef", 4) == "abcdef");
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1234567) == "1,234,567");
}

TEST_CASE("columns: sentences break at spaces, long words anywhere", "[render][columns]") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("one two three", 8) == Lines{"one two", "three"});
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("abcdefgh", 3) == Lines{"abc", "def", "gh"});
  CHECK(wrapped("日本語", 3) == Lines{"日", "本", "語"});
  CHECK(wrapped("日", 1) == Lines{"日"});
  CHECK(wrapped("", 5) == Lines{""});
  CHECK(wrapped("a   ", 1) == Lines{"a"});
}

}  // namespace mainstay
