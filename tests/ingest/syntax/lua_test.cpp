#include "ingest/syntax/lua.h"

#include <catch2/catch.hpp>
#include <string>

namespace mainstay {

TEST_CASE("lua: a block ends at its own brace", "[ingest][lua]") {
  struct Row {
    const char* what;
    std::string inside;
  };
  const Row rows[] = {{"nothing", ""},
                      {"a table", " t = {a = {1}} "},
                      {"braces in strings", " s = \"}\" .. '}' .. \"\\\"}\" "},
                      {"a comment of one line", " -- it's } here\n"},
                      {"a long comment", " --[[ } ' \n } ]] "},
                      {"a long string", " s = [==[ ]] } ]==] "},
                      {"an index is no long string", " t[1] = t[t[2]] "}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.what) { CHECK(end_of_lua_block(row.inside + "} rest }", 0) == row.inside.size()); }
  }
  for (const char* open : {"", "{", "'", "[[", "--", "--[[ }", "\"\\"}) {
    DYNAMIC_SECTION("not closed: " << open) { CHECK(end_of_lua_block(open, 0) == std::string::npos); }
  }
}

}  // namespace mainstay
