#include "ingest/source/ignore_rules.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("ignore rules: what a pattern matches", "[ingest][ignore-rules]") {
  struct Row {
    const char* title;
    const char* rules;
    const char* path;
    bool is_folder;
    bool is_ignored;
  };
  const Row rows[] = {
      {"a name at any depth", "out", "a/b/out", false, true},
      {"a whole name, not a part of one", "out", "a/outer", false, false},
      {"upper case is another name", "out", "OUT", false, false},
      {"a leading slash anchors", "/out", "a/out", false, false},
      {"anchored and there", "/out", "out", false, true},
      {"a slash in the middle anchors too", "a/out", "b/a/out", false, false},
      {"a final slash means folders", "out/", "out", false, false},
      {"a folder", "out/", "a/out", true, true},
      {"a star stops at a slash", "a/*.c", "a/b/x.c", false, false},
      {"a star in a plain name crosses nothing", "*.c", "a/b/x.c", false, true},
      {"a question mark is one octet", "x?.c", "xy.c", false, true},
      {"a question mark is not a slash", "a?b", "a/b", false, false},
      {"two stars first", "**/out", "a/b/out", false, true},
      {"two stars first also mean here", "**/out", "out", false, true},
      {"two stars last", "a/**", "a/b/c", false, true},
      {"two stars last leave the folder itself", "a/**", "a", true, false},
      {"two stars in the middle", "a/**/b", "a/x/y/b", false, true},
      {"two stars in the middle may be nothing", "a/**/b", "a/b", false, true},
      {"two stars in the middle take whole folders", "a/**/b", "a/xb", false, false},
      {"two stars and two slashes last", "a**//", "a", true, true},
      {"two stars beside text are one star", "/x/a**b", "x/a/b", false, false},
      {"a set", "[ab].c", "b.c", false, true},
      {"a negated set", "[!ab].c", "b.c", false, false},
      {"a negated set in the way of regular expressions", "[^ab].c", "c.c", false, true},
      {"a range", "v[0-9]", "v7", false, true},
      {"a bracket first in a set", "[]a]", "]", false, true},
      {"a dash last in a set", "[a-]", "-", false, true},
      {"an escaped bracket in a set", "[\\]]", "]", false, true},
      {"a class", "[[:digit:]]", "7", false, true},
      {"a class of no such name matches nothing", "[[:number:]]", "7", false, false},
      {"a set takes no slash", "a[/]b", "a/b", false, false},
      {"a set that is cut off matches nothing", "[ab", "[ab", false, false},
      {"an escaped star", "\\*", "*", false, true},
      {"an escaped star is no star", "\\*", "x", false, false},
      {"an escape that is cut off matches nothing", "a\\", "a\\", false, false},
      {"a comment", "#a", "#a", false, false},
      {"an escaped hash", "\\#a", "#a", false, true},
      {"an escaped exclamation mark", "\\!a", "!a", false, true},
      {"blanks at the end are dropped", "a  ", "a", false, true},
      {"an escaped blank stays", "a\\ ", "a ", false, true},
      {"blanks behind an escaped one are dropped", "a\\   ", "a ", false, true},
      {"a tab at the end stays", "a\t", "a", false, false},
      {"blanks at the start stay", " a", "a", false, false},
      {"lines may end like on Windows", "a\r\nb\r\n", "a", false, true},
      {"a byte order mark is passed over",
       "\xef\xbb\xbf"
       "a",
       "a", false, true},
      {"a later rule takes back", "*.c\n!keep.c\n", "keep.c", false, false},
      {"the last rule wins", "!keep.c\n*.c\n", "keep.c", false, true},
      {"a slash alone matches nothing", "/", "a", true, false},
      {"an exclamation mark alone matches nothing", "!", "a", true, false},
      {"no rules", "", "a", false, false},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const IgnoreRules rules = IgnoreRules::parse(row.rules);
      const IgnoreRule* rule = rules.deciding(row.path, row.is_folder);
      CHECK((rule != nullptr && !rule->is_negated) == row.is_ignored);
    }
  }
}

TEST_CASE("ignore rules: the deciding rule knows its line", "[ingest][ignore-rules]") {
  const IgnoreRules rules = IgnoreRules::parse("# first\n\n*.log\r\n!keep.log\n");
  REQUIRE(rules.deciding("a/x.log", false) != nullptr);
  CHECK(rules.deciding("a/x.log", false)->line == 3);
  CHECK(rules.deciding("keep.log", false)->line == 4);
  CHECK(rules.deciding("x.txt", false) == nullptr);
}

TEST_CASE("ignore rules: a rule behind the limit is counted", "[ingest][ignore-rules]") {
  std::string text;
  for (std::size_t line = 0; line < IgnoreRules::kMaxRules + 3; ++line) text += "a\n";
  CHECK(IgnoreRules::parse(text).dropped() == 3);
}

TEST_CASE("ignore rules: many stars cost no more than the product of both lengths", "[ingest][ignore-rules]") {
  std::string stars;
  std::string crossing;
  for (int count = 0; count < 500; ++count) {
    stars += "*a";
    crossing += "**/a*/";
  }
  const std::string name(4000, 'a');
  std::string path;
  for (int count = 0; count < 2000; ++count) path += "a/";
  // Trying every choice would take longer than the age of the universe: that this ends is what is held here.
  CHECK_FALSE(Glob(stars + "b").matches(name));
  CHECK(Glob(stars).matches(name));
  CHECK_FALSE(Glob(crossing + "b").matches(path + "a"));
  CHECK(Glob(crossing + "a").matches(path + "a"));
}

}  // namespace mainstay
