#include "ingest/syntax/properties.h"

#include <catch2/catch.hpp>
#include <string>

namespace mainstay {

TEST_CASE("properties: keys, values and what joins lines", "[ingest][properties]") {
  struct Row {
    const char* text;
    const char* expected;  // "key=value|" for each
  };
  const Row rows[] = {{"a=b", "a=b|"},
                      {"a.b-c : d e \n", "a.b-c=d e|"},
                      {"a b", "a=b|"},
                      {"a = = b", "a== b|"},
                      {"# no\n! no\n  a=1\n\nb=2\r\n", "a=1|b=2|"},
                      {"a=one,\\\n    two", "a=one,two|"},
                      {"a=one\\\r\n two", "a=onetwo|"},
                      {"a\\ b\\=c=d\\te", "a b=c=d\te|"},
                      {"alone", "alone=|"},
                      {"a=\\", "a=\\|"},
                      {"=x", "=x|"},
                      {"", ""}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION('"' << row.text << '"') {
      std::string got;
      for (const Property& one : read_properties(row.text, SourceId{})) got += one.key + "=" + one.value + "|";
      CHECK(got == row.expected);
    }
  }
}

TEST_CASE("properties: values know their octets", "[ingest][properties]") {
  const std::string text = "first = one\nsecond=\n";
  const std::vector<Property> all = read_properties(text, SourceId{});
  REQUIRE(all.size() == 2);
  CHECK(text.substr(all[0].where.begin, all[0].where.end - all[0].where.begin) == "one");
  CHECK(text.substr(all[1].where.begin, all[1].where.end - all[1].where.begin) == "second");
}

}  // namespace mainstay
