// The rules about what query logs say: from how many lookups on, of whom, and when they are silent.
#include <catch2/catch.hpp>

#include "tests/analyzer/rules/small_estate.h"

namespace mainstay {
namespace {

constexpr const char* kName = "login.corp.example";
constexpr const char* kServer = "10.0.1.53";

/// What one client asked, in a log that is as long as the test needs it.
struct Lines {
  std::string client = "10.0.5.10";
  std::uint64_t queries = 1;
  std::map<std::string, std::uint64_t> rcodes;
  std::string name = kName;
  std::string server = kServer;
  std::map<std::string, std::uint64_t> latency;
  std::vector<std::string> answers;
  std::uint64_t in_a_minute = 0;
  std::string last = "2026-11-20T09:00:00Z";
  std::string type = "A";
};

Observation observation(const Lines& lines) {
  Observation one{.log = "query.log",
                  .format = "unbound-reply",
                  .server = lines.server,
                  .client = lines.client,
                  .name = *DomainName::parse(lines.name),
                  .type = lines.type,
                  .queries = lines.queries,
                  .rcodes = lines.rcodes,
                  .latency = lines.latency,
                  .answers = lines.answers,
                  .first = "2026-11-20T08:00:00Z",
                  .last = lines.last};
  if (lines.in_a_minute > 0) {
    one.minutes = {{"active", 1}, {"median", lines.in_a_minute}, {"most", lines.in_a_minute}};
    one.busiest = one.first;
  }
  one.reasons = {Evidence::observed(one.log, one.queries, one.first, one.last)};
  return one;
}

Said said_of(std::string_view rule, const std::vector<Lines>& all, std::vector<Fact> facts = {}, const Catalogue& catalogue = {}) {
  add_process(facts, {.name = "app", .host = kName});
  for (const Lines& lines : all) facts.emplace_back(observation(lines));
  return said(rule, std::move(facts), catalogue);
}

std::map<std::string, std::uint64_t> failing(std::uint64_t queries, std::uint64_t failures) {
  return {{"NOERROR", queries - failures}, {"SERVFAIL", failures}};
}

}  // namespace

TEST_CASE("obs-failure-rate: what is more than chance", "[analyzer][rules][observed]") {
  struct Row {
    const char* title;
    std::vector<Lines> lines;
    std::size_t findings, undecided;
    Severity severity = Severity::info;
  };
  const Row rows[] = {
      {"a tenth", {{.queries = 300, .rcodes = failing(300, 30)}}, 1, 0, Severity::high},
      {"a thirtieth", {{.queries = 900, .rcodes = failing(900, 30)}}, 1, 0, Severity::medium},
      {"one in a hundred may be chance", {{.queries = 300, .rcodes = failing(300, 3)}}, 0, 0},
      {"too few lookups", {{.queries = 199, .rcodes = failing(199, 100)}}, 0, 0},
      {"NXDOMAIN is no failure", {{.queries = 300, .rcodes = {{"NXDOMAIN", 300}}}}, 0, 0},
      {"one broken client",
       {{.queries = 300, .rcodes = failing(300, 0)}, {.client = "10.0.5.11", .queries = 60, .rcodes = failing(60, 60)}},
       0,
       0},
      {"two clients",
       {{.queries = 300, .rcodes = failing(300, 20)}, {.client = "10.0.5.11", .queries = 60, .rcodes = failing(60, 30)}},
       1,
       0,
       Severity::high},
      {"each server for itself",
       {{.queries = 300, .rcodes = failing(300, 30)}, {.queries = 300, .rcodes = failing(300, 30), .server = "10.0.2.53"}},
       2,
       0,
       Severity::high},
      {"failures that name no server count for all of them",
       {{.queries = 150}, {.queries = 150, .server = "10.0.2.53"}, {.queries = 0, .rcodes = {{"SERVFAIL", 40}}, .server = ""}},
       1,
       0,
       Severity::high},
      {"no response codes", {{.queries = 300}}, 0, 1},
      {"a name that nobody is told to use", {{.queries = 300, .rcodes = failing(300, 90), .name = "other.corp.example"}}, 0, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Said got = said_of("obs-failure-rate", row.lines);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
      CHECK(got.undecided.size() == row.undecided);
      for (const Finding& one : got.findings) {
        CHECK(one.severity == row.severity);
        CHECK(one.confidence == Confidence::observed);
        CHECK(one.arithmetic.find("2026-11-20T08:00:00Z to 2026-11-20T09:00:00Z") != std::string::npos);
      }
    }
}

TEST_CASE("obs-slow: against the deadline, and steps of 5 seconds", "[analyzer][rules][observed]") {
  struct Row {
    const char* title;
    std::optional<std::uint32_t> deadline;  // milliseconds
    Lines lines;
    std::size_t findings, undecided;
  };
  using Latency = std::map<std::string, std::uint64_t>;
  const Latency fast{{"p50", 300}, {"p95", 900}, {"p99", 2000}, {"max", 9000}};
  const Latency slow{{"p50", 300}, {"p95", 700000}, {"p99", 900000}, {"max", 900000}};
  const Latency late{{"p50", 300}, {"p95", 1700000}, {"p99", 1900000}, {"max", 1900000}};
  const Latency stepped{{"p50", 300}, {"p95", 900}, {"p99", 5003000}, {"max", 5100000}};
  const Row rows[] = {
      {"a twentieth takes more than a fifth", 3000, {.queries = 200, .latency = slow}, 1, 0},
      {"the deadline is long", 60000, {.queries = 200, .latency = slow}, 0, 0},
      {"fast", 3000, {.queries = 200, .latency = fast}, 0, 0},
      {"too few", 3000, {.queries = 99, .latency = slow}, 0, 0},
      {"nothing says how long it waits", {}, {.queries = 200, .latency = slow}, 0, 0},
      {"a second, and nothing says how long it waits", {}, {.queries = 200, .latency = late}, 0, 1},
      {"a step needs no deadline", {}, {.queries = 200, .latency = stepped}, 1, 0},
      {"no latencies", 3000, {.queries = 200}, 0, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts;
      add_process(facts, {.name = "app", .host = kName});
      for (Fact& fact : facts) {
        if (Use* use = std::get_if<Use>(&fact)) use->deadline = row.deadline;
      }
      facts.emplace_back(observation(row.lines));
      const Said got = said("obs-slow", facts);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
      CHECK(got.undecided.size() == row.undecided);
    }
}

TEST_CASE("obs-single-resolver: who was never asked, when logs can say", "[analyzer][rules][observed]") {
  const std::string week = "2026-11-27T09:00:00Z";
  const auto lines = [&](std::string client, std::uint64_t queries, std::string server) {
    return Lines{.client = std::move(client), .queries = queries, .server = std::move(server), .last = week};
  };
  struct Row {
    const char* title;
    std::vector<Lines> lines;
    std::size_t findings, undecided;
  };
  const Row rows[] = {
      {"others ask the second one", {lines("app", 1000, kServer), lines("10.0.9.9", 50, "10.0.2.53")}, 1, 0},
      {"no log of the second one", {lines("app", 1000, kServer)}, 0, 1},
      {"both are asked", {lines("app", 1000, kServer), lines("app", 10, "10.0.2.53")}, 0, 0},
      {"too few", {lines("app", 999, kServer), lines("10.0.9.9", 50, "10.0.2.53")}, 0, 0},
      {"less than a week", {{.client = "app", .queries = 1000}, lines("10.0.9.9", 50, "10.0.2.53")}, 0, 0},
      {"nobody knows the client", {lines("10.0.5.10", 1000, kServer), lines("10.0.9.9", 50, "10.0.2.53")}, 0, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Said got = said_of("obs-single-resolver", row.lines);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
      CHECK(got.undecided.size() == row.undecided);
    }
}

TEST_CASE("obs-resolver-bypass: public resolvers that nobody configured", "[analyzer][rules][observed]") {
  Catalogue catalogue;
  catalogue.add(
      KnownProvider{.name = "public", .title = "A public resolver", .name_servers = {}, .resolvers = {"198.51.100.0/24"}, .source = ""});
  struct Row {
    const char* title;
    Lines lines;
    std::size_t findings;
  };
  const Row rows[] = {
      {"a public one", {.queries = 5, .server = "198.51.100.53"}, 1},
      {"seldom", {.queries = 4, .server = "198.51.100.53"}, 0},
      {"a configured one", {.queries = 5}, 0},
      {"one that is in no list may be ours", {.queries = 5, .server = "203.0.113.53"}, 0},
      {"our resolver asks it", {.client = kServer, .queries = 5, .server = "198.51.100.53"}, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Said got = said_of("obs-resolver-bypass", {row.lines}, {}, catalogue);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
    }
}

TEST_CASE("search lists: names that they made are told from names that are meant", "[analyzer][rules][observed]") {
  const Stub stub{.scope = "host:app", .search = {Text("corp.example"), Text("lab.example")}, .reasons = written()};
  const std::map<std::string, std::uint64_t> denied{{"NXDOMAIN", 150}};
  const std::map<std::string, std::uint64_t> found{{"NOERROR", 100}};
  struct Row {
    const char* title;
    const char* rule;
    std::vector<Lines> lines;
    std::size_t findings;
  };
  const Row rows[] = {
      {"more than half are made",
       "obs-amplification",
       {{.queries = 150, .rcodes = denied, .name = "vault.else.example.corp.example"},
        {.queries = 100, .rcodes = found, .name = "vault.else.example"}},
       1},
      {"another client asked for the plain name",
       "obs-amplification",
       {{.queries = 150, .rcodes = denied, .name = "vault.else.example.corp.example"},
        {.client = "10.0.5.11", .queries = 100, .rcodes = found, .name = "vault.else.example"}},
       0},
      {"no suffix of a list",
       "obs-amplification",
       {{.queries = 150, .rcodes = denied, .name = "vault.else.example.other.example"},
        {.queries = 100, .rcodes = found, .name = "vault.else.example"}},
       0},
      {"the longer name exists",
       "obs-amplification",
       {{.queries = 150, .rcodes = found, .name = "vault.corp.example"}, {.queries = 100, .rcodes = found, .name = "vault"}},
       0},
      {"a name that is found with a suffix does not fail",
       "name-nxdomain-in-use",
       {{.queries = 150, .rcodes = denied}, {.queries = 100, .rcodes = found, .name = "login.corp.example.lab.example"}},
       0},
      {"a name that is found nowhere fails",
       "name-nxdomain-in-use",
       {{.queries = 150, .rcodes = denied}, {.queries = 150, .rcodes = denied, .name = "login.corp.example.lab.example"}},
       1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Said got = said_of(row.rule, row.lines, {stub});
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
    }
}

TEST_CASE("obs-spike-or-storm: twenty clients that hammer at what fails", "[analyzer][rules][observed]") {
  const auto clients = [](std::size_t count, std::uint64_t in_a_minute, std::uint64_t failures) {
    std::vector<Lines> all;
    for (std::size_t at = 0; at < count; ++at)
      all.push_back({.client = "10.0.6." + std::to_string(at), .queries = 40, .rcodes = failing(40, failures), .in_a_minute = in_a_minute});
    return all;
  };
  CHECK(said_of("obs-spike-or-storm", clients(20, 30, 40)).findings.size() == 1);
  CHECK(said_of("obs-spike-or-storm", clients(19, 30, 40)).findings.empty());
  CHECK(said_of("obs-spike-or-storm", clients(20, 29, 40)).findings.empty());
  CHECK(said_of("obs-spike-or-storm", clients(20, 30, 20)).findings.empty());
}

TEST_CASE("observed answers: held against what is declared", "[analyzer][rules][observed]") {
  struct Row {
    const char* title;
    const char* rule;
    std::vector<std::string> answers;
    std::size_t findings;
    const char* type = "A";
    std::vector<Record> more = {};
  };
  const Row rows[] = {
      {"the declared address", "obs-answer-out-of-policy", {"203.0.113.1"}, 0},
      {"another address", "obs-answer-out-of-policy", {"203.0.113.1", "203.0.113.66"}, 1},
      {"an alias that nobody declared", "obs-answer-out-of-policy", {"evil.example."}, 1},
      {"another type", "obs-answer-out-of-policy", {"203.0.113.66"}, 0, "MX"},
      {"an alias out of the tree", "obs-answer-out-of-policy", {"203.0.113.66"}, 0, "A", {record(kName, "CNAME", "elsewhere.example.")}},
      {"no answers are logged", "obs-answer-out-of-policy", {}, 0},
      {"an alias and nothing behind it", "obs-partial-chain", {"elsewhere.example."}, 1},
      {"an alias and its address", "obs-partial-chain", {"elsewhere.example.", "203.0.113.1"}, 0},
      {"no answers", "obs-partial-chain", {}, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts;
      add_zone(facts, "corp.example", {"192.0.2.1", "198.51.100.1"});
      facts.emplace_back(record(kName, "A", "203.0.113.1"));
      for (const Record& one : row.more) facts.emplace_back(one);
      const Said got = said_of(row.rule, {{.queries = 6, .rcodes = {{"NOERROR", 6}}, .answers = row.answers, .type = row.type}}, facts);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
    }
}

TEST_CASE("obs-edge-drift: what a workload asks for and is not told to use", "[analyzer][rules][observed]") {
  Catalogue catalogue;
  catalogue.add(KnownHost{.pattern = "login.identity.example", .role = Role::oidc_issuer, .provider = "", .source = ""});
  struct Row {
    const char* title;
    Lines lines;
    std::size_t findings;
  };
  const Row rows[] = {
      {"an identity endpoint", {.client = "app", .queries = 5, .name = "login.identity.example"}, 1},
      {"seldom", {.client = "app", .queries = 4, .name = "login.identity.example"}, 0},
      {"what it is told to use", {.client = "app", .queries = 5}, 0},
      {"no identity", {.client = "app", .queries = 5, .name = "www.corp.example"}, 0},
      {"nobody knows the client", {.client = "10.0.5.10", .queries = 5, .name = "login.identity.example"}, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Said got = said_of("obs-edge-drift", {row.lines}, {}, catalogue);
      INFO(got.told());
      CHECK(got.findings.size() == row.findings);
    }
}

}  // namespace mainstay
