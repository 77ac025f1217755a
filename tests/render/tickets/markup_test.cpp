#include <catch2/catch.hpp>

#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

const std::vector<TicketBlock> kBlocks = {{BlockKind::text, {"one *resolver* for all"}},
                                          {BlockKind::heading, {"Why"}},
                                          {BlockKind::items, {"app-1.corp.example", "@all"}},
                                          {BlockKind::code, {"etc/resolv.conf:1  nameserver 10.0.0.1", "a</pre>b"}}};

}  // namespace

TEST_CASE("texts of tickets: the same blocks in every markup", "[render][tickets]") {
  CHECK(as_markdown({kBlocks, "mark", 10'000}) ==
        "one \\*resolver\\* for all\n\n### Why\n\n- app-1.corp.example\n- <span>@</span>all\n\n- `etc/resolv.conf:1  nameserver 10.0.0.1`\n"
        "- `a</pre>b`\n\n<!-- mark -->\n");
  CHECK(as_textile({kBlocks, "mark", 10'000}) ==
        "one &#42;resolver&#42; for all\n\nh3. Why\n\n* app-1.corp.example\n* &#64;all\n\n<pre>\netc/resolv.conf:1  nameserver 10.0.0.1\n"
        "a&lt;/pre>b\n</pre>\n\n<!-- mark -->\n");
  CHECK(as_jira_wiki({kBlocks, "mark", 10'000}) ==
        "one &#42;resolver&#42; for all\n\nh3. Why\n\n* app&#45;1.corp.example\n* &#64;all\n\n"
        "* {{etc&#47;resolv.conf&#58;1  nameserver 10.0.0.1}}\n* {{a&#60;&#47;pre&#62;b}}\n\nmark\n");
  CHECK(
      as_plain({kBlocks, "mark", 10'000}) ==
      "one *resolver* for all\n\nWhy:\n- app-1.corp.example\n- @all\n\n    etc/resolv.conf:1  nameserver 10.0.0.1\n    a</pre>b\n\nmark\n");
  CHECK(text_of_document(as_document({kBlocks, "mark", 10'000})) ==
        "one *resolver* for all\nWhy\napp-1.corp.example\n@all\netc/resolv.conf:1  nameserver 10.0.0.1\na</pre>b\nmark\n");
}

TEST_CASE("texts of tickets: what does not fit is counted", "[render][tickets]") {
  const std::vector<TicketBlock> many = {{BlockKind::text, {"first"}}, {BlockKind::items, std::vector<std::string>(1000, "workload")}};
  for (const auto markup : {as_markdown, as_textile, as_jira_wiki, as_plain, as_document}) {
    const std::string text = markup({many, "mark", 2000});
    CHECK(text.find("first") != std::string::npos);
    CHECK(text.find("more lines did not fit here") != std::string::npos);
    CHECK(text.find("mark") != std::string::npos);
  }
  CHECK(as_markdown({many, "mark", 2000}).size() <= 2000);
}

TEST_CASE("titles of tickets: one line, cut between characters", "[render][tickets]") {
  CHECK(cut_title("short", 10) == "short");
  CHECK(cut_title("a\nb", 10) == "a\\nb");
  CHECK(cut_title("0123456789ab", 10) == "0123456...");
  CHECK(cut_title("ääääääääääää", 10) == "äääääää...");
}

TEST_CASE("markers: found on a line of their own, and nowhere else", "[render][tickets]") {
  struct Row {
    const char* title;
    const char* text;
    const char* id;  // empty: none
  };
  const Row rows[] = {
      {"good: bare", "a\nmainstay:00000000000000aa:000000000001", "00000000000000aa"},
      {"good: as a comment", "a\n<!-- mainstay:00000000000000aa:000000000001 -->\n", "00000000000000aa"},
      {"good: with the line ends of the web", "a\r\n<!-- mainstay:00000000000000aa:000000000001 -->\r\n", "00000000000000aa"},
      {"good: the last one counts", "mainstay:00000000000000bb:000000000001\nmainstay:00000000000000aa:000000000001", "00000000000000aa"},
      {"bad: inside of a line", "- `mainstay:00000000000000aa:000000000001`", ""},
      {"bad: something behind it", "mainstay:00000000000000aa:000000000001 x", ""},
      {"bad: no hexadecimal digits", "mainstay:00000000000000xx:000000000001", ""},
      {"bad: too short", "mainstay:aa:01", ""},
      {"bad: half a comment", "<!-->", ""},
      {"bad: nothing", "", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const std::optional<TicketMarker> marker = marker_in(row.text);
      CHECK((marker ? marker->id : "") == row.id);
    }
}

}  // namespace mainstay
