// Grants to write where identities stand: which are too wide, and which do not do.
#include <catch2/catch.hpp>

#include "analyzer/rules/dns_grant.h"
#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

/// A zone with the identities of two services, and one grant.
std::vector<Fact> facts_of(Text resource, const char* condition) {
  std::vector<Fact> facts;
  add_zone(facts, "corp.example", {"203.0.113.20", "198.51.100.20"});
  for (const char* owner : {"billing.prod.auth.corp.example", "refunds.prod.auth.corp.example"}) {
    Record one = record(owner, "TXT", "v=1; id=x", 60);
    one.zone = "corp.example.";
    facts.emplace_back(one);
  }
  facts.emplace_back(Grant{.principal = "role:rotate",
                           .action = "route53:ChangeResourceRecordSets",
                           .resource = std::move(resource),
                           .condition = condition,
                           .reasons = written()});
  return facts;
}

}  // namespace

TEST_CASE("txtid-permission-wide and txtid-permission-missing: what conditions narrow", "[analyzer][rules][txtid]") {
  struct Row {
    const char* title;
    Text resource;
    const char* condition;
    std::size_t wide, missing;
  };
  const char* own = "names=billing.prod.auth.corp.example; types=txt; actions=upsert";
  const Row rows[] = {
      {"bad: the whole zone", Text("corp.example"), "", 1, 0},
      {"bad: all zones", Text("*"), "", 1, 0},
      {"bad: types alone narrow no names", Text("corp.example"), "types=txt", 1, 0},
      {"bad: the names of an environment", Text("corp.example"), "names=*.prod.auth.corp.example", 1, 0},
      {"bad: two services by name", Text("corp.example"), "names=billing.prod.auth.corp.example,refunds.prod.auth.corp.example", 1, 0},
      {"good: its own name", Text("corp.example"), own, 0, 0},
      {"good: its own name in every environment", Text("corp.example"), "names=billing.*.auth.corp.example", 0, 0},
      {"good: names with their dot", Text("corp.example"), "names=billing.prod.auth.corp.example.", 0, 0},
      {"good: another zone", Text("shop.example"), "", 0, 0},
      {"good: other names of the zone", Text("corp.example"), "names=_acme-challenge.corp.example; types=txt", 0, 0},
      {"bad: no TXT", Text("corp.example"), "names=billing.prod.auth.corp.example; types=cname", 0, 1},
      {"bad: creates, and cannot replace", Text("corp.example"), "names=billing.prod.auth.corp.example; actions=create", 0, 1},
      {"good: creates and deletes", Text("corp.example"), "names=billing.prod.auth.corp.example; actions=create,delete", 0, 0},
      {"good: other names of the zone need no TXT", Text("corp.example"), "names=www.corp.example; types=cname", 0, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(said("txtid-permission-wide", facts_of(row.resource, row.condition)).findings.size() == row.wide);
      CHECK(said("txtid-permission-missing", facts_of(row.resource, row.condition)).findings.size() == row.missing);
    }
}

TEST_CASE("txtid-permission-wide: a zone that is not known is counted", "[analyzer][rules][txtid]") {
  const Said got = said("txtid-permission-wide", facts_of(Text(Hole{"var.zone_arn", {}}), ""));
  CHECK(got.findings.empty());
  CHECK(got.undecided.size() == 1);
}

TEST_CASE("dns grants: name patterns", "[analyzer][rules][txtid]") {
  CHECK(covers("*.auth.corp.example", "billing.prod.auth.corp.example"));
  CHECK(covers("billing.????.auth.corp.example.", "billing.prod.auth.corp.example"));
  CHECK_FALSE(covers("billing.???.auth.corp.example", "billing.prod.auth.corp.example"));
  CHECK_FALSE(covers("*.auth.corp.example", "auth.corp.example"));
  CHECK(covers("*", "x"));
  CHECK_FALSE(covers("", "x"));
}

}  // namespace mainstay
