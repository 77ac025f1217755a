// A plan of identity records: the arithmetic of a rotation, and that every form of it can be read back.
#include "analyzer/report/txt_plan.h"

#include <catch2/catch.hpp>

#include "ingest/syntax/hcl/hcl.h"
#include "ingest/syntax/yaml.h"
#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

DomainName name(std::string_view text) { return *DomainName::parse(text); }

Record identity(const char* owner, const char* text, std::uint32_t ttl) {
  Record one = record(owner, "TXT", text, ttl);
  one.zone = "corp.example.";
  return one;
}

/// A zone with a start of authority, one good record, one that lives too long, and code that asks for a third.
std::vector<Fact> facts_of(bool with_soa) {
  std::vector<Fact> facts;
  Zone zone{.apex = name("corp.example"), .view = "", .complete = true, .reasons = written(1)};
  if (with_soa)
    zone.soa = Soa{.primary = name("ns1.corp.example"), .serial = 7, .refresh = 7200, .retry = 900, .expire = 9, .minimum = 900};
  facts.emplace_back(zone);
  if (with_soa) {
    Record soa = record("corp.example", "SOA", "ns1 hostmaster 7 7200 900 9 900", 300);
    soa.zone = "corp.example.";
    facts.emplace_back(soa);
  }
  facts.emplace_back(identity("billing.prod.auth.corp.example", "v=1; svc=billing; env=prod; exp=2099-01-01", 60));
  facts.emplace_back(identity("refunds.prod.auth.corp.example", "v=1; svc=refunds; env=prod; exp=2099-01-01; token=s3cret", 86400));
  facts.emplace_back(IdentityRecord{
      .owner = Text("checkout.prod.auth.corp.example"), .looked_up_by = "a.py:f", .decision = "proved", .reasons = written(4)});
  return facts;
}

TxtPlan plan_of(std::vector<Fact> facts) {
  const Estate estate = Estate::build(std::move(facts));
  const Catalogue catalogue;
  const Analysis analysis(estate, catalogue);
  return make_txt_plan(analysis, make_txt_check(analysis, {}, ""));
}

}  // namespace

TEST_CASE("txt plan: what is missing and what must change", "[analyzer][report][txtid]") {
  const TxtPlan plan = plan_of(facts_of(true));
  REQUIRE(plan.records.size() == 2);
  CHECK(plan.records[0].deed == PlannedDeed::create);
  CHECK(plan.records[0].owner == "checkout.prod.auth.corp.example");
  CHECK(plan.records[0].zone == "corp.example");
  CHECK(plan.records[0].text.find("svc=checkout; env=prod") != std::string::npos);
  CHECK(plan.records[1].deed == PlannedDeed::change);
  CHECK(plan.records[1].owner == "refunds.prod.auth.corp.example");
  CHECK(plan.records[1].ttl == 60);
}

TEST_CASE("txt plan: the waits of a rotation are sums", "[analyzer][report][txtid]") {
  const TxtPlan plan = plan_of(facts_of(true));
  REQUIRE(plan.rotations.size() == 1);
  const std::vector<RotationStep>& steps = plan.rotations.front().steps;
  REQUIRE(steps.size() == 7);
  CHECK(steps[1].wait == 7200u + 86400u);
  CHECK(steps[2].wait == 7200u + 300u);  // the SOA's own TTL is below its minimum
  CHECK(steps[6].wait == 7200u + 86400u);
  std::vector<Fact> facts = facts_of(true);
  facts.emplace_back(Server{.id = "server:a/unbound", .cache = {.serve_stale = 3600, .min_ttl = {}, .max_ttl = {}}, .reasons = written(9)});
  CHECK(plan_of(std::move(facts)).rotations.front().steps[6].wait == 7200u + 86400u + 3600u);
}

TEST_CASE("txt plan: without a start of authority no sum is made up", "[analyzer][report][txtid]") {
  const TxtPlan plan = plan_of(facts_of(false));
  REQUIRE_FALSE(plan.rotations.front().steps.empty());
  for (const RotationStep& step : plan.rotations.front().steps) CHECK_FALSE(step.wait);
}

TEST_CASE("txt plan: every form can be read, and none has a value of a record", "[analyzer][report][txtid]") {
  const TxtPlan plan = plan_of(facts_of(true));
  for (const PlanForm form : {PlanForm::zone, PlanForm::terraform, PlanForm::cloudformation}) {
    CHECK(written(plan, form).find("s3cret") == std::string::npos);
  }
  SECTION("Terraform") {
    const Source source("plan.tf", written(plan, PlanForm::terraform));
    Diagnostics problems;
    const hcl::Body body = hcl::parse(source, SourceId{}, problems);
    CHECK(problems.all().empty());
    CHECK(body.blocks.size() == 3);  // a variable and two records
  }
  SECTION("CloudFormation") {
    const Source source("plan.yaml", written(plan, PlanForm::cloudformation));
    Diagnostics problems;
    const YamlStream yaml = read_yaml(source, SourceId{}, problems);
    CHECK(problems.all().empty());
    REQUIRE(yaml.documents().size() == 1);
    CHECK((*yaml.documents().front())["Resources"].entries.size() == 2);
    CHECK((*yaml.documents().front())["Resources"]["CheckoutProdAuthCorpExample"]["Properties"]["Type"].text_or("") == "TXT");
  }
}

}  // namespace mainstay
