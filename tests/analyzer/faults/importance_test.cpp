#include "analyzer/faults/importance.h"

#include <catch2/catch.hpp>

#include "analyzer/faults/cut_sets.h"
#include "analyzer/faults/single_faults.h"
#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;

namespace {

constexpr double kEach = 0.1;

Unavailability asked(const RequirementGraph& graph, NodeId goal, CutOptions options) {
  options.budget.seconds = 100'000;  // sanitizers on a busy machine are slow
  CutSets cuts(FixedPoints(graph), FaultSources::components(graph), {&goal, 1}, options);
  return cuts.unavailability(goal, std::vector<double>(graph.size(), kEach));
}

/// The probability that a node does not work, by looking at every set of failed components; `given` is failed, or works, for certain.
double plain_probability(const RequirementGraph& graph, NodeId goal, const std::vector<double>& unavailable) {
  std::vector<NodeId> components;
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (graph.node(NodeId(node)).failure != Failure::derived) components.push_back(NodeId(node));
  }
  double sum = 0;
  for (std::uint32_t chosen = 0; chosen < 1u << components.size(); ++chosen) {
    std::vector<NodeId> failed;
    double probability = 1;
    for (std::size_t bit = 0; bit < components.size(); ++bit) {
      const bool has_failed = (chosen >> bit & 1u) != 0;
      if (has_failed) failed.push_back(components[bit]);
      probability *= has_failed ? unavailable[index(components[bit])] : 1 - unavailable[index(components[bit])];
    }
    if (probability > 0 && !testing::plain_settled(graph, failed)[index(goal)]) sum += probability;
  }
  return sum;
}

}  // namespace

TEST_CASE("importance: small goals, by hand", "[analyzer][faults][importance]") {
  struct Row {
    const char* title;
    const char* graph;
    double probability;
    double birnbaum;  // of a
    double fussell_vesely;
  };
  const Row rows[] = {
      {"one component", "w' [all a]", 0.1, 1, 1},
      {"two in series", "w' [all a b]", 0.19, 0.9, 0.09 / 0.19},
      {"two alternatives", "w' [any a b]", 0.01, 0.1, 1},
      {"two of three", "w' [2 a b c]", 0.028, 0.18, (0.028 - 0.01) / 0.028},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      const Unavailability found = asked(graph, workload_goals(graph)[0], {.order = CutOptions::kEveryOrder});
      CHECK(found.probability == Approx(row.probability));
      CHECK_FALSE(found.is_rare_event);
      const std::uint32_t a = index(at(graph, "a"));
      const auto of_a = std::find_if(found.faults.begin(), found.faults.end(), [&](const Importance& one) { return one.fault == a; });
      REQUIRE(of_a != found.faults.end());
      CHECK(of_a->birnbaum == Approx(row.birnbaum));
      CHECK(of_a->fussell_vesely == Approx(row.fussell_vesely));
    }
}

TEST_CASE("importance: equal to summing over every set of failed components, on random graphs", "[analyzer][faults][importance]") {
  std::mt19937 random(21);
  std::size_t compared = 0;
  for (int round = 0; round < 300; ++round) {
    const RequirementGraph graph = testing::random_graph(
        random, {.nodes = 4 + static_cast<std::uint32_t>(random() % 6), .members = 3, .cyclic = round % 2 == 0, .redundant = true});
    const NodeId goal{static_cast<std::uint32_t>(random() % graph.size())};
    if (FixedPoints(graph).state(goal) == FaultState::never) continue;
    const Unavailability found = asked(graph, goal, {.order = CutOptions::kEveryOrder});
    std::vector<double> unavailable(graph.size(), kEach);
    REQUIRE(found.probability == Approx(plain_probability(graph, goal, unavailable)).margin(1e-12));
    for (const Importance& one : found.faults) {
      unavailable[one.fault] = 1;
      const double with = plain_probability(graph, goal, unavailable);
      unavailable[one.fault] = 0;
      const double without = plain_probability(graph, goal, unavailable);
      unavailable[one.fault] = kEach;
      REQUIRE(one.birnbaum == Approx(with - without).margin(1e-12));
      REQUIRE(one.fussell_vesely == Approx((found.probability - without) / found.probability).margin(1e-9));
      ++compared;
    }
  }
  CHECK(compared > 300);
}

TEST_CASE("importance: what is cut off makes it a lower bound", "[analyzer][faults][importance]") {
  const RequirementGraph graph = graph_of("w' [any a b] [any c d e]");
  const NodeId goal = workload_goals(graph)[0];
  CHECK(asked(graph, goal, {.order = 2}).probability == Approx(0.01));
  CHECK(asked(graph, goal, {.order = 3}).probability == Approx(1 - 0.99 * 0.999));
}

}  // namespace mainstay
