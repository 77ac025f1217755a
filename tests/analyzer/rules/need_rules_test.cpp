// The rules about what is needed when other things fail: break-glass paths, registrations, sign-in to the tools of administration.
#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

/// Two zones with servers in four networks, and an application in the first one.
std::vector<Fact> application() {
  std::vector<Fact> facts;
  add_zone(facts, "corp.example", {"192.0.2.1", "198.51.100.1"}, "login.corp.example");
  add_zone(facts, "rescue.example", {"203.0.113.1", "198.51.100.2"}, "vault.rescue.example");
  add_process(facts, {.name = "app", .host = "login.corp.example"});
  return facts;
}

}  // namespace

TEST_CASE("breakglass-shared-fate: what a path shares with what it is there for", "[analyzer][rules][breakglass-shared-fate]") {
  struct Row {
    const char* title;
    Process path;
    std::size_t findings;
  };
  const std::vector<std::string> own{"10.9.1.53", "10.9.2.53"};
  const Row rows[] = {
      {"another domain, other resolvers", {.host = "vault.rescue.example", .purpose = Purpose::break_glass, .asks = own}, 0},
      {"the same endpoint", {.host = "login.corp.example", .purpose = Purpose::break_glass, .asks = own}, 1},
      {"a status page with the same endpoint", {.host = "login.corp.example", .purpose = Purpose::status, .asks = own}, 1},
      {"monitoring with the same endpoint", {.host = "login.corp.example", .purpose = Purpose::monitoring, .asks = own}, 1},
      {"an ordinary workload", {.host = "login.corp.example", .asks = own}, 0},
      {"administration is another rule's", {.host = "login.corp.example", .purpose = Purpose::administration, .asks = own}, 0},
      {"on one machine with the only other workload", {.host = "login.corp.example", .purpose = Purpose::break_glass, .machine = "app"}, 0},
      {"an endpoint of a stranger that both need", {.host = "corp.okta.com", .purpose = Purpose::break_glass, .asks = own}, 1},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts = application();
      if (row.path.host == "corp.okta.com") add_process(facts, {.name = "shop", .host = "corp.okta.com"});
      Process path = row.path;
      path.name = "rescue";
      add_process(facts, path);
      const Said got = said("breakglass-shared-fate", facts);
      INFO(got.told());
      REQUIRE(got.findings.size() == row.findings);
      if (row.findings > 0) CHECK(got.findings[0].subjects == std::vector<Subject>{{"workload", "process:rescue"}});
    }
  }
}

TEST_CASE("breakglass-shared-fate: asks for a declaration once, where there is an estate", "[analyzer][rules][breakglass-shared-fate]") {
  for (const std::size_t workloads : {0u, 3u, 4u, 9u}) {
    DYNAMIC_SECTION(workloads << " workloads") {
      std::vector<Fact> facts;
      for (std::size_t at = 0; at < workloads; ++at) add_process(facts, {.name = "app" + std::to_string(at), .host = "corp.okta.com"});
      const Said got = said("breakglass-shared-fate", facts);
      REQUIRE(got.findings.size() == (workloads < 4 ? 0 : 1));
      if (workloads < 4) return;
      CHECK(got.findings[0].severity == Severity::info);
      CHECK(got.findings[0].affected.empty());
      CHECK_FALSE(got.findings[0].evidence.empty());
    }
  }
}

TEST_CASE("spof-registration: only what is for need makes a registration worth telling", "[analyzer][rules][spof-registration]") {
  struct Row {
    const char* title;
    const char* host;
    Purpose purpose;
    std::size_t findings;
  };
  const Row rows[] = {{"all of it ordinary", "www.corp.example", Purpose::ordinary, 0},
                      {"the status page in the same domain", "www.corp.example", Purpose::status, 1},
                      {"break-glass in a zone of its own below the same domain", "www.status.corp.example", Purpose::break_glass, 1},
                      {"the status page in another domain", "vault.rescue.example", Purpose::status, 0}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts = application();
      facts.emplace_back(record("www.corp.example", "A", "203.0.113.20"));
      add_zone(facts, "status.corp.example", {"203.0.113.21", "198.51.100.21"}, "www.status.corp.example");
      add_process(facts, {.name = "page", .host = row.host, .purpose = row.purpose, .asks = {"10.9.1.53", "10.9.2.53"}});
      const Said got = said("spof-registration", facts);
      INFO(got.told());
      REQUIRE(got.findings.size() == row.findings);
      if (row.findings > 0) CHECK(got.findings[0].subjects == std::vector<Subject>{{"registrable-domain", "corp.example"}});
    }
  }
  SECTION("names that nobody registers") {
    std::vector<Fact> facts;
    add_zone(facts, "corp.internal", {"10.0.0.1", "10.0.0.2"}, "login.corp.internal");
    add_process(facts, {.name = "app", .host = "login.corp.internal"});
    add_process(facts, {.name = "page", .host = "login.corp.internal", .purpose = Purpose::status, .asks = {"10.9.1.53", "10.9.2.53"}});
    CHECK(said("spof-registration", facts).told().empty());
  }
}

TEST_CASE("spof-idp: tools that need the provider they would bring back", "[analyzer][rules][spof-idp]") {
  std::vector<Fact> facts = application();
  SECTION("nothing is declared") {
    const Said got = said("spof-idp", facts);
    CHECK(got.findings.empty());
    CHECK(got.undecided.size() == 1);
  }
  SECTION("a provider of our own") {
    add_process(facts, {.name = "console", .host = "login.corp.example", .purpose = Purpose::administration});
    const Said got = said("spof-idp", facts);
    REQUIRE(got.findings.size() == 1);
    CHECK(got.findings[0].severity == Severity::high);
  }
  SECTION("a provider of a stranger") {
    add_process(facts, {.name = "shop", .host = "corp.okta.com"});
    add_process(facts, {.name = "console", .host = "corp.okta.com", .purpose = Purpose::administration});
    const Said got = said("spof-idp", facts);
    REQUIRE(got.findings.size() == 1);
    CHECK(got.findings[0].severity == Severity::medium);
    CHECK(got.findings[0].subjects[0] == Subject{"endpoint", "corp.okta.com"});
  }
  SECTION("a tool with two ways in") {
    add_process(facts, {.name = "console", .host = "login.corp.example", .purpose = Purpose::administration, .alternative = "sign-in"});
    facts.emplace_back(Use{
        .workload = "process:console", .host = "corp.okta.com", .role = Role::oidc_issuer, .alternative = "sign-in", .reasons = written()});
    CHECK(said("spof-idp", facts).findings.empty());
  }
  SECTION("a provider that only the tool needs") {
    add_process(facts, {.name = "console", .host = "corp.okta.com", .purpose = Purpose::administration});
    CHECK(said("spof-idp", facts).findings.empty());
  }
  SECTION("a secret store is no provider of identities") {
    add_process(facts, {.name = "job", .host = "vault.rescue.example", .role = Role::secret_store});
    add_process(facts, {.name = "console", .host = "vault.rescue.example", .role = Role::secret_store, .purpose = Purpose::administration});
    CHECK(said("spof-idp", facts).findings.empty());
  }
}

TEST_CASE("spof-sts-region: whose region serves the token", "[analyzer][rules][spof-sts-region]") {
  struct Row {
    const char* title;
    const char* host;
    std::vector<FailureDomain> domains;
    std::size_t findings, undecided;
  };
  const Row rows[] = {
      {"its own region", "sts.eu-west-1.amazonaws.com", {{"region", "eu-west-1"}}, 0, 0},
      {"its own region, by its zone", "sts.eu-west-1.amazonaws.com", {{"zone", "eu-west-1b"}}, 0, 0},
      {"another region", "sts.us-east-1.amazonaws.com", {{"region", "eu-west-1"}}, 1, 0},
      {"another region, by its zone", "sts.us-east-1.amazonaws.com", {{"zone", "eu-west-1b"}}, 1, 0},
      {"another region, by the other domain of the service", "sts.us-east-1.api.aws", {{"region", "eu-west-1"}}, 1, 0},
      {"the global one, from a region that is enabled by default", "sts.amazonaws.com", {{"region", "eu-west-1"}}, 0, 1},
      {"the global one, from the region that serves it", "sts.amazonaws.com", {{"region", "us-east-1"}}, 0, 0},
      {"the global one, from a region that must be opted into", "sts.amazonaws.com", {{"region", "eu-south-1"}}, 1, 0},
      {"no region is known", "sts.us-east-1.amazonaws.com", {}, 0, 1},
      {"a local zone has another form of name", "sts.us-east-1.amazonaws.com", {{"zone", "us-east-1-bos-1"}}, 0, 1},
      {"a token service of others", "sts.googleapis.com", {{"region", "eu-west-1"}}, 0, 0},
      {"a name that only begins so", "sts.corp.us-east-1.amazonaws.com", {{"region", "eu-west-1"}}, 0, 0},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts;
      add_process(facts, {.name = "app", .host = row.host, .role = Role::sts, .domains = row.domains});
      const Said got = said("spof-sts-region", facts);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
      CHECK(got.undecided.size() == row.undecided);
    }
  }
  SECTION("a second region is another way") {
    std::vector<Fact> facts;
    add_process(facts, {.name = "app",
                        .host = "sts.us-east-1.amazonaws.com",
                        .role = Role::sts,
                        .domains = {{"region", "eu-west-1"}},
                        .alternative = "sts"});
    facts.emplace_back(Use{
        .workload = "process:app", .host = "sts.eu-west-1.amazonaws.com", .role = Role::sts, .alternative = "sts", .reasons = written()});
    CHECK(said("spof-sts-region", facts).told().empty());
  }
  SECTION("a region with an unknown part") {
    std::vector<Fact> facts;
    add_process(facts, {.name = "app", .host = "corp.okta.com", .domains = {{"region", "eu-west-1"}}});
    Text host("sts.");
    host.append(Hole{.name = "AWS_REGION"});
    host.append(std::string_view(".amazonaws.com"));
    facts.emplace_back(Use{.workload = "process:app", .host = host, .role = Role::sts, .reasons = written()});
    const Said got = said("spof-sts-region", facts);
    CHECK(got.findings.empty());
    CHECK(got.undecided.size() == 1);
  }
}

TEST_CASE("survival-below-rto: what is held against the objective", "[analyzer][rules][survival-below-rto]") {
  struct Row {
    const char* title;
    std::optional<std::uint32_t> hold, objective;
    std::uint32_t ttl;
    std::size_t findings, undecided;
  };
  const Row rows[] = {
      {"keys that last for less than the usual objective", 1200, {}, 60, 1, 0},
      {"keys that last for just as long", 1800, {}, 0, 0, 0},
      {"a second less", 1799, {}, 0, 1, 0},
      {"a cached answer is of no use when the endpoint is gone", 1200, {}, 3600, 1, 0},
      {"nothing is held: the single fault is another rule's", 0, {}, 0, 0, 0},
      {"an objective that is met", 1200, 900, 60, 0, 0},
      {"an objective that is longer than usual", 7200, 14400, 60, 1, 0},
      {"nobody says how long keys last", {}, {}, 60, 0, 1},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts;
      add_zone(facts, "corp.example", {"192.0.2.1", "198.51.100.1"});
      facts.emplace_back(record("login.corp.example", "A", "203.0.113.10", row.ttl));
      add_process(facts, {.name = "app", .host = "login.corp.example"});
      for (Fact& fact : facts) {
        if (Use* use = std::get_if<Use>(&fact)) use->hold = row.hold;
        if (Workload* workload = std::get_if<Workload>(&fact)) workload->recovery_objective = row.objective;
      }
      const Said got = said("survival-below-rto", facts);
      INFO(got.told());
      REQUIRE(got.findings.size() == row.findings);
      CHECK(got.undecided.size() == row.undecided);
      if (row.findings == 0) return;
      CHECK(got.findings[0].affected == std::vector<std::string>{"process:app"});
      CHECK(got.findings[0].severity == Severity::medium);
      CHECK_FALSE(got.findings[0].arithmetic.empty());
    }
  }
}

}  // namespace mainstay
