#include "ingest/syntax/toml.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("TOML: values and keys know where they stand", "[ingest][toml]") {
  const Source source("a.toml", "a = \"x\"\n[t.u]\nb = [1, 2]\nc = 2027-01-31\n[[l]]\nd = true\n[[l]]\n");
  Diagnostics problems;
  const TomlNode root = read_toml(source, SourceId{}, problems);
  CHECK(problems.all().empty());
  const auto text = [&](Location where) { return source.bytes().substr(where.begin, where.end - where.begin); };
  REQUIRE(root.children.size() == 3);
  CHECK(root.children[0].key == "a");
  CHECK(text(root.find("a")->where) == "\"x\"");
  const TomlNode& table = *root.find("t")->find("u");
  CHECK(text(table.find("b")->key_where) == "b");
  CHECK(text(table.find("b")->where) == "[1, 2]");
  CHECK(table.find("b")->children[1].text == "2");
  CHECK(table.find("c")->kind == TomlKind::date);
  CHECK(table.find("c")->text == "2027-01-31");
  CHECK(root.find("l")->children.size() == 2);
  CHECK(root.find("l")->children[0].find("d")->kind == TomlKind::boolean);
  CHECK(root.find("nothing") == nullptr);
}

TEST_CASE("TOML: many numbers in a list are not deep", "[ingest][toml]") {
  std::string text = "a = [";
  for (int count = 0; count < 1000; ++count) text += "1.5, ";
  Diagnostics problems;
  const TomlNode root = read_toml(Source("a.toml", text + "]\n"), SourceId{}, problems);
  CHECK(problems.all().empty());
  CHECK(root.find("a")->children.size() == 1000);
}

}  // namespace mainstay
