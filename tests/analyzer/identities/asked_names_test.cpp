#include "analyzer/identities/asked_names.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

DomainName name(std::string_view text) { return *DomainName::parse(text); }

Text form(std::initializer_list<Text> parts) {
  Text out;
  for (const Text& part : parts) out.append(part);
  return out;
}

const Text kUnknown{Hole{"x", {}}};

Fact zone(std::string_view apex, bool complete) { return Zone{.apex = name(apex), .view = "", .complete = complete, .reasons = {}}; }

Fact record(std::string_view owner, std::string type) {
  return Record{
      .owner = Text(owner), .type = std::move(type), .ttl = {}, .data = Text("x"), .zone = "corp.example.", .view = "", .reasons = {}};
}

}  // namespace

TEST_CASE("asked names: an unknown part stands for at least one octet and no dot", "[analyzer][identities]") {
  struct Row {
    const char* title;
    Text pattern;
    const char* name;
    bool fits;
  };
  const Row rows[] = {
      {"good: known, in other letters and with its dot", Text("Billing.PROD.auth.corp.example."), "billing.prod.auth.corp.example", true},
      {"good: one label", form({kUnknown, ".prod.auth.corp.example"}), "billing.prod.auth.corp.example", true},
      {"good: two labels", form({kUnknown, ".", kUnknown, ".auth.corp.example"}), "billing.prod.auth.corp.example", true},
      {"good: a part of a label", form({"svc-", kUnknown, ".auth.corp.example"}), "svc-billing.auth.corp.example", true},
      {"bad: nothing in its place", form({"svc-", kUnknown, ".auth.corp.example"}), "svc-.auth.corp.example", false},
      {"bad: a dot in its place", form({kUnknown, ".auth.corp.example"}), "billing.prod.auth.corp.example", false},
      {"bad: another end", form({kUnknown, ".auth.corp.example"}), "billing.auth.corp.example.net", false},
      {"bad: another name", Text("a.auth.corp.example"), "b.auth.corp.example", false},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(may_be(row.pattern, name(row.name)) == row.fits);
    }
}

TEST_CASE("asked names: what a question gets", "[analyzer][identities]") {
  struct Row {
    const char* title;
    Text asked;
    std::vector<Fact> facts;
    TxtAnswer answer;
  };
  const Text billing("billing.prod.auth.corp.example");
  const Row rows[] = {
      {"a record", billing, {zone("corp.example", true), record("billing.prod.auth.corp.example", "TXT")}, TxtAnswer::there},
      {"a wildcard", billing, {zone("corp.example", true), record("*.prod.auth.corp.example", "TXT")}, TxtAnswer::there},
      {"another type: the name exists",
       billing,
       {zone("corp.example", true), record("billing.prod.auth.corp.example", "A")},
       TxtAnswer::nodata},
      {"a name below: it exists",
       billing,
       {zone("corp.example", true), record("a.billing.prod.auth.corp.example", "A")},
       TxtAnswer::nodata},
      {"nothing", billing, {zone("corp.example", true), record("shop.corp.example", "A")}, TxtAnswer::nxdomain},
      {"nothing, of a zone that is not whole", billing, {zone("corp.example", false)}, TxtAnswer::unknown},
      {"no zone", billing, {}, TxtAnswer::unknown},
      {"nothing below a domain", form({kUnknown, ".prod.auth.corp.example"}), {zone("corp.example", true)}, TxtAnswer::nxdomain},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Estate estate = Estate::build(row.facts);
      const std::optional<AskedIdentity> asked = asked_name(row.asked);
      REQUIRE(asked);
      CHECK(answer_to(*asked, estate) == row.answer);
    }
}

TEST_CASE("asked names: a name of which nothing is known is none", "[analyzer][identities]") { CHECK_FALSE(asked_name(kUnknown)); }

}  // namespace mainstay
