// The rules about identities in TXT records: what they find, and what they leave alone.
#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

struct Txt {
  const char* owner;
  const char* text;
  std::uint32_t ttl = 300;
  const char* type = "TXT";
};

std::vector<Fact> facts_of(const std::vector<Txt>& records, std::optional<bool> is_signed = true) {
  std::vector<Fact> facts;
  Zone zone{.apex = *DomainName::parse("corp.example"), .complete = true, .reasons = written()};
  zone.is_signed = is_signed;
  facts.emplace_back(zone);
  for (const Txt& one : records) {
    Record made = record(one.owner, one.type, one.text, one.ttl);
    made.zone = "corp.example.";
    facts.emplace_back(made);
  }
  return facts;
}

std::string messages(std::string_view rule, const std::vector<Txt>& records) {
  std::string out;
  for (const Finding& one : said(rule, facts_of(records)).findings) out += one.message + "\n";
  return out;
}

constexpr Txt kBilling{"billing.prod.auth.corp.example", "v=1; id=billing; exp=2027-02-01"};

}  // namespace

TEST_CASE("txtid-wildcard: the closest name that exists decides what a wildcard answers for", "[analyzer][rules][txtid]") {
  struct Row {
    const char* title;
    Txt wildcard;
    const char* expected;
  };
  const Row rows[] = {
      {"in an environment",
       {"*.prod.auth.corp.example", "v=1"},
       "*.prod.auth.corp.example (TXT) answers for every service that has no record in prod, so a name that nobody registered looks "
       "registered\n"},
      {"of an environment that has no record",
       {"*.dev.auth.corp.example", "v=1"},
       "*.dev.auth.corp.example (TXT) answers for every service that has no record in dev, an environment without any record of its own, "
       "so a "
       "name that nobody registered looks registered\n"},
      {"at the suffix",
       {"*.auth.corp.example", "v=1"},
       "*.auth.corp.example (TXT) answers for every service of an environment that has no record yet, so a name that nobody registered "
       "looks "
       "registered\n"},
      {"an alias answers questions for TXT as well",
       {"*.prod.auth.corp.example", "elsewhere.example", 300, "CNAME"},
       "*.prod.auth.corp.example (CNAME) answers for every service that has no record in prod, so a name that nobody registered looks "
       "registered\n"},
      {"above the suffix, which exists", {"*.corp.example", "v=1"}, ""},
      {"below a service", {"*.billing.prod.auth.corp.example", "v=1"}, ""},
      {"of another type", {"*.prod.auth.corp.example", "192.0.2.1", 300, "A"}, ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(messages("txtid-wildcard", {kBilling, row.wildcard}) == row.expected);
    }
}

TEST_CASE("txtid-duplicate: what contradicts, and what takes over", "[analyzer][rules][txtid]") {
  const char* const name = "mail.prod.auth.corp.example";
  struct Row {
    const char* title;
    std::vector<Txt> records;
    std::size_t findings;
  };
  const Row rows[] = {
      {"one record", {{name, "v=1; id=mail"}}, 0},
      {"two ids", {{name, "v=1; id=mail"}, {name, "v=1; id=other"}}, 1},
      {"two texts without fields", {{name, "valid"}, {name, "true"}}, 1},
      {"a key takes over", {{name, "id=mail; kid=a; exp=2027-01-01"}, {name, "id=mail; kid=b; exp=2027-03-01"}}, 0},
      {"two keys without an end", {{name, "id=mail; kid=a"}, {name, "id=mail; kid=b"}}, 1},
      {"another use beside it", {{name, "id=mail; exp=2027-01-01"}, {name, "v=spf1 -all"}}, 0},
      {"fields in parts", {{name, "id=mail"}, {name, "exp=2027-01-01"}}, 0},
      {"one key for two services", {{name, "id=mail; key=k"}, {"news.prod.auth.corp.example", "id=news; key=k"}}, 1},
      {"two fields in common are one finding", {{name, "id=x; key=k"}, {"news.prod.auth.corp.example", "id=x; key=k"}}, 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<Txt> records = row.records;
      records.push_back(kBilling);
      CHECK(said("txtid-duplicate", facts_of(records)).findings.size() == row.findings);
    }
}

TEST_CASE("txtid: values are never shown", "[analyzer][rules][txtid]") {
  const std::vector<Txt> records = {{"a.prod.auth.corp.example", "id=s3cr3t-one; env=dev", 86400},
                                    {"a.prod.auth.corp.example", "id=s3cr3t-two; service=b", 86400},
                                    {"c.prod.auth.corp.example", "id=s3cr3t-one", 0}};
  std::size_t found = 0;
  for (const char* rule : {"txtid-duplicate", "txtid-binding-mismatch", "txtid-no-rotation", "txtid-ttl-long", "txtid-ttl-short"}) {
    for (const Finding& one : said(rule, facts_of(records)).findings) {
      ++found;
      CHECK(one.message.find("s3cr3t") == std::string::npos);
    }
  }
  CHECK(found == 6);
}

TEST_CASE("txtid-ttl-long: a resolver that serves expired answers makes it worse", "[analyzer][rules][txtid]") {
  std::vector<Fact> facts = facts_of({{kBilling.owner, kBilling.text, 3600}});
  const Said alone = said("txtid-ttl-long", facts);
  REQUIRE(alone.findings.size() == 1);
  CHECK(alone.findings[0].severity == Severity::medium);
  facts.emplace_back(
      Server{.id = "server:a", .software = "unbound", .iterates = true, .cache = {.serve_stale = 86400}, .reasons = written()});
  const Said stale = said("txtid-ttl-long", facts);
  REQUIRE(stale.findings.size() == 1);
  CHECK(stale.findings[0].severity == Severity::high);
  CHECK(stale.findings[0].message ==
        "a revoked identity of billing.prod.auth.corp.example works for 3600 s more (TTL), against 300 s; server:a serves expired answers "
        "for "
        "another 86400 s when it gets no new one");
  CHECK(said("txtid-ttl-long", facts_of({kBilling})).findings.empty());
}

TEST_CASE("txtid-unauthenticated: signed, not signed, and not known", "[analyzer][rules][txtid]") {
  CHECK(said("txtid-unauthenticated", facts_of({kBilling}, true)).findings.empty());
  CHECK(said("txtid-unauthenticated", facts_of({kBilling}, false)).findings.size() == 1);
  const Said unknown = said("txtid-unauthenticated", facts_of({kBilling}, std::nullopt));
  CHECK(unknown.findings.empty());
  CHECK(unknown.undecided.size() == 1);
}

TEST_CASE("txtid-binding-mismatch: usual spellings of one environment are one", "[analyzer][rules][txtid]") {
  struct Row {
    const char* text;
    std::size_t findings;
  };
  for (const Row& row : {Row{"env=production", 0}, Row{"env=PRD", 0}, Row{"env=staging", 1}, Row{"stage=dev", 1}, Row{"service=billing", 0},
                         Row{"service=mail", 1}, Row{"env=dev; service=mail", 1}, Row{"id=mail", 0}}) {
    DYNAMIC_SECTION(row.text) {
      CHECK(said("txtid-binding-mismatch", facts_of({{kBilling.owner, row.text}})).findings.size() == row.findings);
    }
  }
}

}  // namespace mainstay
