#include <catch2/catch.hpp>

#include "render/escape.h"

namespace mainstay {

TEST_CASE("escape: text for each language that outputs are written in", "[render][escape]") {
  struct Row {
    const char* title;
    std::string (*escape)(std::string_view);
    const char* text;
    const char* expected;
  };
  const Row rows[] = {
      {"csv: plain", for_csv, "a b", "\"a b\""},
      {"csv: quotes are doubled", for_csv, "say \"a\", b", "\"say \"\"a\"\", b\""},
      {"csv: bad: a formula", for_csv, "=1+1", "\"'=1+1\""},
      {"csv: bad: a formula behind spaces", for_csv, "  @SUM(A1)", "\"'  @SUM(A1)\""},
      {"csv: bad: a formula behind a tab", for_csv, "\t=1", "\"' =1\""},
      {"csv: bad: a minus sign", for_csv, "-2", "\"'-2\""},
      {"csv: bad: a wide sign", for_csv, "＝1", "\"'＝1\""},
      {"csv: a sign inside is text", for_csv, "a=b", "\"a=b\""},
      {"csv: one line", for_csv, "a\r\nb", "\"a\\x0d\\nb\""},
      {"markdown: plain", for_markdown, "the zone corp.example. has 10.0.0.1:53", "the zone corp.example. has 10.0.0.1:53"},
      {"markdown: emphasis and code", for_markdown, "*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"},
      {"markdown: bad: HTML", for_markdown, "<b onclick=x>&amp;", "&lt;b onclick=x&gt;&amp;amp;"},
      {"markdown: bad: a link", for_markdown, "[a](x)", "\\[a\\](x)"},
      {"markdown: bad: a bare link", for_markdown, "https://x.example", "https<span>:</span>//x.example"},
      {"markdown: bad: a bare host", for_markdown, "see www.x.example", "see www\\.x.example"},
      {"markdown: bad: a mention", for_markdown, "@org/team", "<span>@</span>org/team"},
      {"markdown: bad: a reference", for_markdown, "#1 !2 $x$", "<span>#</span>1 <span>!</span>2 <span>$</span>x<span>$</span>"},
      {"markdown: bad: struck out", for_markdown, "~~a", "<span>\\~</span><span>\\~</span>a"},
      {"markdown: bad: an emoji", for_markdown, ":tada:", "<span>:</span>tada:"},
      {"markdown: bad: a cell", for_markdown, "a|b", "a\\|b"},
      {"markdown: bad: a line of its own", for_markdown, "a\n# b", "a\\\\n<span>#</span> b"},
      {"markdown: bad: an item of a list", for_markdown, "- a-b", "\\- a-b"},
      {"markdown: bad: a numbered item", for_markdown, " 12. a", "12\\. a"},
      {"markdown: an address is no item", for_markdown, "10.0.0.1 is", "10.0.0.1 is"},
      {"code span: plain", code_span, "a:1  b", "`a:1  b`"},
      {"code span: backticks inside", code_span, "a ``b``", "``` a ``b`` ```"},
      {"code span: a cell", code_span, "a|b", "`a\\|b`"},
      {"code span: nothing", code_span, "", ""},
      {"workflow message: percent signs", for_workflow_message, "50% %0A", "50%25 %250A"},
      {"workflow message: bad: a second command", for_workflow_message, "a\n::error::b", "a\\n::error::b"},
      {"workflow property: separators", for_workflow_property, "a:b,c", "a%3Ab%2Cc"},
      {"sarif: bad: an embedded link", for_sarif, "[a](1)", "\\[a\\](1)"},
      {"mermaid: plain", for_mermaid, "resolver-a.example (10.0.0.1:53)", "\"resolver-a.example (10.0.0.1:53)\""},
      {"mermaid: lines", for_mermaid, "a\nb", "\"a<br/>b\""},
      {"mermaid: nothing", for_mermaid, "", "\" \""},
      {"mermaid: bad: the end of the label", for_mermaid, "a\"] --> b", "\"a#34;#93; #45;#45;#62; b\""},
      {"mermaid: bad: HTML", for_mermaid, "<b>&", "\"#60;b#62;#38;\""},
      {"mermaid: bad: an entity", for_mermaid, "#quot;", "\"#35;quot#59;\""},
      {"mermaid: bad: a list", for_mermaid, "1. a\n- b", "\"1#46; a<br/>#45; b\""},
      {"uri: unreserved characters stay", for_uri, "a-b_c.d~e/f", "a-b_c.d~e/f"},
      {"uri: all else is encoded", for_uri, "a b#?%é", "a%20b%23%3F%25%C3%A9"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(row.escape(row.text) == row.expected);
    }
}

}  // namespace mainstay
