#include "analyzer/faults/fix_plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;
using testing::names;

namespace {

FixPlan plan_of(const RequirementGraph& graph, const std::vector<NodeId>& goals, const CutBudget& budget = {.seconds = 1000}) {
  FixedPoints points(graph);
  const SingleFaults faults(graph, points);
  return fix_plan(graph, points, faults, goals, budget);
}

std::vector<NodeId> nodes_of(const FixPlan& plan) {
  std::vector<NodeId> nodes;
  for (const FixStep& step : plan.steps) nodes.push_back(step.node);
  return nodes;
}

/// The graph in which whoever needed one of these nodes needs it or a new component that needs nothing.
RequirementGraph with_alternatives(const RequirementGraph& graph, const std::set<NodeId>& to) {
  RequirementGraphBuilder builder;
  const auto same = [&](NodeId id) {
    const Node& node = graph.node(id);
    const auto draft = builder.node(node.kind, node.name);
    builder.describe(draft).failure = node.failure;
    return draft;
  };
  const auto needed = [&](NodeId id) {
    if (!to.contains(id)) return same(id);
    const auto second = builder.node(NodeKind::provider, "second " + graph.node(id).name);
    builder.describe(second).failure = Failure::component;
    bool is_new = false;
    const auto either = builder.node(NodeKind::question, "either " + graph.node(id).name, &is_new);
    if (is_new) builder.need_any(either, {{same(id), {}}, {second, {}}});
    return either;
  };
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    const auto owner = same(NodeId(node));
    for (const Group& group : graph.groups(NodeId(node))) {
      std::vector<RequirementGraphBuilder::Need> members;
      for (const Member& member : graph.members(group)) members.push_back({needed(member.node), {}});
      builder.need(owner, std::move(members), group.needed, group.choice, 0);
    }
  }
  return std::move(builder).freeze();
}

/// Whether no component but a goal is a single point of failure of a goal any more.
bool mends(const RequirementGraph& graph, const std::vector<NodeId>& goals, const std::set<NodeId>& to) {
  const RequirementGraph better = with_alternatives(graph, to);
  const SingleFaults faults(better);
  std::set<std::string> goal_names;
  for (const NodeId goal : goals) goal_names.insert(graph.node(goal).name);
  for (const NodeId goal : goals) {
    const NodeId now = *better.find(graph.node(goal).kind, graph.node(goal).name);
    for (const NodeId fault : faults.of(now)) {
      if (better.node(fault).failure == Failure::component && !goal_names.contains(better.node(fault).name)) return false;
    }
  }
  return true;
}

/// The definition: settled in the sense of fixed_points.h, with the nodes of `held` working whatever happens.
std::vector<bool> settled_with(const RequirementGraph& graph, NodeId fault, const std::set<NodeId>& held) {
  const std::vector<bool> cold_true = testing::plain_cold(graph, {});
  std::vector<bool> works(graph.size(), false);
  const auto step = [&](std::uint32_t node) {
    if (held.contains(NodeId(node))) return true;
    if (NodeId(node) == fault) return false;
    for (const Group& group : graph.groups(NodeId(node))) {
      std::uint32_t working = 0;
      for (const Member& member : graph.members(group)) working += works[index(member.node)];
      if (working < group.needed) return false;
    }
    return true;
  };
  for (bool grows = true; grows;) {
    grows = false;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (!cold_true[node]) works[node] = true;
    }
    for (bool shrinks = true; shrinks;) {
      shrinks = false;
      for (std::uint32_t node = 0; node < graph.size(); ++node) {
        if (cold_true[node] || !works[node] || step(node)) continue;
        works[node] = false;
        shrinks = true;
      }
    }
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (!cold_true[node] || works[node] || !step(node)) continue;
      works[node] = true;
      grows = true;
    }
  }
  return works;
}

bool mends_by_definition(const RequirementGraph& graph, const std::vector<NodeId>& goals, const std::set<NodeId>& held) {
  const SingleFaults faults(graph);
  for (const NodeId goal : goals) {
    for (const NodeId fault : faults.of(goal)) {
      const bool is_goal = std::find(goals.begin(), goals.end(), fault) != goals.end();
      if (is_goal || graph.node(fault).failure == Failure::inherent) continue;
      if (!settled_with(graph, fault, held)[index(goal)]) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("fix plan: the fewest alternatives", "[analyzer][faults][plan]") {
  struct Row {
    const char* title;
    const char* graph;
    const char* plan;
    const char* inherent;
  };
  const Row rows[] = {
      {"nothing to mend", "w' [any a b]", "", ""},
      {"one", "w' [all a]", "a", ""},
      {"what a resolver needs is mended with it", "w' [all resolver]\nresolver [all host]\nhost [all rack]", "resolver", ""},
      {"two prerequisites are two", "w' [all a b]", "a b", ""},
      {"what both need is one", "w' [any a b]\na [all h]\nb [all h]", "a", ""},
      {"one place mends two goals", "w1' [all a x']\nw2' [all a y']\nx' [any p q]\ny' [any p q]", "a", ""},
      {"what is inherent stays", "w' [all a tld!]", "a", "tld!"},
      {"what can never work is not asked about", "w' [2 a]", "", ""},
      {"a bootstrap cycle", "w' [all dns]\ndns [all vault host]\nvault [all dns]", "dns", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      const FixPlan plan = plan_of(graph, workload_goals(graph));
      CHECK(names(graph, nodes_of(plan)) == row.plan);
      CHECK(names(graph, plan.inherent) == row.inherent);
      CHECK(plan.is_smallest);
    }
}

TEST_CASE("fix plan: each step says what it removes", "[analyzer][faults][plan]") {
  const RequirementGraph graph = graph_of("w' [all resolver vault]\nresolver [all host]\nhost [all rack]");
  const FixPlan plan = plan_of(graph, workload_goals(graph));
  REQUIRE(plan.steps.size() == 2);
  CHECK(names(graph, {plan.steps[0].node}) == "resolver");
  CHECK(names(graph, plan.steps[0].removes) == "host rack resolver");
  CHECK(names(graph, plan.steps[1].removes) == "vault");
}

TEST_CASE("fix plan: it mends, and nothing smaller does, on random graphs", "[analyzer][faults][plan]") {
  std::mt19937 random(31);
  std::size_t steps = 0;
  std::size_t smaller_tried = 0;
  std::size_t wrong = 0;
  for (int round = 0; round < 600; ++round) {
    const bool cyclic = round % 2 == 0;
    const RequirementGraph graph =
        testing::random_graph(random, {.nodes = 9, .members = 3, .cyclic = cyclic, .odd = 1000, .redundant = round % 4 > 1});
    const std::vector<NodeId> goals = workload_goals(graph);
    const FixPlan plan = plan_of(graph, goals);
    const std::vector<NodeId> chosen = nodes_of(plan);
    wrong += !plan.is_smallest;
    wrong += !mends_by_definition(graph, goals, {chosen.begin(), chosen.end()});
    // With real alternatives; a cycle may be another one with them.
    if (!cyclic) wrong += !mends(graph, goals, {chosen.begin(), chosen.end()});
    steps += chosen.size();
    std::vector<NodeId> candidates;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (graph.node(NodeId(node)).failure == Failure::component && std::find(goals.begin(), goals.end(), NodeId(node)) == goals.end()) {
        candidates.push_back(NodeId(node));
      }
    }
    for (std::uint32_t bits = 0; bits < 1u << candidates.size(); ++bits) {
      if (static_cast<std::size_t>(__builtin_popcount(bits)) >= chosen.size()) continue;
      std::set<NodeId> fewer;
      for (std::size_t at = 0; at < candidates.size(); ++at) {
        if ((bits >> at & 1u) != 0) fewer.insert(candidates[at]);
      }
      wrong += mends_by_definition(graph, goals, fewer);
      ++smaller_tried;
    }
  }
  CHECK(steps > 300);
  CHECK(smaller_tried > 1000);
  CHECK(wrong == 0);
}

TEST_CASE("fix plan: without a budget it is greedy, says so, and still mends", "[analyzer][faults][plan]") {
  std::mt19937 random(32);
  std::size_t greedy = 0;
  for (int round = 0; round < 12; ++round) {
    const RequirementGraph graph = testing::random_graph(random, {.nodes = 300, .members = 3, .cyclic = false, .odd = 1000});
    const std::vector<NodeId> goals = workload_goals(graph);
    const FixPlan plan = plan_of(graph, goals, {.seconds = 1000, .octets = 1});
    const std::vector<NodeId> chosen = nodes_of(plan);
    REQUIRE(mends(graph, goals, {chosen.begin(), chosen.end()}));
    greedy += !plan.is_smallest;
  }
  CHECK(greedy > 5);
}

}  // namespace mainstay
