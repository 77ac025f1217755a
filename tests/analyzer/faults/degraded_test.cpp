#include "analyzer/faults/degraded.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "analyzer/faults/fixed_points.h"
#include "tests/analyzer/faults/graphs.h"

namespace mainstay {
namespace {

constexpr double kTiny = 1e-9;

bool holds(const Share& share, double exact) { return share.lo <= exact + kTiny && exact <= share.hi + kTiny; }

/// A graph without cycles in which gates of every sort occur; node i needs later ones only.
RequirementGraph random_gates(std::mt19937& random, std::uint32_t nodes) {
  const auto below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
  RequirementGraphBuilder builder;
  std::vector<RequirementGraphBuilder::Draft> drafts;
  for (std::uint32_t at = 0; at < nodes; ++at)
    drafts.push_back(builder.node(NodeKind::question, std::string(1, static_cast<char>('a' + at))));
  for (std::uint32_t at = 0; at + 1 < nodes; ++at) {
    for (std::uint32_t group = below(3); group > 0; --group) {
      std::vector<RequirementGraphBuilder::Need> members;
      for (std::uint32_t count = 1 + below(3); count > 0; --count) members.push_back({drafts[at + 1 + below(nodes - at - 1)], {}});
      const auto needed = 1 + below(static_cast<std::uint32_t>(members.size()));
      builder.need(drafts[at], std::move(members), needed, static_cast<Choice>(below(3)), 0);
    }
  }
  return std::move(builder).freeze();
}

/// Plays queries: `pick` says which live member a gate asks that chooses; a k-of-n gate is lost when too many of its members are.
std::vector<bool> lost_in_one_query(const RequirementGraph& graph, const std::vector<bool>& works, const std::vector<bool>& faulty,
                                    auto&& pick) {
  std::vector<bool> lost(graph.size());
  for (std::uint32_t node = static_cast<std::uint32_t>(graph.size()); node-- > 0;) {
    if (!works[node]) continue;
    bool bad = faulty[node];
    for (const Group& group : graph.groups(NodeId(node))) {
      std::vector<std::uint32_t> live;
      for (const Member& member : graph.members(group)) {
        if (works[index(member.node)]) live.push_back(index(member.node));
      }
      const bool chooses = group.needed == 1 && group.count > 1;
      if (chooses) {
        bad = bad || lost[group.choice == Choice::ordered ? live.front() : live[pick(static_cast<std::uint32_t>(live.size()))]];
      } else {
        const auto good = std::count_if(live.begin(), live.end(), [&](std::uint32_t member) { return !lost[member]; });
        bad = bad || good < static_cast<std::ptrdiff_t>(group.needed);
      }
    }
    lost[node] = bad;
  }
  return lost;
}

}  // namespace

TEST_CASE("degraded: at least k of n events, by the formulas of the books", "[analyzer][degraded]") {
  struct Row {
    const char* title;
    std::vector<Share> events;
    std::size_t times;
    Share expected;
  };
  const Row rows[] = {
      {"one of two: between the larger one and the sum", {{0.3, 0.3}, {0.5, 0.5}}, 1, {0.5, 0.8}},
      {"one of two: never more than certain", {{0.7, 0.7}, {0.5, 0.5}}, 1, {0.7, 1}},
      {"both of two", {{0.7, 0.7}, {0.5, 0.5}}, 2, {0.2, 0.5}},
      {"both of two that may exclude each other", {{0.3, 0.3}, {0.5, 0.5}}, 2, {0, 0.3}},
      {"two of three: half of the sum", {{0.2, 0.2}, {0.2, 0.2}, {0.2, 0.2}}, 2, {0, 0.3}},
      {"two of three, one of them certain", {{1, 1}, {0.2, 0.2}, {0.2, 0.2}}, 2, {0.2, 0.4}},
      {"intervals keep their ends", {{0, 0.5}, {0.25, 0.75}}, 1, {0.25, 1}},
      {"nothing is asked for", {}, 0, {1, 1}},
      {"more than there are", {{1, 1}}, 2, {0, 0}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Share got = at_least(row.events, row.times);
      CHECK(got.lo == Approx(row.expected.lo).margin(kTiny));
      CHECK(got.hi == Approx(row.expected.hi).margin(kTiny));
    }
}

TEST_CASE("degraded: at least k of n events lies within the bounds however they depend on each other", "[analyzer][degraded]") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t count = 1 + random() % 4;
    std::vector<double> atoms(std::size_t{1} << count);
    double sum = 0;
    for (double& one : atoms) sum += one = random() % 3 == 0 ? static_cast<double>(random() % 100) : 0;
    if (sum == 0) continue;
    std::vector<Share> events(count);
    std::vector<double> exact(count + 2);
    for (std::size_t atom = 0; atom < atoms.size(); ++atom) {
      std::size_t happen = 0;
      for (std::size_t event = 0; event < count; ++event) {
        if ((atom >> event & 1) == 0) continue;
        ++happen;
        events[event] = {events[event].lo + atoms[atom] / sum, events[event].hi + atoms[atom] / sum};
      }
      for (std::size_t times = 0; times <= happen; ++times) exact[times] += atoms[atom] / sum;
    }
    for (std::size_t times = 0; times <= count + 1; ++times) CHECK(holds(at_least(events, times), exact[times]));
  }
}

TEST_CASE("degraded: queries that are played one by one stay within the bounds", "[analyzer][degraded]") {
  std::mt19937 random(11);
  std::size_t degraded = 0;
  for (int round = 0; round < 400; ++round) {
    const RequirementGraph graph = random_gates(random, 8);
    FixedPoints points(graph);
    std::vector<bool> faulty(graph.size());
    std::vector<Fault> faults;
    std::vector<NodeId> dead;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      const std::uint32_t fate = static_cast<std::uint32_t>(random() % 8);
      if (fate == 0) dead.push_back(NodeId(node));
      if (fate == 0) faults.push_back({NodeId(node), FaultMode::closed});
      if (fate == 1) faults.push_back({NodeId(node), FaultMode::wrong_negative});
      faulty[node] = fate == 1;
    }
    const std::vector<bool> works = points.settled(dead);
    const std::vector<Share> shares = lost_shares(graph, points.gates(), works, faults);
    // Two ways of choosing: each gate for itself, and all gates by one throw, so that their losses fall together or exclude each other.
    for (const bool together : {false, true}) {
      constexpr int kQueries = 600;
      std::vector<int> lost(graph.size());
      for (int query = 0; query < kQueries; ++query) {
        const auto pick = [&](std::uint32_t live) {
          return together ? static_cast<std::uint32_t>(query) % live : static_cast<std::uint32_t>(random() % live);
        };
        const std::vector<bool> one = lost_in_one_query(graph, works, faulty, pick);
        for (std::size_t node = 0; node < one.size(); ++node) lost[node] += one[node] ? 1 : 0;
      }
      for (std::size_t node = 0; node < graph.size(); ++node) {
        if (!works[node]) continue;
        const double seen = static_cast<double>(lost[node]) / kQueries;
        const double slack = together ? kTiny : 0.12;  // six standard deviations of 600 throws of a coin
        INFO("round " << round << ", node " << node << ", " << shares[node].lo << " to " << shares[node].hi << ", seen " << seen);
        CHECK(shares[node].lo <= seen + slack);
        CHECK(seen <= shares[node].hi + slack);
        degraded += seen > 0 && seen < 1 ? 1 : 0;
      }
    }
  }
  CHECK(degraded > 50);
}

TEST_CASE("degraded: what an ordered, a random and a parallel list lose to one member that lies", "[analyzer][degraded]") {
  struct Row {
    const char* title;
    Choice choice;
    const char* liar;
    const char* dead;  // empty: all others work
    FaultMode mode;
    Share expected;
  };
  const Row rows[] = {
      {"ordered: the first member answers everything", Choice::ordered, "a", "", FaultMode::wrong_negative, {1, 1}},
      {"ordered: the second member answers nothing", Choice::ordered, "b", "", FaultMode::wrong_negative, {0, 0}},
      {"ordered: the second member when the first is dead", Choice::ordered, "b", "a", FaultMode::wrong_answer, {1, 1}},
      {"random: one of three", Choice::random, "b", "", FaultMode::wrong_negative, {1.0 / 3, 1.0 / 3}},
      {"random: one of three with one dead, whoever stands in for it",
       Choice::random,
       "b",
       "a",
       FaultMode::wrong_negative,
       {1.0 / 3, 2.0 / 3}},
      {"parallel: whoever answers first", Choice::parallel, "b", "", FaultMode::wrong_negative, {0, 1}},
      {"stale: nobody knows how much of it is still true", Choice::ordered, "a", "", FaultMode::stale, {0, 1}},
      {"slow: late, but right", Choice::ordered, "a", "", FaultMode::slow, {0, 0}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      RequirementGraphBuilder builder;
      std::vector<RequirementGraphBuilder::Need> members;
      for (const char* name : {"a", "b", "c"}) members.push_back({builder.node(NodeKind::question, name), {}});
      builder.need_any(builder.node(NodeKind::lookup, "list"), std::move(members), row.choice);
      const RequirementGraph graph = std::move(builder).freeze();
      FixedPoints points(graph);
      std::vector<NodeId> dead;
      if (*row.dead != '\0') dead.push_back(*graph.find(NodeKind::question, row.dead));
      const std::vector<Fault> faults{{*graph.find(NodeKind::question, row.liar), row.mode}};
      const std::vector<Share> shares = lost_shares(graph, points.gates(), points.settled(dead), faults);
      const Share got = shares[index(*graph.find(NodeKind::lookup, "list"))];
      CHECK(got.lo == Approx(row.expected.lo).margin(kTiny));
      CHECK(got.hi == Approx(row.expected.hi).margin(kTiny));
    }
}

TEST_CASE("degraded: a workload tries its alternatives until one works", "[analyzer][degraded]") {
  const RequirementGraph graph = testing::graph_of("w [any a b]\n");
  FixedPoints points(graph);
  const std::vector<Fault> one{{testing::at(graph, "a"), FaultMode::wrong_answer}};
  const std::vector<Fault> both{{testing::at(graph, "a"), FaultMode::wrong_answer}, {testing::at(graph, "b"), FaultMode::wrong_answer}};
  CHECK(lost_shares(graph, points.gates(), points.settled(), one)[index(testing::at(graph, "w"))] == Share{0, 0});
  CHECK(lost_shares(graph, points.gates(), points.settled(), both)[index(testing::at(graph, "w"))] == Share{1, 1});
}

TEST_CASE("degraded: a loss needs a cause, on a cycle too", "[analyzer][degraded]") {
  // Two that forward to each other and to one that lies, or to one that does not.
  const RequirementGraph graph = testing::graph_of("a [all b c]\nb [all a d]\n");
  FixedPoints points(graph);
  const std::vector<bool> works = points.settled();
  const std::vector<Fault> lies{{testing::at(graph, "c"), FaultMode::wrong_answer}};
  const std::vector<Share> shares = lost_shares(graph, points.gates(), works, lies);
  CHECK(shares[index(testing::at(graph, "a"))] == Share{1, 1});
  CHECK(shares[index(testing::at(graph, "b"))] == Share{1, 1});
  CHECK(shares[index(testing::at(graph, "d"))] == Share{0, 0});
  for (const Share& one : lost_shares(graph, points.gates(), works, {})) CHECK(one == Share{0, 0});
}

TEST_CASE("fault modes: each kind of node has those that make sense for it", "[analyzer][faults]") {
  for (std::uint8_t kind = 0; kind <= static_cast<std::uint8_t>(NodeKind::parent); ++kind) {
    for (const FaultMode mode : modes_of(static_cast<NodeKind>(kind))) {
      CHECK(fault_mode_of(word(mode)) == mode);
      CHECK_FALSE((gives_no_answer(mode) && gives_wrong_answer(mode)));
    }
  }
  CHECK(modes_of(NodeKind::resolver).size() == words(FaultMode{}).size());
  CHECK(modes_of(NodeKind::failure_domain).size() == 1);
  CHECK(modes_of(NodeKind::lookup).empty());
  CHECK(usual_mode(NodeKind::zone) == FaultMode::silent);
  CHECK(fault_mode_of("nxdomain") == FaultMode::wrong_negative);
  CHECK_FALSE(fault_mode_of("down"));
}

}  // namespace mainstay
