// txtid-missing: what may answer a question for an identity record keeps the rule silent.
#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

IdentityRecord asked(Text owner) {
  return {.owner = std::move(owner), .looked_up_by = "handler.py:authorize", .decision = "constant", .reasons = written(7)};
}

Text any_service_of(const char* environment) {
  Text name(Hole{.name = "service", .pattern = ""});
  name.append(std::string(".") + environment + ".auth.corp.example");
  return name;
}

std::vector<Fact> zone_with(const std::vector<Record>& records, bool complete = true, const std::string& view = "") {
  std::vector<Fact> facts;
  facts.emplace_back(Zone{.apex = *DomainName::parse("corp.example"), .view = view, .complete = complete, .reasons = written()});
  for (Record one : records) {
    one.zone = "corp.example.";
    one.view = view;
    facts.emplace_back(one);
  }
  return facts;
}

std::string told(std::vector<Fact> facts, Text owner) {
  facts.emplace_back(asked(std::move(owner)));
  return said("txtid-missing", std::move(facts)).told();
}

constexpr const char* kMail = "mail.prod.auth.corp.example";

}  // namespace

TEST_CASE("txtid-missing: one name is missing when nothing answers a question for TXT there", "[analyzer][rules][txtid]") {
  struct Row {
    const char* title;
    std::vector<Record> records;
    bool found;
  };
  const Row rows[] = {
      {"an empty zone", {}, true},
      {"the record itself", {record(kMail, "TXT", "v=1")}, false},
      {"an address only", {record(kMail, "A", "192.0.2.1")}, true},
      {"an alias to somewhere else", {record(kMail, "CNAME", "ids.example.net.")}, false},
      {"a wildcard in its environment", {record("*.prod.auth.corp.example", "TXT", "v=1")}, false},
      {"a wildcard further up", {record("*.auth.corp.example", "CNAME", "ids.example.net.")}, false},
      {"a wildcard in another environment", {record("*.dev.auth.corp.example", "TXT", "v=1")}, true},
      {"a record below it", {record("old.mail.prod.auth.corp.example", "TXT", "v=1")}, true},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(told(zone_with(row.records), kMail).empty() != row.found);
    }
}

TEST_CASE("txtid-missing: a name that exists is told from one that does not", "[analyzer][rules][txtid]") {
  CHECK(told(zone_with({}), kMail).find("(NXDOMAIN)") != std::string::npos);
  CHECK(told(zone_with({record(kMail, "A", "192.0.2.1")}), kMail).find("(NODATA)") != std::string::npos);
}

TEST_CASE("txtid-missing: what is not known whole keeps silent", "[analyzer][rules][txtid]") {
  CHECK(told({}, kMail).empty());
  CHECK(told(zone_with({}, false), kMail).empty());
  SECTION("a view of the zone has the record") {
    std::vector<Fact> facts = zone_with({});
    for (Fact& one : zone_with({record(kMail, "TXT", "v=1")}, true, "inside")) facts.push_back(std::move(one));
    CHECK(told(std::move(facts), kMail).empty());
  }
  SECTION("a part of the zone is handed on") {
    std::vector<Fact> facts = zone_with({});
    facts.emplace_back(Delegation{.child = *DomainName::parse("auth.corp.example"),
                                  .parent = *DomainName::parse("corp.example"),
                                  .name_servers = {*DomainName::parse("ns.example.net")},
                                  .reasons = written()});
    CHECK(told(std::move(facts), kMail).empty());
  }
}

TEST_CASE("txtid-missing: a name with an unknown part is missing when its domain is empty", "[analyzer][rules][txtid]") {
  CHECK(told(zone_with({record(kMail, "TXT", "v=1")}), any_service_of("prod")).empty());
  CHECK(told(zone_with({record(kMail, "TXT", "v=1")}), any_service_of("dev")).find("below dev.auth.corp.example") != std::string::npos);
  CHECK(told(zone_with({record("*.dev.auth.corp.example", "TXT", "v=1")}), any_service_of("dev")).empty());
}
}  // namespace mainstay
