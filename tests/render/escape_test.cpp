#include "render/escape.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("escape: text for a terminal, for XML and for DOT", "[render][escape]") {
  struct Row {
    const char* title;
    std::string text, terminal, ascii, xml, dot;
  };
  const std::string bad = "\xef\xbf\xbd";
  const Row rows[] = {
      {"good: plain text", "a-b.example", "a-b.example", "a-b.example", "a-b.example", "\"a-b.example\""},
      {"good: accents and wide characters", "é日", "é日", "\\u{e9}\\u{65e5}", "é日", "\"é日\""},
      {"good: our own marks have a plain form", "a → b…", "a → b…", "a -> b...", "a → b…", "\"a → b…\""},
      {"bad: escape sequence", "\x1b[2J", "\\x1b[2J", "\\x1b[2J", bad + "[2J", "\"" + bad + "[2J\""},
      {"bad: C1 control",
       "\xc2\x9b"
       "2J",
       "\\u{9b}2J", "\\u{9b}2J", bad + "2J", "\"" + bad + "2J\""},
      {"bad: line feed", "a\nb", "a\\nb", "a\\nb", "a\nb", "\"a\\nb\""},
      {"bad: tab", "a\tb", "a b", "a b", "a\tb", "\"a" + bad + "b\""},
      {"bad: octet that is no UTF-8", "a\xff", "a\\xff", "a\\xff", "a" + bad, "\"a" + bad + "\""},
      {"bad: cut-off sequence", "\xe2\x82", "\\xe2\\x82", "\\xe2\\x82", bad + bad, "\"" + bad + bad + "\""},
      {"bad: overlong slash", "\xc0\xaf", "\\xc0\\xaf", "\\xc0\\xaf", bad + bad, "\"" + bad + bad + "\""},
      {"bad: surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80", "\\xed\\xa0\\x80", bad + bad + bad, "\"" + bad + bad + bad + "\""},
      {"bad: right-to-left override",
       "\xe2\x80\xae"
       "a",
       "\\u{202e}a", "\\u{202e}a", "\\u{202e}a", "\"\\\\u{202e}a\""},
      {"bad: zero-width space", "a\xe2\x80\x8b", "a\\u{200b}", "a\\u{200b}", "a\\u{200b}", "\"a\\\\u{200b}\""},
      {"bad: markup", "</text><script>", "</text><script>", "</text><script>", "&lt;/text&gt;&lt;script&gt;", "\"</text><script>\""},
      {"bad: quotes and ampersand", "\"'&", "\"'&", "\"'&", "&quot;&#39;&amp;", "\"\\\"'&\""},
      {"bad: DOT escapes", "\\N\\G\\l", "\\N\\G\\l", "\\N\\G\\l", "\\N\\G\\l", "\"\\\\N\\\\G\\\\l\""},
      {"bad: noncharacter", "\xef\xbf\xbf", "\xef\xbf\xbf", "\\u{ffff}", bad, "\"\xef\xbf\xbf\""},
      {"empty", "", "", "", "", "\"\""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(for_terminal(row.text) == row.terminal);
      CHECK(for_terminal(row.text, Charset::ascii) == row.ascii);
      CHECK(for_xml(row.text) == row.xml);
      CHECK(for_dot(row.text) == row.dot);
    }
}

TEST_CASE("escape: a JSON document keeps its value and loses what a terminal would obey", "[render][escape]") {
  CHECK(for_json_document("{\n  \"a\": \"\xc2\x9b\x7f\xe2\x80\xae é\"\n}") == "{\n  \"a\": \"\\u009b\\u007f\\u202e é\"\n}");
  CHECK(for_json_document("\"\xf3\xa0\x81\x81\"") == "\"\\udb40\\udc41\"");
}

}  // namespace mainstay
