// The rules about what a server is set to do while others are down.
#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

struct Resolver {
  const char* address;
  const char* software = "unbound";
  std::optional<std::uint32_t> serve_stale;
  std::vector<std::string> upstreams;
  std::optional<std::uint32_t> max_fails;
};

Server server(const Resolver& wanted) {
  Server one{.id = "server:" + std::string(wanted.address),
             .software = wanted.software,
             .addresses = {*IpAddress::parse(wanted.address)},
             .iterates = wanted.upstreams.empty(),
             .cache = {.serve_stale = wanted.serve_stale},
             .reasons = written()};
  if (wanted.upstreams.empty()) return one;
  Forward forward{.zone = DomainName::root(), .max_fails = wanted.max_fails, .reasons = written()};
  for (const std::string& address : wanted.upstreams)
    forward.upstreams.push_back({.address = *IpAddress::parse(address), .reasons = written()});
  one.forwards.push_back(forward);
  return one;
}

Said said_of(std::string_view rule, const std::vector<Resolver>& resolvers, std::uint32_t ttl, const char* host = "login.corp.example") {
  std::vector<Fact> facts;
  add_process(facts, {.name = "app", .host = host});
  add_zone(facts, "corp.example", {"192.0.2.1", "198.51.100.1"});
  facts.emplace_back(record("login.corp.example", "A", "203.0.113.1", ttl));
  facts.emplace_back(record("alias.corp.example", "CNAME", "login.corp.example", 86400));
  for (const Resolver& one : resolvers) facts.emplace_back(server(one));
  return said(rule, facts);
}

}  // namespace

TEST_CASE("no-serve-stale: who forgets what too early", "[analyzer][rules][no-serve-stale]") {
  struct Row {
    const char* title;
    std::vector<Resolver> resolvers;
    std::uint32_t ttl;
    const char* host;
    std::size_t findings, undecided;
  };
  const char* const login = "login.corp.example";
  const Row rows[] = {
      {"nothing is said", {{"10.0.1.53"}}, 300, login, 1, 0},
      {"each resolver once", {{"10.0.1.53"}, {"10.0.2.53"}}, 300, login, 2, 0},
      {"it is switched off", {{.address = "10.0.1.53", .serve_stale = 0}}, 300, login, 1, 0},
      {"it is on", {{.address = "10.0.1.53", .serve_stale = 3600}}, 300, login, 0, 0},
      {"kept for half an hour", {{"10.0.1.53"}}, 1800, login, 0, 0},
      {"kept for less", {{"10.0.1.53"}}, 1799, login, 1, 0},
      {"a long alias to a short address", {{"10.0.1.53"}}, 60, "alias.corp.example", 1, 0},
      {"a name of strangers: its TTL is not known", {{"10.0.1.53"}}, 300, "corp.okta.com", 0, 1},
      {"a product that is not known", {{.address = "10.0.1.53", .software = "route53-resolver-endpoint"}}, 300, login, 0, 0},
      {"what it asks serves stale answers",
       {{.address = "10.0.1.53", .upstreams = {"10.0.3.53"}}, {.address = "10.0.3.53", .serve_stale = 3600}},
       300,
       login,
       0,
       0},
      {"one of two that it asks does not",
       {{.address = "10.0.1.53", .upstreams = {"10.0.3.53", "10.0.4.53"}}, {.address = "10.0.3.53", .serve_stale = 3600}},
       300,
       login,
       1,
       0},
      {"who asks it serves stale answers",
       {{.address = "10.0.1.53", .serve_stale = 3600, .upstreams = {"10.0.3.53"}}, {"10.0.3.53"}},
       300,
       login,
       0,
       0},
      {"two that ask each other",
       {{.address = "10.0.1.53", .upstreams = {"10.0.2.53"}}, {.address = "10.0.2.53", .upstreams = {"10.0.1.53"}}},
       300,
       login,
       2,
       0},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Said got = said_of("no-serve-stale", row.resolvers, row.ttl, row.host);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
      CHECK(got.undecided.size() == row.undecided);
      for (const Finding& one : got.findings) {
        const bool is_said = row.resolvers[0].serve_stale.has_value();
        CHECK(one.confidence == (is_said ? Confidence::declared : Confidence::product_default));
        CHECK_FALSE(one.arithmetic.empty());
      }
    }
  }
}

TEST_CASE("upstream-health-blind: a dead upstream that stays in the list", "[analyzer][rules][upstream-health-blind]") {
  struct Row {
    const char* title;
    std::vector<std::string> upstreams;
    std::optional<std::uint32_t> max_fails;
    std::size_t findings;
  };
  const Row rows[] = {{"never left out", {"10.0.3.53", "10.0.4.53"}, 0, 1},
                      {"the product's default", {"10.0.3.53", "10.0.4.53"}, std::nullopt, 0},
                      {"left out after one", {"10.0.3.53", "10.0.4.53"}, 1, 0},
                      {"one alone cannot be left out", {"10.0.3.53"}, 0, 0}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Said got =
          said_of("upstream-health-blind",
                  {{.address = "10.0.1.53", .software = "coredns", .upstreams = row.upstreams, .max_fails = row.max_fails}}, 300);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
    }
  }
  SECTION("nobody's name goes that way") {
    CHECK(said_of("upstream-health-blind",
                  {{.address = "10.0.9.53", .software = "coredns", .upstreams = {"10.0.3.53", "10.0.4.53"}, .max_fails = 0}}, 300)
              .findings.empty());
  }
}

}  // namespace mainstay
