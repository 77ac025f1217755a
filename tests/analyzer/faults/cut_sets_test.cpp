#include "analyzer/faults/cut_sets.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "analyzer/faults/single_faults.h"
#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;
using testing::names;

namespace {

using Sets = std::vector<std::vector<std::uint32_t>>;

constexpr CutBudget kUnhurried{.seconds = 100'000};  // sanitizers on a busy machine are slow

CutSets cuts_of(const RequirementGraph& graph, std::span<const NodeId> goals, const CutOptions& options) {
  return {FixedPoints(graph), FaultSources::components(graph), goals, options};
}

/// "a, b c, b d": sets sorted by size and name.
std::string described(const RequirementGraph& graph, const Sets& sets) {
  std::vector<std::pair<std::size_t, std::string>> lines;
  for (const std::vector<std::uint32_t>& set : sets) {
    std::vector<NodeId> nodes;
    for (const std::uint32_t fault : set) nodes.push_back(NodeId(fault));
    lines.emplace_back(set.size(), set.empty() ? "nothing" : names(graph, nodes));
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& [size, line] : lines) text += (text.empty() ? "" : ", ") + line;
  return text;
}

std::vector<NodeId> every_node(const RequirementGraph& graph) {
  std::vector<NodeId> nodes;
  for (std::uint32_t node = 0; node < graph.size(); ++node) nodes.push_back(NodeId(node));
  return nodes;
}

/// The sets of faults with at most `order` elements, in the order of their sizes.
Sets small_sets(const std::vector<std::uint32_t>& faults, std::size_t order) {
  Sets sets{{}};
  for (std::size_t begin = 0, size = 0; size < order; ++size) {
    const std::size_t end = sets.size();
    for (; begin < end; ++begin) {
      for (const std::uint32_t fault : faults) {
        if (!sets[begin].empty() && fault <= sets[begin].back()) continue;
        std::vector<std::uint32_t> larger = sets[begin];
        larger.push_back(fault);
        sets.push_back(std::move(larger));
      }
    }
  }
  return sets;
}

bool is_part_of(const std::vector<std::uint32_t>& part, const std::vector<std::uint32_t>& set) {
  return std::includes(set.begin(), set.end(), part.begin(), part.end());
}

/// For each node the faults that stop it: itself, where it can fail by itself.
using FaultsOf = std::vector<std::vector<std::uint32_t>>;

FaultsOf own_faults(const RequirementGraph& graph) {
  FaultsOf faults_of(graph.size());
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (graph.node(NodeId(node)).failure != Failure::derived) faults_of[node].push_back(node);
  }
  return faults_of;
}

/// What can fail is in up to two of a few groups instead.
FaultsOf random_groups(std::mt19937& random, const RequirementGraph& graph) {
  const auto groups = 2 + static_cast<std::uint32_t>(random() % 5);
  FaultsOf faults_of = own_faults(graph);
  for (std::vector<std::uint32_t>& faults : faults_of) {
    if (faults.empty()) continue;
    faults = {static_cast<std::uint32_t>(random() % groups)};
    if (random() % 3 == 0) faults.push_back((faults.front() + 1) % groups);
  }
  return faults_of;
}

/// For each node the minimal sets, by failing every small set in turn.
std::vector<Sets> plain_cuts(const RequirementGraph& graph, const FaultsOf& faults_of, std::size_t order) {
  std::set<std::uint32_t> faults;
  for (const std::vector<std::uint32_t>& some : faults_of) faults.insert(some.begin(), some.end());
  std::vector<Sets> cuts(graph.size());
  for (const std::vector<std::uint32_t>& set : small_sets({faults.begin(), faults.end()}, order)) {
    std::vector<NodeId> failed;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      const auto is_stopped = [&](std::uint32_t fault) { return std::binary_search(set.begin(), set.end(), fault); };
      if (std::any_of(faults_of[node].begin(), faults_of[node].end(), is_stopped)) failed.push_back(NodeId(node));
    }
    const std::vector<bool> works = testing::plain_settled(graph, failed);
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (works[node]) continue;
      const bool is_minimal = std::none_of(cuts[node].begin(), cuts[node].end(), [&](const auto& cut) { return is_part_of(cut, set); });
      if (is_minimal) cuts[node].push_back(set);
    }
  }
  for (Sets& sets : cuts) std::sort(sets.begin(), sets.end());
  return cuts;
}

Sets sorted(Sets sets) {
  std::sort(sets.begin(), sets.end());
  return sets;
}

}  // namespace

TEST_CASE("cut sets: what takes a goal down together, and what keeps it", "[analyzer][faults][cuts]") {
  struct Row {
    const char* title;
    const char* graph;
    const char* cuts;
    const char* paths;
  };
  const Row rows[] = {
      {"all: each alone", "w' [all a b]", "a, b", "a b"},
      {"any: both together", "w' [any a b]", "a b", "a, b"},
      {"two of three: each pair", "w' [2 a b c]", "a b, a c, b c", "a b, a c, b c"},
      {"a component is a cut of itself", "w [any a b]", "w, a b", "a w, b w"},
      {"two groups", "w' [any a b] [any c d]", "a b, c d", "a c, a d, b c, b d"},
      {"what alternatives share", "w' [any x y]\nx [all h a]\ny [all h b]", "h, a b, a y, b x, x y", "a h x, b h y"},
      {"a set within a set is left out", "w' [any x' y']\nx' [all a b]\ny' [all a c]", "a, b c", "a b, a c"},
      {"three alternatives", "w' [any a b c]", "a b c", "a, b, c"},
      {"a node that never works", "w' [2 a]", "nothing", ""},
      {"a node that nothing stops", "w' [0 a]", "", "nothing"},
      {"an alternative that never works is none", "w' [any a dead']\ndead' [2 b]", "a", "a"},
      {"forwarders that forward to each other", "w' [any r s]\nr [any s up]\ns [any r up]", "up, r s", "r up, s up"},
      {"a bootstrap cycle runs until a part of it stops", "w' [any dns key]\ndns [all vault]\nvault [all dns]", "dns key, key vault",
       "key, dns vault"},
      {"the root is inherent and counts", "w' [any a b]\na [all root!]\nb [all root!]", "root!, a b", "a root!, b root!"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      const std::vector<NodeId> goal = workload_goals(graph);
      REQUIRE(goal.size() == 1);
      const CutSets cuts = cuts_of(graph, goal, {.order = CutOptions::kEveryOrder, .budget = kUnhurried});
      CHECK(described(graph, cuts.sets(goal[0], 100)) == row.cuts);
      CHECK_FALSE(cuts.is_truncated());
      const CutSets paths = cuts_of(graph, goal, {.order = CutOptions::kEveryOrder, .kind = SetKind::paths, .budget = kUnhurried});
      CHECK(described(graph, paths.sets(goal[0], 100)) == row.paths);
    }
}

TEST_CASE("cut sets: equal to failing every set of components or groups, on random graphs with cycles", "[analyzer][faults][cuts]") {
  std::mt19937 random(10000);
  std::size_t wrong = 0;
  std::size_t of_size[5] = {};
  for (unsigned round = 0; round < 10000; ++round) {
    const bool redundant = round % 3 > 0;
    const testing::Mix mix{.nodes = (redundant ? 5 : 2) + static_cast<std::uint32_t>(random() % 8),
                           .groups = redundant ? 1u : 2u,
                           .members = 1 + static_cast<std::uint32_t>(random() % 4) + (redundant ? 1 : 0),
                           .cyclic = round % 5 != 0,
                           .redundant = redundant};
    const RequirementGraph graph = testing::random_graph(random, mix);
    const unsigned order = 1 + round % 4;
    const FaultsOf faults_of = round % 7 < 3 ? random_groups(random, graph) : own_faults(graph);
    const FaultSources sources(faults_of, static_cast<std::uint32_t>(graph.size()) + 8);
    const std::vector<Sets> expected = plain_cuts(graph, faults_of, order);
    const std::vector<NodeId> nodes = every_node(graph);
    const FixedPoints points(graph);
    const CutSets together(points, sources, nodes, {.order = order, .budget = kUnhurried});
    for (const NodeId node : nodes) {
      const Sets found = sorted(together.sets(node, 10000));
      wrong += found != expected[index(node)];
      for (const auto& set : found) ++of_size[set.size()];
    }
    // One goal alone has more modules.
    const NodeId one{static_cast<std::uint32_t>(random() % graph.size())};
    wrong += sorted(CutSets(points, sources, {&one, 1}, {.order = order, .budget = kUnhurried}).sets(one, 10000)) != expected[index(one)];
  }
  CHECK(of_size[1] > 20000);
  CHECK(of_size[2] > 4000);
  CHECK(of_size[3] > 500);
  CHECK(of_size[4] > 50);
  CHECK(wrong == 0);
}

TEST_CASE("cut sets: of every size, equal to failing every set of components", "[analyzer][faults][cuts]") {
  std::mt19937 random(14);
  std::size_t wrong = 0;
  std::size_t found = 0;
  for (unsigned round = 0; round < 1000; ++round) {
    const testing::Mix mix{.nodes = 5 + static_cast<std::uint32_t>(random() % 4),
                           .groups = 1 + round % 2,
                           .members = 2 + static_cast<std::uint32_t>(random() % 4),
                           .cyclic = round % 3 != 0,
                           .redundant = true};
    const RequirementGraph graph = testing::random_graph(random, mix);
    const std::vector<Sets> expected = plain_cuts(graph, own_faults(graph), graph.size());
    const std::vector<NodeId> nodes = every_node(graph);
    const CutSets together = cuts_of(graph, nodes, {.order = CutOptions::kEveryOrder, .budget = kUnhurried});
    for (const NodeId node : nodes) {
      wrong += sorted(together.sets(node, 10000)) != expected[index(node)];
      wrong += sorted(cuts_of(graph, {&node, 1}, {.order = CutOptions::kEveryOrder, .budget = kUnhurried}).sets(node, 10000)) !=
               expected[index(node)];
      found += expected[index(node)].size();
    }
  }
  CHECK(found > 5000);
  CHECK(wrong == 0);
}

TEST_CASE("cut sets: of one fault they are the single faults", "[analyzer][faults][cuts]") {
  std::mt19937 random(11);
  std::size_t wrong = 0;
  std::size_t found = 0;
  for (int round = 0; round < 20; ++round) {
    const RequirementGraph graph = testing::random_graph(random, {.nodes = 400, .members = 4, .cyclic = round % 2 == 0, .odd = 500});
    const FixedPoints points(graph);
    const SingleFaults single(graph, points);
    const std::vector<NodeId> nodes = every_node(graph);
    const CutSets cuts(points, FaultSources::components(graph), nodes, {.order = 1, .budget = kUnhurried});
    for (const NodeId node : nodes) {
      if (single.state(node) == FaultState::never) continue;
      std::vector<NodeId> ones;
      for (const auto& set : cuts.sets(node, 1000)) ones.push_back(NodeId(set.at(0)));
      std::sort(ones.begin(), ones.end());
      wrong += ones != single.of(node);
      found += ones.size();
    }
  }
  CHECK(found > 5000);
  CHECK(wrong == 0);
}

TEST_CASE("cut sets: each takes its goal down, and no part of it does", "[analyzer][faults][cuts]") {
  std::mt19937 random(12);
  std::size_t checked = 0;
  std::size_t wrong = 0;
  for (int round = 0; round < 30; ++round) {
    const RequirementGraph graph =
        testing::random_graph(random, {.nodes = 300, .groups = 1, .members = 4, .cyclic = round % 2 == 0, .odd = 500, .redundant = true});
    FixedPoints points(graph);
    const std::vector<NodeId> goals = workload_goals(graph);
    const CutSets cuts(points, FaultSources::components(graph), goals, {.order = 4, .budget = kUnhurried});
    for (const NodeId goal : goals) {
      if (points.state(goal) == FaultState::never) continue;
      for (const std::vector<std::uint32_t>& set : cuts.sets(goal, 50)) {
        std::vector<NodeId> failed;
        for (const std::uint32_t fault : set) failed.push_back(NodeId(fault));
        wrong += points.settled(failed)[index(goal)];
        for (std::size_t spared = 0; spared < failed.size(); ++spared) {
          std::vector<NodeId> part = failed;
          part.erase(part.begin() + static_cast<std::ptrdiff_t>(spared));
          wrong += !points.settled(part)[index(goal)];
        }
        ++checked;
      }
    }
  }
  CHECK(checked > 1500);
  CHECK(wrong == 0);
}

TEST_CASE("cut sets: counted without listing, and counts do not wrap round", "[analyzer][faults][cuts]") {
  std::string text = "w'";
  for (int pair = 0; pair < 70; ++pair) text += " [any a" + std::to_string(pair) + " b" + std::to_string(pair) + "]";
  const RequirementGraph graph = graph_of(text);
  const std::vector<NodeId> goal = workload_goals(graph);
  CHECK(cuts_of(graph, goal, {}).counts(goal[0]) == std::vector<std::uint64_t>{0, 0, 70});
  const CutSets paths = cuts_of(graph, goal, {.order = CutOptions::kEveryOrder, .kind = SetKind::paths, .budget = kUnhurried});
  const std::vector<std::uint64_t> counts = paths.counts(goal[0]);
  REQUIRE(counts.size() == 71);
  CHECK(counts[70] == kCountless);  // two to the power of 70
  CHECK(paths.smallest(goal[0]) == 70u);
  CHECK(paths.sets(goal[0], 3).size() == 3);
}

TEST_CASE("cut sets: a budget that is used up says up to which order the answer is complete", "[analyzer][faults][cuts]") {
  std::mt19937 random(13);
  const RequirementGraph graph = testing::random_graph(random, {.nodes = 500, .groups = 2, .members = 4, .cyclic = false, .odd = 1000});
  const std::vector<NodeId> goals = workload_goals(graph);
  const CutSets whole = cuts_of(graph, goals, {.order = 3, .budget = kUnhurried});
  REQUIRE_FALSE(whole.is_truncated());
  std::size_t orders_seen = 0;
  unsigned last_order = 0;
  for (std::size_t octets = std::size_t{1} << 14; octets < whole.memory() * 4; octets *= 2) {
    const CutSets cuts = cuts_of(graph, goals, {.order = 3, .budget = {.seconds = 1000, .octets = octets}});
    CHECK(cuts.is_truncated() == (cuts.order() < 3));
    CHECK(cuts.order() >= last_order);
    orders_seen += cuts.order() != last_order ? 1 : 0;
    last_order = cuts.order();
    for (const NodeId goal : goals) {
      std::vector<std::uint64_t> expected = whole.counts(goal);
      if (expected.size() > cuts.order() + 1) expected.resize(cuts.order() + 1);
      while (!expected.empty() && expected.back() == 0) expected.pop_back();
      REQUIRE(cuts.counts(goal) == expected);
    }
  }
  CHECK(orders_seen >= 2);
  CHECK(last_order == 3);
  const CutSets none = cuts_of(graph, goals, {.order = CutOptions::kEveryOrder, .budget = {.seconds = 0, .octets = 1}});
  CHECK(none.is_truncated());
  CHECK(none.order() == 0);
}

TEST_CASE("cut sets: deep chains and long cycles are no danger to the stack", "[analyzer][faults][cuts]") {
  RequirementGraphBuilder builder;
  constexpr std::uint32_t kDepth = 20000;
  std::vector<RequirementGraphBuilder::Draft> nodes;
  for (std::uint32_t at = 0; at < kDepth; ++at) {
    nodes.push_back(builder.node(NodeKind::resolver, std::to_string(1000000 + at)));
    builder.describe(nodes.back()).failure = Failure::component;
  }
  for (std::uint32_t at = 0; at + 2 < kDepth; ++at) builder.need_all(nodes[at], {{nodes[at + 2], {}}});
  const auto goal = builder.node(NodeKind::workload, "goal");
  builder.need_any(goal, {{nodes[0], {}}, {nodes[1], {}}});
  const RequirementGraph graph = std::move(builder).freeze();
  const std::vector<NodeId> goals = workload_goals(graph);
  const CutSets pairs = cuts_of(graph, goals, {.order = 2, .budget = kUnhurried});
  CHECK(pairs.counts(goals[0]) == std::vector<std::uint64_t>{0, 0, std::uint64_t{kDepth} * kDepth / 4});
}

}  // namespace mainstay
