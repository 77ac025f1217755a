#include "analyzer/report/cuts_screen.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analyzer/report/cuts_json.h"
#include "tests/analyzer/scanned.h"

namespace mainstay {
namespace {

std::string screen(const Analysis& analysis, const CommonCause& cause, const CutTable& table, const CutsShown& shown) {
  std::ostringstream out;
  print_cuts(analysis, cause, table, shown, out);
  return out.str();
}

}  // namespace

TEST_CASE("cuts screen: what is not known is said", "[analyzer][report][cuts-screen]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/rules/spof-resolver/bad"});
  const Analysis& analysis = *loaded->analysis;
  const CommonCause cause = common_cause(analysis, Grouping::component);
  CutRow row{.goals = {analysis.goals().begin(), analysis.goals().end()}};
  row.listed = 3;

  SECTION("no workload at all, and one of which no resolver is known") {
    CHECK_THAT(screen(analysis, cause, {.rows = {}, .order = 3}, {}), Catch::Contains("no workload here needs an identity endpoint"));
    row.listed = 0;
    CHECK_THAT(screen(analysis, cause, {.rows = {row}, .order = 3}, {}), Catch::Contains("no resolver is known"));
  }
  SECTION("truncated at the order that is complete") {
    const std::string text = screen(analysis, cause, {.rows = {row}, .order = 2, .truncated = true}, {.order = 4});
    CHECK_THAT(text, Catch::Contains("truncated at order 2: sets of up to 4 were asked for"));
    CHECK_THAT(text, Catch::Contains("nothing known of up to 2 fails it"));
  }
  SECTION("more sets than can be counted") {
    row.smallest = 2;
    row.counts = {0, 0, kCountless};
    row.sets = {{0, 0}};
    const std::string text = screen(analysis, cause, {.rows = {row}, .order = 3}, {});
    CHECK_THAT(text,
               Catch::Contains("cuts: 18446744073709551615 or more of 2; redundancy degree 2, resolvers listed 3, false redundancy 1"));
    CHECK_THAT(text, Catch::Contains("many more: --limit shows them"));
    const nlohmann::json root = nlohmann::json::parse(cuts_json(analysis, cause, {.rows = {row}, .order = 3}, {}));
    CHECK(root["rows"][0]["counts"] == nlohmann::json::parse("[0, null]"));
    CHECK(root["rows"][0]["false_redundancy"] == 1);
  }
  SECTION("a sum instead of a probability") {
    row.unavailability = Unavailability{.probability = 0.25, .is_rare_event = true, .faults = {{0, 0.5, 0.125}}};
    const std::string text = screen(analysis, cause, {.rows = {row}, .order = 3}, {});
    CHECK_THAT(text, Catch::Contains("unavailability 0.25 (the sum over the sets counted above"));
    CHECK_THAT(text, Catch::Contains("12.5 %  Birnbaum 0.5"));
  }
  SECTION("a lower bound, or all of it") {
    row.unavailability = Unavailability{.probability = 0.25};
    CHECK_THAT(screen(analysis, cause, {.rows = {row}, .order = 3}, {}), Catch::Contains("at least: larger sets are missing"));
    CHECK_THAT(screen(analysis, cause, {.rows = {row}, .order = CutOptions::kEveryOrder}, {}), Catch::Contains("(of all sets)"));
  }
  SECTION("what is inherent stands apart, alone and with other things") {
    CommonCause marked = common_cause(analysis, Grouping::component, InherentCauses::each);
    const auto inherent = static_cast<std::uint32_t>(marked.causes.size());
    marked.causes.push_back({.kind = "zone", .name = "example", .label = "", .reasons = {}, .members = 1, .is_inherent = true});
    row.mixed_counts = {0, 0, 2};
    row.mixed_sets = {{0, inherent}};
    const std::string text = screen(analysis, marked, {.rows = {row}, .order = 3}, {});
    CHECK_THAT(text, Catch::Contains("with something inherent, not counted above: 2 of 2"));
    CHECK_THAT(text, Catch::Contains("+ zone example, inherent"));
    CHECK_THAT(text, Catch::Contains("1 more: --limit shows them"));
    const nlohmann::json root = nlohmann::json::parse(cuts_json(analysis, marked, {.rows = {row}, .order = 3}, {}));
    CHECK(root["rows"][0]["mixed_counts"] == nlohmann::json::parse("[0, 2]"));
    CHECK(root["causes"][1]["inherent"] == true);
  }
  SECTION("a goal that never works has no redundancy to tell") {
    row.state = FaultState::never;
    row.smallest = 0;
    CHECK_THAT(screen(analysis, cause, {.rows = {row}, .order = 3}, {}), Catch::Contains("does not work even when nothing has failed"));
    CHECK_FALSE(row.false_redundancy());
  }
}

TEST_CASE("cuts screen: a plan says whether it is the smallest, and what stays", "[analyzer][report][cuts-screen]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/rules/spof-resolver/bad"});
  const Analysis& analysis = *loaded->analysis;
  const NodeId resolver = analysis.graph().of_kind(NodeKind::resolver).first;
  struct Row {
    const char* title;
    FixPlan plan;
    const char* text;
  };
  const Row rows[] = {
      {"nothing to add", {}, "no component is a single point of failure, as far as is known"},
      {"the smallest",
       {.steps = {{resolver, {resolver}}}},
       "1 more alternative, and no component is a single point of failure any more (no fewer do)"},
      {"greedy", {.steps = {{resolver, {resolver}}}, .is_smallest = false}, "chosen greedily: fewer might do"},
      {"what stays", {.inherent = {resolver}}, "stay, because nobody here can add one: 10.0.1.53"},
      {"where it is written", {.steps = {{resolver, {}}}}, "resolver 10.0.1.53  [hosts/app/etc/resolv.conf:3]"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::ostringstream out;
      print_plan(analysis, row.plan, out);
      CHECK_THAT(out.str(), Catch::Contains(row.text));
    }
}

}  // namespace mainstay
