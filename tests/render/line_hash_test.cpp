#include "render/line_hash.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

std::string ten_times(const std::string& text) {
  std::string out;
  for (int at = 0; at < 10; ++at) out += text;
  return out;
}

}  // namespace

TEST_CASE("line hash: the published vectors of GitHub's upload action", "[render][line-hash]") {
  const std::vector<std::string> greeting = {"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
                                             "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"};
  struct Row {
    const char* title;
    std::string bytes;
    std::vector<std::string> hashes;
  };
  const Row rows[] = {
      {"an empty file", "", {"c129715d7a2bc9a3:1"}},
      {"spaces do not count", " a\nb\n  \t\tc\n d", {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"}},
      {"empty lines",
       " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
       {"8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1", "c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1"}},
      {"line feeds", " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", greeting},
      {"carriage returns", " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", greeting},
      {"both", " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", greeting},
      {"all of them in one file", " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", greeting},
      {"equal lines are counted",
       ten_times("Lorem ipsum dolor sit amet.\n"),
       {"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6",
        "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(line_hashes(row.bytes) == row.hashes);
    }
}

TEST_CASE("line hash: what stands before a line does not change its hash", "[render][line-hash]") {
  const std::string tail = "nameserver 10.9.1.53\noptions timeout:1\n";
  const std::vector<std::string> alone = line_hashes(tail);
  const std::vector<std::string> behind = line_hashes("# a comment\n" + tail);
  REQUIRE(behind.size() == alone.size() + 1);
  CHECK(std::equal(alone.begin(), alone.end(), behind.begin() + 1));
}

TEST_CASE("utf16: characters outside the basic plane are two, broken octets are replaced", "[render][line-hash]") {
  struct Row {
    const char* title;
    std::string text;
    std::u16string units;
  };
  const Row rows[] = {{"plain", "ab", u"ab"},
                      {"two octets", "é", u"é"},
                      {"a pair", "😀", u"😀"},
                      {"a lone octet",
                       "a\xff"
                       "b",
                       u"a\xfffd"
                       u"b"},
                      {"a sequence that is cut off counts once", "\xe2\x82", u"\xfffd"},
                      {"a surrogate is three wrong octets", "\xed\xa0\x80", u"\xfffd\xfffd\xfffd"},
                      {"an overlong form", "\xc0\xaf", u"\xfffd\xfffd"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(utf16(row.text) == row.units);
    }
}

}  // namespace mainstay
