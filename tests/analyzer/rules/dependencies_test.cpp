// The names that workloads ask for: declared, observed, or both.
#include "analyzer/rules/dependencies.h"

#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

Observation query(std::string client, const char* name, std::uint64_t queries, const char* type = "A") {
  Observation one{.log = "query.log", .server = "10.0.1.53", .client = std::move(client), .name = *DomainName::parse(name), .type = type};
  one.queries = queries;
  one.reasons = {Evidence::observed(one.log, queries, "", "")};
  return one;
}

/// "declared login.corp.example 0; both vault.corp.example 7; ", and "in logs" before it.
std::string told(const std::vector<Fact>& facts, const std::string& workload) {
  const Catalogue catalogue;
  const Estate estate = Estate::build(std::vector<Fact>(facts));
  const Analysis analysis(estate, catalogue);
  const Dependencies found = dependencies_of(analysis).at(workload);
  std::string text = found.is_in_logs ? "in logs: " : "";
  for (const Dependency& one : found.names) {
    std::uint64_t queries = 0;
    for (const Observation* each : one.queries) queries += each->queries;
    text += std::string(word(one.known_by())) + " " + std::string(one.name.host()) + " " + std::to_string(queries) + "; ";
  }
  return text;
}

}  // namespace

TEST_CASE("dependencies: each is declared, observed or both", "[analyzer][rules][observed]") {
  std::vector<Fact> facts;
  add_process(facts, {.name = "app", .host = "login.corp.example"});
  add_process(facts, {.name = "other", .host = "vault.corp.example"});
  const std::string app = "process:app";
  const std::string other = "process:other";
  SECTION("without logs nothing is known of what was asked") { CHECK(told(facts, app) == "declared login.corp.example 0; "); }
  SECTION("names are compared without case, and queries of all types and servers are summed") {
    facts.emplace_back(query("app", "LOGIN.corp.example", 4));
    facts.emplace_back(query("app", "login.corp.example", 3, "AAAA"));
    CHECK(told(facts, app) == "in logs: both login.corp.example 7; ");
    CHECK(told(facts, other) == "declared vault.corp.example 0; ");
  }
  SECTION("what nothing declares") {
    facts.emplace_back(query("app", "sso.elsewhere.example", 2));
    CHECK(told(facts, app) == "in logs: declared login.corp.example 0; observed sso.elsewhere.example 2; ");
  }
  SECTION("a client that nobody knows is nobody's") {
    facts.emplace_back(query("10.9.9.9", "sso.elsewhere.example", 2));
    CHECK(told(facts, app) == "declared login.corp.example 0; ");
  }
}

}  // namespace mainstay
