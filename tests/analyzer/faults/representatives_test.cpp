#include "analyzer/faults/representatives.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;
using testing::names;

namespace {

std::string described(const RequirementGraph& graph, const Representatives& found) {
  std::string text;
  for (const Blast& blast : found.blasts) {
    text += graph.node(blast.representative).name + (blast.has_owner ? "" : " (no owner)") + " with [" + names(graph, blast.same_blast) +
            "] loses " + names(graph, blast.lost) + "\n";
  }
  for (const InherentFaults& inherent : found.inherent) {
    text += "inherent [" + names(graph, inherent.nodes) + "] loses " + names(graph, inherent.lost) + "\n";
  }
  return text;
}

/// Classes by the definition: joins every pair, one after the other, until nothing changes.
std::map<NodeId, NodeId> plain_classes(const RequirementGraph& graph, const SingleFaults& faults,
                                       const std::vector<std::vector<NodeId>>& lost) {
  std::map<NodeId, NodeId> first_of;
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (!lost[node].empty() && graph.node(NodeId(node)).failure == Failure::component) first_of[NodeId(node)] = NodeId(node);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (auto& [a, first_a] : first_of) {
      for (auto& [b, first_b] : first_of) {
        if (first_a == first_b || lost[index(a)] != lost[index(b)] || (!faults.fails(a, b) && !faults.fails(b, a))) continue;
        first_a = first_b = std::min(first_a, first_b);
        changed = true;
      }
    }
  }
  return first_of;
}

}  // namespace

TEST_CASE("representatives: one of each trouble is told", "[analyzer][faults]") {
  struct Row {
    const char* title;
    const char* graph;
    const char* expected;
  };
  const Row rows[] = {
      {"nothing is lost", "w' [any a b]", ""},
      {"one fault", "w' [all a]\n$a", "a with [] loses w'\n"},
      {"two faults that do not need each other are two", "w' [all a b]\n$a\n$b", "a with [] loses w'\nb with [] loses w'\n"},
      {"in series: the most upstream owner", "w' [all server]\n$server [all host]\n$host [all rack]\nrack",
       "host with [rack server] loses w'\n"},
      {"in series: nobody owns anything", "w' [all server]\nserver [all host]", "host (no owner) with [server] loses w'\n"},
      {"different losses are different troubles", "w1' [all server]\nw2' [all host]\n$server [all host]\n$host",
       "host with [] loses w1' w2'\nserver with [] loses w1'\n"},
      {"joined by what is above both", "w' [all a b]\n$a [all host]\n$b [all host]\nhost", "a with [b host] loses w'\n"},
      {"inherent nodes join nothing and stand apart", "w' [all a b]\n$a [all tld!]\n$b [all tld!]\ntld! [all root!]",
       "a with [] loses w'\nb with [] loses w'\ninherent [root! tld!] loses w'\n"},
      {"a cycle: the lowest of those that fail each other", "w' [all a]\n$a [all b]\n$b [all a]", "a with [b] loses w'\n"},
      {"what is lost is about goals, not about what lies between", "w' [all use]\nuse [all server]\n$server",
       "server with [use] loses w'\n"},
      {"the worked example",
       "w' [all use']\nuse' [all lookup' vault]\n$vault\nlookup' [any ask1' ask2']\nask1' [all r1 forward']\nask2' [all r2 "
       "forward']\n$r1\n$r2\n"
       "forward' [all upstream iterate']\n$upstream\niterate' [all tld! zone']\nzone' [any ns1' ns2']\nns1' [all s1 prefix]\nns2' [all s2 "
       "prefix]\n"
       "$prefix",
       "prefix with [] loses w'\nupstream with [] loses w'\nvault with [] loses w'\ninherent [tld!] loses w'\n"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      const SingleFaults faults(graph);
      CHECK(described(graph, representatives(graph, faults, workload_goals(graph))) == row.expected);
    }
}

TEST_CASE("representatives: as defined, on random graphs", "[analyzer][faults]") {
  std::mt19937 random(77);
  std::size_t blasts = 0;
  std::size_t shared = 0;
  std::size_t wrong = 0;
  for (int round = 0; round < 400; ++round) {
    const RequirementGraph graph = testing::random_graph(random, {.nodes = 10 + static_cast<std::uint32_t>(random() % 20), .members = 2});
    const SingleFaults faults(graph);
    const std::vector<NodeId> goals = workload_goals(graph);
    const std::vector<std::vector<NodeId>> lost = faults.losses(goals);
    std::map<NodeId, NodeId> classes = plain_classes(graph, faults, lost);
    for (const Blast& blast : representatives(graph, faults, goals).blasts) {
      ++blasts;
      shared += !blast.same_blast.empty();
      const bool owned = has_owner(graph.node(blast.representative));
      wrong += owned != blast.has_owner;
      wrong += classes.count(blast.representative) == 0;
      const NodeId first = classes[blast.representative];
      for (const NodeId other : blast.same_blast) {
        const bool other_owned = has_owner(graph.node(other));
        wrong += classes.count(other) == 0 || classes[other] != first;
        wrong += other_owned && !owned;
        wrong += other_owned == owned && faults.fails(blast.representative, other) && !faults.fails(other, blast.representative);
        wrong += lost[index(other)] != blast.lost;
        classes.erase(other);
      }
      classes.erase(blast.representative);
    }
    wrong += classes.size();  // what is in no blast
  }
  CHECK(blasts > 1000);
  CHECK(shared > 100);
  CHECK(wrong == 0);
}

}  // namespace mainstay
