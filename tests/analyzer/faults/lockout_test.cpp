#include "analyzer/faults/lockout.h"

#include <catch2/catch.hpp>

#include "tests/analyzer/faults/graphs.h"

namespace mainstay {
namespace {

constexpr Longest kUnknown{0, Longest::kForever};

/// A chain as the expansion makes it: use, lookup, two questions in a row (one server forwards to the other), iteration, zone.
/// `b` is a second server that the first one may forward to.
struct Chain {
  RequirementGraph graph;
  std::unordered_map<NodeId, std::vector<Hold>> holds;

  NodeId node(NodeKind kind, const char* name) const { return *graph.find(kind, name); }
};

Hold hold(HoldKind kind, Longest lasts) { return {.kind = kind, .what = "x", .lasts = lasts, .reasons = {}}; }

Chain chain() {
  RequirementGraphBuilder builder;
  const auto node = [&](NodeKind kind, const char* name, const char* label = "") {
    const auto draft = builder.node(kind, name);
    builder.describe(draft).label = label;
    builder.describe(draft).failure = Failure::component;
    return draft;
  };
  const auto use = node(NodeKind::use, "use");
  const auto endpoint = node(NodeKind::endpoint, "idp");
  const auto lookup = node(NodeKind::lookup, "n@stub", "n");
  const auto edge = node(NodeKind::question, "n@edge", "n");
  const auto core = node(NodeKind::question, "n@core", "n");
  const auto iteration = node(NodeKind::iteration, "n", "n");
  builder.need_all(node(NodeKind::workload, "w"), {{use, {}}});
  builder.need_all(use, {{endpoint, {}}, {lookup, {}}});
  builder.need_any(lookup, {{edge, {}}});
  builder.need_all(edge, {{node(NodeKind::resolver, "edge"), {}}});
  builder.need_any(edge, {{core, {}}});
  builder.need_all(core, {{node(NodeKind::resolver, "core"), {}}});
  builder.need_all(core, {{iteration, {}}});
  builder.need_all(iteration, {{node(NodeKind::zone, "zone"), {}}});
  return {std::move(builder).freeze(), {}};
}

Longest lockout(const Chain& chain, NodeId failed) {
  FixedPoints points(chain.graph);
  const Holds holds(chain.holds);
  const Endings endings(chain.graph, points, holds, points.what_if({&failed, 1}), {&failed, 1});
  const Ending* ending = endings.of(chain.node(NodeKind::workload, "w"));
  REQUIRE(ending != nullptr);
  return ending->longest;
}

}  // namespace

TEST_CASE("lock-out: what is held outlives the fault", "[analyzer][lockout]") {
  struct Row {
    const char* title;
    NodeKind kind;
    const char* failed;
    Longest edge_ttl, edge_stale, core_ttl, core_stale, token;
    Longest expected;
  };
  const Longest none{0, 0};
  const Row rows[] = {
      {"the zone is gone: the cached answer", NodeKind::zone, "zone", {300, 300}, none, {300, 300}, none, none, {300, 300}},
      {"two caches in a row do not add up", NodeKind::zone, "zone", {300, 300}, none, {3600, 3600}, none, none, {3600, 3600}},
      {"and then the token", NodeKind::zone, "zone", {300, 300}, none, {300, 300}, none, {900, 900}, {1200, 1200}},
      {"a stale window comes on top", NodeKind::zone, "zone", {300, 300}, none, {300, 300}, {86400, 86400}, none, {86700, 86700}},
      {"the caching server itself is gone, its cache with it",
       NodeKind::resolver,
       "edge",
       {300, 300},
       {600, 600},
       {300, 300},
       none,
       {900, 900},
       {900, 900}},
      {"the second server is gone: the first one's cache is left",
       NodeKind::resolver,
       "core",
       {300, 300},
       none,
       {3600, 3600},
       none,
       none,
       {300, 300}},
      {"the endpoint is gone: only the token", NodeKind::endpoint, "idp", {300, 300}, none, {300, 300}, none, {900, 900}, {900, 900}},
      {"nothing is held", NodeKind::resolver, "edge", none, none, none, none, none, none},
      {"an unknown TTL is said", NodeKind::zone, "zone", kUnknown, none, kUnknown, none, none, kUnknown},
      {"an unknown token on top of a known TTL",
       NodeKind::zone,
       "zone",
       {300, 300},
       none,
       {300, 300},
       none,
       kUnknown,
       {300, Longest::kForever}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Chain one = chain();
      one.holds[one.node(NodeKind::question, "n@edge")] = {hold(HoldKind::answer, row.edge_ttl), hold(HoldKind::stale, row.edge_stale)};
      one.holds[one.node(NodeKind::question, "n@core")] = {hold(HoldKind::answer, row.core_ttl), hold(HoldKind::stale, row.core_stale)};
      one.holds[one.node(NodeKind::use, "use")] = {hold(HoldKind::credential, row.token)};
      const Longest got = lockout(one, one.node(row.kind, row.failed));
      CHECK(got.known == row.expected.known);
      CHECK(got.most == row.expected.most);
    }
}

TEST_CASE("lock-out: gates take the earliest, the latest, or the one in between", "[analyzer][lockout]") {
  struct Row {
    const char* title;
    std::uint32_t needed;
    std::uint64_t expected;
  };
  const Row rows[] = {{"all", 3, 10}, {"two of three", 2, 20}, {"any", 1, 30}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      RequirementGraphBuilder builder;
      const auto cause = builder.node(NodeKind::resolver, "r");
      std::vector<RequirementGraphBuilder::Need> members;
      for (const char* name : {"a", "b", "c"}) {
        members.push_back({builder.node(NodeKind::use, name), {}});
        builder.need_all(members.back().node, {{cause, {}}});
      }
      builder.need(builder.node(NodeKind::workload, "w"), std::move(members), row.needed, Choice::ordered, 0);
      Chain one{std::move(builder).freeze(), {}};
      std::uint64_t seconds = 0;
      for (const char* name : {"a", "b", "c"}) {
        seconds += 10;
        one.holds[one.node(NodeKind::use, name)] = {hold(HoldKind::credential, {seconds, seconds})};
      }
      CHECK(lockout(one, one.node(NodeKind::resolver, "r")) == Longest{row.expected, row.expected});
    }
}

TEST_CASE("lock-out: servers that feed each other's caches come to an end or are called unknown", "[analyzer][lockout]") {
  RequirementGraphBuilder builder;
  const auto left = builder.node(NodeKind::question, "n@left");
  const auto right = builder.node(NodeKind::question, "n@right");
  const auto zone = builder.node(NodeKind::zone, "zone");
  for (const auto& draft : {left, right}) builder.describe(draft).label = "n";
  builder.need_any(left, {{right, {}}, {zone, {}}});
  builder.need_any(right, {{left, {}}, {zone, {}}});
  builder.need_all(builder.node(NodeKind::workload, "w"), {{left, {}}});
  Chain one{std::move(builder).freeze(), {}};
  const auto lasts = [&](Longest stale) {
    for (const char* name : {"n@left", "n@right"}) {
      one.holds[one.node(NodeKind::question, name)] = {hold(HoldKind::answer, {300, 300}), hold(HoldKind::stale, stale)};
    }
    return lockout(one, one.node(NodeKind::zone, "zone"));
  };
  CHECK(lasts({0, 0}) == Longest{300, 300});
  CHECK(lasts({60, 60}).most == Longest::kForever);
}

TEST_CASE("lock-out: an alternative that never worked holds nobody up", "[analyzer][lockout]") {
  RequirementGraphBuilder builder;
  const auto node = [&](NodeKind kind, const char* name) {
    const auto draft = builder.node(kind, name);
    builder.describe(draft).failure = Failure::component;
    return draft;
  };
  const auto broken = node(NodeKind::question, "broken");
  builder.need(broken, {{node(NodeKind::resolver, "there"), {}}}, 2, Choice::ordered, 0);
  builder.need_any(node(NodeKind::workload, "w"), {{broken, {}}, {node(NodeKind::question, "good"), {}}});
  const RequirementGraph graph = std::move(builder).freeze();
  FixedPoints points(graph);
  const Holds holds(std::unordered_map<NodeId, std::vector<Hold>>{});
  const std::vector<NodeId> failed{*graph.find(NodeKind::question, "good")};
  const Endings endings(graph, points, holds, points.what_if(failed), failed);
  const Ending* ending = endings.of(*graph.find(NodeKind::workload, "w"));
  REQUIRE(ending != nullptr);
  CHECK(ending->longest == Longest{0, 0});
}

}  // namespace mainstay
