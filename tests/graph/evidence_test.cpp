#include "graph/values/evidence.h"

#include <catch2/catch.hpp>

#include "graph/values/ttl.h"

namespace mainstay {

TEST_CASE("evidence: the strongest reason counts", "[graph][evidence]") {
  const Evidence assumed = Evidence::assumed("a");
  const Evidence by_default = Evidence::by_default("b");
  const Evidence observed = Evidence::observed("dns.log", 3, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
  const Evidence declared = Evidence::declared({.file = "a.conf"});
  CHECK(strongest({}) == Confidence::assumed);
  CHECK(strongest({assumed}) == Confidence::assumed);
  CHECK(strongest({by_default, assumed}) == Confidence::product_default);
  CHECK(strongest({assumed, observed, by_default}) == Confidence::observed);
  CHECK(strongest({observed, declared, assumed}) == Confidence::declared);
}

TEST_CASE("evidence: each kind carries what it is made of", "[graph][evidence]") {
  const Evidence observed = Evidence::observed("dns.log", 3, "f", "l");
  CHECK(observed.place.file == "dns.log");
  CHECK(observed.queries == 3);
  CHECK(observed.first == "f");
  CHECK(observed.last == "l");
  CHECK(Evidence::declared({.file = "a.conf", .line = 7}).place.line == 7);
  CHECK(Evidence::by_default("resolv.conf(5)").note == "resolv.conf(5)");
  CHECK(word(Confidence::assumed) == "assumed");
  CHECK(word(Confidence::product_default) == "default");
  CHECK(word(Confidence::observed) == "observed");
  CHECK(word(Confidence::declared) == "declared");
}

TEST_CASE("TTL: seconds up to 2^31-1", "[graph][ttl]") {
  CHECK(Ttl().seconds() == 0);
  CHECK(Ttl::from_seconds(0)->seconds() == 0);
  CHECK(Ttl::from_seconds(300)->seconds() == 300);
  CHECK(Ttl::from_seconds(2147483647)->seconds() == 2147483647);
  CHECK_FALSE(Ttl::from_seconds(2147483648));
  CHECK_FALSE(Ttl::from_seconds(4294967296));
  CHECK(*Ttl::from_seconds(60) < *Ttl::from_seconds(61));
}

}  // namespace mainstay
