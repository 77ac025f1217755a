// Which TXT records are identities, and what their texts say.
#include "analyzer/identities/txt_identities.h"

#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

struct Txt {
  const char* owner;
  const char* text;
};

std::string conventions_of(const std::vector<Txt>& records, const std::vector<TxtNames>& stated = {}) {
  std::vector<Fact> facts;
  for (const Txt& one : records) facts.emplace_back(record(one.owner, "TXT", one.text));
  const Estate estate = Estate::build(std::move(facts));
  std::string out;
  for (const TxtConvention& one : txt_conventions(estate, stated)) {
    out += std::string(one.suffix.host()) + ":";
    for (const TxtIdentity& identity : one.identities) out += " " + identity.service + "/" + identity.environment;
    for (const TxtValue& stray : one.strays) out += " (" + stray.record->owner.display() + ")";
    out += "\n";
  }
  return out;
}

TxtNames names(const char* suffix, bool environment_first = false, std::vector<std::string> environments = {}) {
  return {.suffix = *DomainName::parse(suffix),
          .environment_first = environment_first,
          .environments = std::move(environments),
          .reasons = written()};
}

}  // namespace

TEST_CASE("txt identities: what settings state comes before what records show", "[analyzer][identities]") {
  const std::vector<Txt> records = {{"billing.blue.auth.corp.example", "valid"},
                                    {"refunds.prod.auth.corp.example", "valid"},
                                    {"old.auth.corp.example", "valid"},
                                    {"a.b.c.auth.corp.example", "valid"},
                                    {"x.prod.nhi.other.example", "valid"}};
  struct Row {
    const char* title;
    std::vector<TxtNames> stated;
    const char* expected;
  };
  const Row rows[] = {
      {"any environment",
       {names("auth.corp.example")},
       "auth.corp.example: billing/blue refunds/prod (a.b.c.auth.corp.example) (old.auth.corp.example)\n"
       "nhi.other.example: x/prod\n"},
      {"some environments",
       {names("auth.corp.example", false, {"prod"})},
       "auth.corp.example: refunds/prod (a.b.c.auth.corp.example) (billing.blue.auth.corp.example) (old.auth.corp.example)\n"
       "nhi.other.example: x/prod\n"},
      {"the other order",
       {names("auth.corp.example", true)},
       "auth.corp.example: blue/billing prod/refunds (a.b.c.auth.corp.example) (old.auth.corp.example)\n"
       "nhi.other.example: x/prod\n"},
      {"nothing is learned below a stated suffix",
       {names("other.example")},
       "auth.corp.example: billing/blue refunds/prod\nother.example: (x.prod.nhi.other.example)\n"},
      {"a suffix without records",
       {names("ids.example")},
       "auth.corp.example: billing/blue refunds/prod\nids.example:\nnhi.other.example: x/prod\n"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(conventions_of(records, row.stated) == row.expected);
    }
}

TEST_CASE("txt identities: which names are some", "[analyzer][identities]") {
  struct Row {
    const char* title;
    std::vector<Txt> records;
    const char* expected;
  };
  const Row rows[] = {
      {"the suffix speaks of identity, and the environment is a usual one",
       {{"billing.prod.auth.corp.example", "valid"}},
       "auth.corp.example: billing/prod\n"},
      {"then every environment counts",
       {{"billing.prod.auth.corp.example", "valid"}, {"billing.blue.auth.corp.example", "valid"}},
       "auth.corp.example: billing/blue billing/prod\n"},
      {"the environment may stand first", {{"prod.billing.nhi.corp.example", "valid"}}, "nhi.corp.example: billing/prod\n"},
      {"no usual environment", {{"billing.blue.auth.corp.example", "valid"}}, ""},
      {"a suffix that says nothing", {{"billing.prod.corp.example", "valid"}, {"mail.prod.corp.example", "valid"}}, ""},
      {"but two texts that name somebody",
       {{"billing.prod.corp.example", "v=1; id=billing"}, {"mail.prod.corp.example", "spiffe://corp.example/mail"}},
       "corp.example: billing/prod mail/prod\n"},
      {"one that names somebody is not enough", {{"billing.prod.corp.example", "v=1; id=billing"}}, ""},
      {"other uses",
       {{"billing.prod.auth.corp.example", "v=spf1 -all"},
        {"a.prod.auth.corp.example", "google-site-verification=x"},
        {"_dmarc.prod.auth.corp.example", "p=none"},
        {"b.prod.auth.corp.example", "heritage=external-dns,external-dns/owner=x"}},
       ""},
      {"too short for a name, and a wildcard", {{"prod.auth.example", "valid"}, {"*.prod.auth.corp.example", "valid"}}, ""},
      {"a record that stands deeper belongs to another suffix", {{"a.billing.prod.auth.corp.example", "valid"}}, ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(conventions_of(row.records) == row.expected);
    }
}

TEST_CASE("txt fields: attributes of a text", "[analyzer][identities]") {
  struct Row {
    const char* text;
    TxtFields expected;
  };
  const Row rows[] = {
      {"", {}},
      {"valid", {}},
      {"v=1; id=billing", {{"v", "1"}, {"id", "billing"}}},
      {"V=1,ID=Billing", {{"v", "1"}, {"id", "Billing"}}},
      {"id=a id=b", {{"id", "a"}}},
      {"key=abc==", {{"key", "abc=="}}},
      {"id=", {{"id", ""}}},
      {"=x ;; ; 9=y a b=c", {{"b", "c"}}},
      {"spiffe://corp.example/ns/a exp=2027-01-01", {{"spiffe", "spiffe://corp.example/ns/a"}, {"exp", "2027-01-01"}}},
      {"https://a.example/?x=y", {}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.text) {
      CHECK(txt_fields(row.text) == row.expected);
    }
}

}  // namespace mainstay
