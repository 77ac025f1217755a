#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {

TEST_CASE("spof-prefix: which addresses of name servers share a network", "[analyzer][rules][spof-prefix]") {
  struct Row {
    const char* title;
    std::vector<std::string> addresses;
    std::size_t findings, undecided;
  };
  const Row rows[] = {
      {"two in one /24", {"192.0.2.1", "192.0.2.200"}, 1, 0},
      {"two in neighbouring /24s", {"192.0.2.1", "192.0.3.1"}, 0, 0},
      {"two in one /48", {"2001:db8:1:1::1", "2001:db8:1:2::1"}, 1, 0},
      {"two in neighbouring /48s", {"2001:db8:1::1", "2001:db8:2::1"}, 0, 0},
      {"three, one of them elsewhere", {"192.0.2.1", "192.0.2.2", "198.51.100.1"}, 0, 0},
      {"both families, each in one network", {"192.0.2.1", "2001:db8:1::1"}, 1, 0},
      {"both families, one of them in two networks", {"192.0.2.1", "198.51.100.1", "2001:db8:1::1"}, 0, 0},
      {"one address is another rule's", {"192.0.2.1"}, 0, 0},
      {"one address by two names too", {"192.0.2.1", "192.0.2.1"}, 0, 0},
      {"private addresses say nothing", {"10.1.1.1", "10.1.1.2"}, 0, 1},
      {"a public and a private one", {"192.0.2.1", "10.1.1.2"}, 0, 0},
      {"a third one whose address no file tells", {"192.0.2.1", "192.0.2.2", ""}, 0, 1},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts;
      add_process(facts, {.name = "app", .host = "login.corp.example"});
      add_zone(facts, "corp.example", row.addresses, "login.corp.example");
      const Said got = said("spof-prefix", facts);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
      CHECK(got.undecided.size() == row.undecided);
    }
  }
}

TEST_CASE("spof-prefix: what is declared for private addresses counts", "[analyzer][rules][spof-prefix]") {
  struct Row {
    const char* title;
    FailureDomain first, second;
    std::size_t findings;
  };
  const Row rows[] = {{"one zone of availability", {"zone", "eu-1a"}, {"zone", "eu-1a"}, 1},
                      {"two zones", {"zone", "eu-1a"}, {"zone", "eu-1b"}, 0},
                      {"one region is where everything may stand", {"region", "eu-1"}, {"region", "eu-1"}, 0}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts;
      add_process(facts, {.name = "app", .host = "login.corp.example"});
      add_zone(facts, "corp.example", {"10.1.1.1", "10.2.2.2"}, "login.corp.example");
      facts.emplace_back(
          Inventory{.kind = "instance", .address = *IpAddress::parse("10.1.1.1"), .failure_domains = {row.first}, .reasons = written()});
      facts.emplace_back(
          Inventory{.kind = "instance", .address = *IpAddress::parse("10.2.2.2"), .failure_domains = {row.second}, .reasons = written()});
      const Said got = said("spof-prefix", facts);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
      CHECK(got.undecided.empty());
    }
  }
}

TEST_CASE("spof-prefix: one network is told once", "[analyzer][rules][spof-prefix]") {
  std::vector<Fact> facts;
  add_process(facts, {.name = "app", .host = "login.corp.example"});
  add_process(facts, {.name = "shop", .host = "login.shop.example"});
  add_zone(facts, "corp.example", {"192.0.2.1", "192.0.2.2"}, "login.corp.example");
  add_zone(facts, "shop.example", {"192.0.2.3", "192.0.2.4"}, "login.shop.example");
  SECTION("for several zones") {
    const Said got = said("spof-prefix", facts);
    REQUIRE(got.findings.size() == 1);
    CHECK(got.findings[0].message == "all name servers of corp.example, shop.example stand in 192.0.2.0/24; 2 workloads need them");
    CHECK(got.findings[0].severity == Severity::medium);
    CHECK(got.findings[0].confidence == Confidence::assumed);  // nothing describes the two resolvers
  }
  SECTION("not when the resolvers fail with it anyway") {
    for (const char* address : {"10.0.1.53", "10.0.2.53", "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"}) {
      facts.emplace_back(Inventory{
          .kind = "instance", .address = *IpAddress::parse(address), .failure_domains = {{"zone", "eu-1a"}}, .reasons = written()});
    }
    CHECK(said("spof-prefix", facts).told().empty());
  }
}

TEST_CASE("spof-prefix: addresses of an endpoint", "[analyzer][rules][spof-prefix]") {
  std::vector<Fact> facts;
  add_process(facts, {.name = "app", .host = "login.corp.example"});
  add_zone(facts, "corp.example", {"192.0.2.1", "198.51.100.1"});
  facts.emplace_back(record("login.corp.example", "A", "203.0.113.1"));
  SECTION("one alone is as much as the endpoint") { CHECK(said("spof-prefix", facts).told().empty()); }
  SECTION("two in one network") {
    facts.emplace_back(record("login.corp.example", "A", "203.0.113.2"));
    const Said got = said("spof-prefix", facts);
    REQUIRE(got.findings.size() == 1);
    CHECK(got.findings[0].subjects[0] == Subject{"prefix", "203.0.113.0/24"});
  }
  SECTION("a family whose network is another one does not help who has only the first, and is assumed to fail with it") {
    facts.emplace_back(record("login.corp.example", "AAAA", "2001:db8:7::1"));
    const Said got = said("spof-prefix", facts);
    REQUIRE(got.findings.size() == 1);
    CHECK(got.findings[0].confidence == Confidence::assumed);
  }
}

}  // namespace mainstay
