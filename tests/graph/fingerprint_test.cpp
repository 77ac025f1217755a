#include <catch2/catch.hpp>
#include <set>

#include "graph/findings/finding.h"

namespace mainstay {

TEST_CASE("fingerprint: the first digits of a SHA-256, the same for ever", "[graph][fingerprint]") {
  // printf '4:rule8:resolver9:10.9.1.53' | sha256sum
  CHECK(fingerprint("rule", {{"resolver", "10.9.1.53"}}) == "0965e9f8d6c05e30");
  // printf '4:rule' | sha256sum
  CHECK(fingerprint("rule", {}) == "b52b1906ddbcb486");
}

TEST_CASE("fingerprint: other words in other places give other ids", "[graph][fingerprint]") {
  const std::vector<std::pair<std::string, std::vector<Subject>>> all = {
      {"rule", {}},
      {"", {{"rule", ""}}},
      {"rule", {{"a", "b"}}},
      {"rule", {{"b", "a"}}},
      {"rule", {{"ab", ""}}},
      {"rule", {{"", "ab"}}},
      {"rulea", {{"", "b"}}},
      {"rule", {{"a", "b"}, {"c", "d"}}},
      {"rule", {{"a", "b1:c1:d"}}},
      {"rule", {{"a", "b"}, {"a", "b"}}},
      {"rule", {{"a", std::string("b\0", 2)}}},
  };
  std::set<std::string> ids;
  for (const auto& [rule, subjects] : all) {
    const std::string id = fingerprint(rule, subjects);
    CHECK(id.size() == 16);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    ids.insert(id);
  }
  CHECK(ids.size() == all.size());
}

TEST_CASE("fingerprint: the order of the subjects does not matter", "[graph][fingerprint]") {
  CHECK(fingerprint("rule", {{"a", "b"}, {"c", "d"}}) == fingerprint("rule", {{"c", "d"}, {"a", "b"}}));
}

}  // namespace mainstay
