#include "analyzer/faults/what_if.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "analyzer/faults/nodes_meant.h"
#include "analyzer/faults/relief.h"
#include "analyzer/report/make_impact.h"
#include "graph/facts/codec.h"
#include "tests/analyzer/scanned.h"

namespace mainstay {
namespace {

/// Host a asks two resolvers, host b only the first; one workload's host is an address, of one nobody knows the resolver.
constexpr const char* kFacts = R"({"fact":"scope","id":"host:a","kind":"host","name":"a"}
{"fact":"scope","id":"host:b","kind":"host","name":"b"}
{"fact":"stub","scope":"host:a","library":"glibc","servers":[{"address":"10.0.0.1"},{"address":"10.0.0.2"}],"reasons":[{"confidence":"declared","file":"a/etc/resolv.conf"}]}
{"fact":"stub","scope":"host:b","library":"glibc","servers":[{"address":"10.0.0.1"}]}
{"fact":"server","id":"server:one","software":"unbound","addresses":["10.0.0.1"],"iterates":true,"failure_domains":[{"kind":"zone","name":"az1"}],"reasons":[{"confidence":"declared","file":"one.conf"}]}
{"fact":"server","id":"server:two","software":"unbound","addresses":["10.0.0.2"],"iterates":true,"reasons":[{"confidence":"declared","file":"two.conf"}]}
{"fact":"zone","apex":"corp.example."}
{"fact":"record","owner":"vault.corp.example","type":"A","ttl":300,"data":"10.9.9.9","zone":"corp.example."}
{"fact":"workload","id":"process:hurried","kind":"process","scope":"host:a"}
{"fact":"workload","id":"process:patient","kind":"process","scope":"host:a"}
{"fact":"workload","id":"process:single","kind":"process","scope":"host:b"}
{"fact":"workload","id":"process:literal","kind":"process","scope":"host:b"}
{"fact":"workload","id":"process:stray","kind":"process"}
{"fact":"use","workload":"process:hurried","host":"vault.corp.example","role":"secret-store","deadline":3000}
{"fact":"use","workload":"process:patient","host":"vault.corp.example","role":"secret-store","deadline":30000}
{"fact":"use","workload":"process:single","host":"vault.corp.example","role":"secret-store"}
{"fact":"use","workload":"process:literal","host":"10.9.9.9","role":"secret-store","bypasses_dns":true}
{"fact":"use","workload":"process:stray","host":"vault.corp.example","role":"secret-store"}
)";

struct Small {
  Catalogue catalogue;
  Estate estate;
  Analysis analysis;

  explicit Small(std::string_view text) : estate(Estate::build(facts_of(text))), analysis(estate, catalogue) {}

  static std::vector<Fact> facts_of(std::string_view text) {
    std::vector<Fact> facts;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
      Result<Fact> fact = fact_from_json_line(line);
      REQUIRE(fact);
      facts.push_back(*std::move(fact));
    }
    return facts;
  }
};

Scenario down(const Analysis& analysis, std::string_view name, FaultMode mode) {
  Scenario scenario;
  for (const NodeId node : nodes_meant(analysis, name).nodes) scenario.faults.push_back({node, mode});
  REQUIRE(scenario.faults.size() == 1);
  return scenario;
}

/// "hurried time-out, literal fine, ...", by name.
std::string standings(const Analysis& analysis, const Scenario& scenario) {
  std::string text;
  const Impact impact = WhatIf(analysis).of(scenario);
  for (const Outcome& one : impact.outcomes) {
    const std::string name = analysis.graph().node(one.goal).name.substr(8);
    text += (text.empty() ? "" : ", ") + name + " " + std::string(word(one.standing));
  }
  return text;
}

}  // namespace

TEST_CASE("what-if: servers that hand on to each other are judged alike, whoever is asked about first", "[analyzer][what-if]") {
  const Small small(R"({"fact":"scope","id":"host:a","kind":"host","name":"a"}
{"fact":"scope","id":"host:b","kind":"host","name":"b"}
{"fact":"scope","id":"host:c","kind":"host","name":"c"}
{"fact":"stub","scope":"host:a","library":"glibc","servers":[{"address":"10.0.0.1"}]}
{"fact":"stub","scope":"host:b","library":"glibc","servers":[{"address":"10.0.0.2"}]}
{"fact":"stub","scope":"host:c","library":"glibc","servers":[{"address":"10.0.0.3"}]}
{"fact":"server","id":"server:1","software":"unbound","addresses":["10.0.0.1"],"forwards":[{"zone":".","upstreams":[{"address":"10.0.0.2"},{"address":"10.0.0.4"}],"choice":"ordered"}]}
{"fact":"server","id":"server:2","software":"dnsmasq","addresses":["10.0.0.2"],"forwards":[{"zone":".","upstreams":[{"address":"10.0.0.3"},{"address":"10.0.0.5"}],"choice":"ordered"}]}
{"fact":"server","id":"server:3","software":"bind","addresses":["10.0.0.3"],"forwards":[{"zone":".","upstreams":[{"address":"10.0.0.1"},{"address":"10.0.0.5"}],"choice":"ordered"}]}
{"fact":"server","id":"server:4","software":"unbound","addresses":["10.0.0.4"],"iterates":true,"reasons":[{"confidence":"declared","file":"4.conf"}]}
{"fact":"server","id":"server:5","software":"unbound","addresses":["10.0.0.5"],"iterates":true,"reasons":[{"confidence":"declared","file":"5.conf"}]}
{"fact":"zone","apex":"corp.example."}
{"fact":"record","owner":"vault.corp.example","type":"A","ttl":300,"data":"10.9.9.9","zone":"corp.example."}
{"fact":"workload","id":"process:a","kind":"process","scope":"host:a"}
{"fact":"workload","id":"process:b","kind":"process","scope":"host:b"}
{"fact":"workload","id":"process:c","kind":"process","scope":"host:c"}
{"fact":"use","workload":"process:a","host":"vault.corp.example","role":"secret-store"}
{"fact":"use","workload":"process:b","host":"vault.corp.example","role":"secret-store"}
{"fact":"use","workload":"process:c","host":"vault.corp.example","role":"secret-store"}
)");
  WhatIf what_if(small.analysis);
  REQUIRE(what_if.cycles().all().size() == 1);
  for (const char* name : {"10.0.0.4", "10.0.0.5"}) {
    const Scenario scenario = down(small.analysis, name, FaultMode::silent);
    const Impact together = what_if.of(scenario);
    REQUIRE(together.outcomes.size() == 3);
    for (const Outcome& one : together.outcomes) {
      const Impact alone = what_if.of(scenario, std::vector{one.goal});
      CAPTURE(name, small.analysis.graph().node(one.goal).name);
      CHECK(alone.outcomes[0].standing == one.standing);
      REQUIRE(alone.outcomes[0].time.has_value() == one.time.has_value());
      if (!one.time) continue;
      CHECK(alone.outcomes[0].time->arithmetic == one.time->arithmetic);
      CHECK((alone.outcomes[0].time->wait == one.time->wait));
      CHECK(alone.outcomes[0].time->inner_unknown == one.time->inner_unknown);
    }
  }
}

TEST_CASE("what-if: the same server in different modes", "[analyzer][what-if]") {
  const Small small(kFacts);
  struct Row {
    const char* title;
    const char* name;
    FaultMode mode;
    const char* expected;
  };
  using enum FaultMode;
  const Row rows[] = {
      {"silence is waited for: past a deadline, before another one, or in vain", "10.0.0.1", silent,
       "hurried time-out, literal fine, patient slow, single now, stray unknown"},
      {"a closed port is not waited for", "10.0.0.1", closed, "hurried fine, literal fine, patient fine, single now, stray unknown"},
      {"SERVFAIL sends to the next server at once", "10.0.0.1", servfail,
       "hurried fine, literal fine, patient fine, single now, stray unknown"},
      {"a denial is final", "10.0.0.1", wrong_negative, "hurried now, literal fine, patient now, single now, stray unknown"},
      {"stale data may be right", "10.0.0.1", stale, "hurried degraded, literal fine, patient degraded, single degraded, stray unknown"},
      {"slow: nobody knows how slow", "10.0.0.1", slow, "hurried slow, literal fine, patient slow, single slow, stray unknown"},
      {"the second server is not asked", "10.0.0.2", silent, "hurried fine, literal fine, patient fine, single fine, stray unknown"},
      {"its zone of availability is gone: silence", "az:az1", silent,
       "hurried time-out, literal fine, patient slow, single now, stray unknown"},
      {"the zone is gone: answers are cached, but not for those of whom nothing is known", "zone:corp.example", silent,
       "hurried later, literal fine, patient later, single later, stray now"},
      {"the endpoint is gone: a name does not help, nor does an address of another", "vault.corp.example", closed,
       "hurried now, literal fine, patient now, single now, stray now"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(standings(small.analysis, down(small.analysis, row.name, row.mode)) == row.expected);
    }
}

TEST_CASE("what-if: two servers in two modes are more than each of them", "[analyzer][what-if]") {
  const Small small(kFacts);
  Scenario both = down(small.analysis, "10.0.0.1", FaultMode::closed);
  both.faults.push_back(down(small.analysis, "10.0.0.2", FaultMode::wrong_answer).faults.front());
  CHECK(standings(small.analysis, both) == "hurried now, literal fine, patient now, single now, stray unknown");
}

TEST_CASE("what-if: every workload of the sample estate stands in one list, whatever is down", "[analyzer][what-if]") {
  const std::shared_ptr<Loaded> harbour = scanned({"samples/harbour"});
  const Analysis& analysis = *harbour->analysis;
  WhatIf what_if(analysis);
  std::size_t hit = 0;
  for (std::uint32_t at = 0; at < analysis.graph().size(); ++at) {
    Impact previous;
    for (const FaultMode mode : modes_of(analysis.graph().node(NodeId(at)).kind)) {
      const Scenario scenario{.faults = {{NodeId(at), mode}}, .edits = {}, .options = {}};
      const Impact impact = what_if.of(scenario);
      const ImpactReport report = make_impact(analysis, scenario, impact);
      std::uint64_t sum = 0;
      for (std::uint8_t standing = 0; standing < words(Standing::now).size(); ++standing) sum += report.count(Standing(standing));
      CHECK(sum == analysis.goals().size());
      for (const ImpactRow& row : report.rows) {
        INFO(analysis.graph().node(NodeId(at)).name << " " << word(mode) << ": " << row.workload);
        CHECK((row.standing == Standing::fine || !row.reason.empty()));
        hit += row.standing < Standing::fine ? 1 : 0;
      }
    }
  }
  CHECK(hit > 500);
}

TEST_CASE("relief: what is promised is what a new what-if finds", "[analyzer][relief]") {
  const Small small(kFacts);
  WhatIf what_if(small.analysis);
  const Scenario silent = down(small.analysis, "10.0.0.1", FaultMode::silent);
  const std::vector<Relief> found = reliefs(what_if, silent, what_if.of(silent));
  const auto restores = [&](std::string_view action) -> std::uint64_t {
    for (const Relief& one : found) {
      if (one.action == action) return one.restores;
    }
    return 0;
  };
  // Three are harmed: one past its deadline, one late, one without another server.
  CHECK(restores("move 10.0.0.1 to 10.0.0.2") == 3);
  CHECK(restores("put 10.0.0.2 first in 2 lists of stub resolvers") == 3);
  CHECK(restores("put 10.0.0.2 first in 1 list of stub resolvers") == 1);
  CHECK(restores("stop 10.0.0.1 but keep its host up (port closed)") == 2);
  CHECK(restores("set `options timeout:1 attempts:2` for 1 stub resolver") == 1);
  CHECK(found.front().action == "move 10.0.0.1 to 10.0.0.2");
  for (const Relief& one : found) CHECK(one.of == 3);
  const Scenario closed = down(small.analysis, "10.0.0.1", FaultMode::closed);
  CHECK(small.analysis.goals().size() - what_if.of(closed).count(Standing::fine) == 2);  // single, and the stray one
}

TEST_CASE("relief: nothing is promised where nothing helps", "[analyzer][relief]") {
  const Small small(kFacts);
  WhatIf what_if(small.analysis);
  const Scenario zone = down(small.analysis, "zone:corp.example", FaultMode::silent);
  CHECK(reliefs(what_if, zone, what_if.of(zone)).empty());
  const Scenario unused = down(small.analysis, "10.0.0.2", FaultMode::silent);
  CHECK(reliefs(what_if, unused, what_if.of(unused)).empty());
}

TEST_CASE("names: what a person has at hand", "[analyzer][names]") {
  const Small small(kFacts);
  struct Row {
    const char* text;
    const char* expected;  // kinds and names of the nodes meant
    bool exact;
  };
  const Row rows[] = {
      {"10.0.0.1", "resolver server:one; ", true},
      {"server:one", "resolver server:one; ", true},
      {"resolver:server:one", "resolver server:one; ", true},
      {"az1", "failure-domain zone az1; ", true},
      {"az:az1", "failure-domain zone az1; ", true},
      {"zone:az1", "failure-domain zone az1; ", true},
      {"corp.example", "zone corp.example; ", true},
      {"zone:corp.example", "zone corp.example; ", true},
      {"one.conf", "resolver server:one; ", true},
      {"file:one.conf", "resolver server:one; ", true},
      {"server:", "resolver server:one; resolver server:two; ", false},
      {"etc/resolv.conf", "resolver server:one; resolver server:two; ", false},
      {"10.0.0.9", "", false},
      {"", "", false},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.text) {
      const NodesMeant meant = nodes_meant(small.analysis, row.text);
      std::string text;
      for (const NodeId node : meant.nodes) {
        text += std::string(word(small.analysis.graph().node(node).kind)) + " " + small.analysis.graph().node(node).name + "; ";
      }
      CHECK(text == row.expected);
      CHECK(meant.exact == row.exact);
    }
}

}  // namespace mainstay
