#include "analyzer/faults/carried_cuts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "analyzer/faults/single_faults.h"
#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::graph_of;

namespace {

constexpr CutBudget kUnhurried{.seconds = 100'000};  // sanitizers on a busy machine are slow

/// A graph that can be edited: for each node its groups, each with how many members are needed.
struct Editable {
  struct Needs {
    std::uint32_t needed = 0;
    std::vector<std::uint32_t> members;
  };
  std::vector<std::vector<Needs>> nodes;

  RequirementGraph graph() const {
    RequirementGraphBuilder builder;
    std::vector<RequirementGraphBuilder::Draft> drafts;
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      drafts.push_back(builder.node(NodeKind::resolver, std::to_string(1000000 + at)));
      builder.describe(drafts.back()).failure = Failure::component;
    }
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      for (const Needs& group : nodes[at]) {
        std::vector<RequirementGraphBuilder::Need> members;
        for (const std::uint32_t member : group.members) members.push_back({drafts[member], {}});
        builder.need(drafts[at], std::move(members), group.needed, Choice::ordered, 0);
      }
    }
    return std::move(builder).freeze();
  }

  /// How many nodes reach this one, itself included.
  std::size_t dependents(std::uint32_t node) const {
    std::vector<bool> seen(nodes.size(), false);
    seen[node] = true;
    for (bool grows = true; grows;) {
      grows = false;
      for (std::size_t at = 0; at < nodes.size(); ++at) {
        for (const Needs& group : nodes[at]) {
          for (const std::uint32_t member : group.members) {
            if (seen[at] || !seen[member]) continue;
            seen[at] = grows = true;
          }
        }
      }
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
  }
};

Editable random_editable(std::mt19937& random, std::uint32_t count) {
  Editable graph;
  graph.nodes.resize(count);
  for (std::uint32_t at = 0; at < count; ++at) {
    for (auto groups = random() % 3; groups > 0; --groups) {
      Editable::Needs group;
      for (auto left = 1 + random() % 3; left > 0; --left) {
        // Mostly what comes later, now and then anything: a few cycles.
        const bool back = random() % 12 == 0 || at + 1 == count;
        group.members.push_back(static_cast<std::uint32_t>(back ? random() % count : at + 1 + random() % (count - at - 1)));
      }
      std::sort(group.members.begin(), group.members.end());
      group.members.erase(std::unique(group.members.begin(), group.members.end()), group.members.end());
      group.needed = static_cast<std::uint32_t>(1 + random() % group.members.size());
      graph.nodes[at].push_back(std::move(group));
    }
  }
  return graph;
}

/// Nodes with answers that are not those of a graph that nothing was taken over for.
std::size_t differences(const CarriedCuts& carried, const RequirementGraph& graph, unsigned order) {
  std::vector<NodeId> nodes;
  for (std::uint32_t node = 0; node < graph.size(); ++node) nodes.push_back(NodeId(node));
  const CutSets anew(FixedPoints(graph), FaultSources::components(graph), nodes, {.order = order, .budget = kUnhurried});
  std::size_t wrong = 0;
  for (const NodeId node : nodes) {
    std::vector<std::vector<NodeId>> expected;
    for (const auto& set : anew.sets(node, 100000)) {
      expected.emplace_back();
      for (const std::uint32_t fault : set) expected.back().push_back(NodeId(fault));
    }
    std::vector<std::vector<NodeId>> found = carried.sets(node, 100000);
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    wrong += found != expected || carried.counts(node) != anew.counts(node);
  }
  return wrong;
}

}  // namespace

TEST_CASE("carried cuts: only what depends on a change is computed again", "[analyzer][faults][carried]") {
  struct Row {
    const char* title;
    const char* before;
    const char* after;
    std::size_t computed;
  };
  const Row rows[] = {
      {"nothing has changed", "w' [all a b]\na [all c]", "w' [all a b]\na [all c]", 0},
      {"members and groups in another order", "w' [any a b] [all c]", "w' [all c] [any b a]", 0},
      {"a gate at the top", "w' [all a b]\na [all c]", "w' [any a b]\na [all c]", 1},
      {"a gate below", "w' [all a b]\na [all c d]", "w' [all a b]\na [any c d]", 2},
      {"one more component at the bottom", "w' [all a b]\na [all c]\nb [all d]", "w' [all a b]\na [all c]\nb [all d]\nd [all e]", 4},
      {"a component that is inherent now", "w' [all a b]", "w' [all a! b]", 2},
      {"a cycle as a whole", "w' [all a x]\na [any b s]\nb [any a t]", "w' [all a x]\na [any b s]\nb [any a u]", 4},
      {"beside a cycle", "w' [all a x]\na [any b s]\nb [any a t]", "w' [any a x]\na [any b s]\nb [any a t]", 1},
      {"all is new", "w' [all a]", "w' [all b]", 2},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CarriedCuts carried(3, kUnhurried);
      const RequirementGraph before = graph_of(row.before);
      const RequirementGraph after = graph_of(row.after);
      const CarriedCuts::Update first = carried.update(before);
      CHECK(first.computed == before.size());
      CHECK(differences(carried, before, 3) == 0);
      const CarriedCuts::Update second = carried.update(after);
      CHECK(second.computed == row.computed);
      CHECK(second.computed + second.carried == after.size());
      CHECK(differences(carried, after, 3) == 0);
    }
}

TEST_CASE("carried cuts: equal to computing anew after random edits", "[analyzer][faults][carried]") {
  std::mt19937 random(41);
  std::size_t wrong = 0;
  std::size_t carried_over = 0;
  for (int round = 0; round < 60; ++round) {
    Editable editable = random_editable(random, 40);
    CarriedCuts carried(3, kUnhurried);
    carried.update(editable.graph());
    for (int edit = 0; edit < 10; ++edit) {
      const auto changed = static_cast<std::uint32_t>(random() % editable.nodes.size());
      std::size_t made = 0;
      if (random() % 2 == 0 && !editable.nodes[changed].empty()) {
        editable.nodes[changed].pop_back();
      } else {
        editable.nodes[changed].push_back({1, {static_cast<std::uint32_t>(editable.nodes.size())}});
        editable.nodes.emplace_back();
        made = 1;
      }
      const RequirementGraph graph = editable.graph();
      const CarriedCuts::Update update = carried.update(graph);
      wrong += !update.complete;
      wrong += update.computed != editable.dependents(changed) + made;
      wrong += differences(carried, graph, 3);
      carried_over += update.carried;
    }
  }
  CHECK(carried_over > 10000);
  CHECK(wrong == 0);
}

TEST_CASE("carried cuts: a budget that is used up is said, and the next graph starts anew", "[analyzer][faults][carried]") {
  std::mt19937 random(42);
  const RequirementGraph large = random_editable(random, 400).graph();
  const RequirementGraph small = graph_of("w' [any a b]");
  CarriedCuts carried(3, {.seconds = 1000, .octets = std::size_t{1} << 17});
  CHECK_FALSE(carried.update(large).complete);
  CHECK(carried.update(small).complete);
  CHECK(differences(carried, small, 3) == 0);
}

}  // namespace mainstay
