#include "analyzer/faults/fault_groups.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "analyzer/faults/cut_table.h"
#include "tests/analyzer/scanned.h"

namespace mainstay {
namespace {

/// The row of the one goal whose name contains this.
const CutRow& row_of(const Analysis& analysis, const CutTable& table, std::string_view goal) {
  for (const CutRow& row : table.rows) {
    for (const NodeId one : row.goals) {
      if (analysis.graph().node(one).name.find(goal) != std::string::npos) return row;
    }
  }
  FAIL("no row for " << goal);
  return table.rows.front();
}

std::string described(const CommonCause& cause, const CutRow& row) {
  std::string text;
  for (const std::vector<std::uint32_t>& set : row.sets) {
    text += text.empty() ? "" : "; ";
    for (const std::uint32_t number : set) text += (number == set.front() ? "" : " + ") + cause.causes[number].name;
  }
  return text;
}

}  // namespace

TEST_CASE("common cause: the region that a zone's name says", "[analyzer][faults][common-cause]") {
  struct Row {
    const char* zone;
    const char* region;
  };
  const Row rows[] = {{"eu-central-1a", "eu-central-1"},
                      {"us-gov-west-1b", "us-gov-west-1"},
                      {"europe-west1-b", "europe-west1"},
                      {"zone-a", ""},
                      {"pump house", ""},
                      {"", ""},
                      {"1a", ""},
                      {"eu-central-1", ""},
                      {"eu-central-a", ""}};
  for (const Row& row : rows) CHECK(region_of_zone(row.zone) == row.region);
}

TEST_CASE("common cause: words and groupings are the same thing", "[analyzer][faults][common-cause]") {
  for (const std::string_view one : words(Grouping{})) CHECK(word(*grouping_of(one)) == one);
  CHECK_FALSE(grouping_of("planet"));
}

TEST_CASE("common cause: what fails together in the sample estate", "[analyzer][faults][common-cause]") {
  struct Row {
    const char* title;
    Grouping grouping;
    const char* goal;
    const char* cuts;
    std::size_t listed;
    std::size_t false_redundancy;
  };
  const std::shared_ptr<Loaded> loaded = scanned({"samples/harbour"});
  const Analysis& analysis = *loaded->analysis;
  const Row rows[] = {
      {"both resolvers stand in one zone", Grouping::zone, "plate-reader", "eu-central-1a", 2, 1},
      {"and so in one region", Grouping::region, "plate-reader", "eu-central-1", 2, 1},
      {"one provider has the zone", Grouping::provider, "plate-reader", "route53", 2, 1},
      {"one file declares both resolvers", Grouping::source, "plate-reader", "terraform/dns/zones.tf; terraform/platform/resolvers.tf", 2,
       1},
      {"a domain takes its zones along", Grouping::registrable_domain, "grafana", "harbour.example", 2, 1},
      {"name servers of two addresses in one prefix", Grouping::prefix, "grafana", "203.0.113.0/24", 2, 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const CommonCause cause = common_cause(analysis, row.grouping);
      const CutRequest request{.goals = cut_goals(analysis, ""), .options = {.order = 1}, .unavailable = {}};
      const CutTable table = cut_table(analysis, cause, request);
      const CutRow& found = row_of(analysis, table, row.goal);
      std::vector<std::string> names;
      for (const std::vector<std::uint32_t>& set : found.sets) names.push_back(described(cause, {.sets = {set}}));
      std::sort(names.begin(), names.end());
      std::string text;
      for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
      CHECK(text == row.cuts);
      CHECK(found.listed == row.listed);
      CHECK(found.false_redundancy().value_or(0) == row.false_redundancy);
    }
}

TEST_CASE("common cause: each component by itself is the single faults without the inherent ones", "[analyzer][faults][common-cause]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/harbour"});
  const Analysis& analysis = *loaded->analysis;
  const CommonCause cause = common_cause(analysis, Grouping::component);
  CHECK(cause.components == cause.causes.size());
  CHECK(cause.ungrouped == 0);
  const CutRequest request{.goals = cut_goals(analysis, ""), .options = {.order = 1}, .limit = 1000, .unavailable = {}};
  const CutTable table = cut_table(analysis, cause, request);
  std::size_t compared = 0;
  for (const CutRow& row : table.rows) {
    if (row.state == FaultState::never) continue;
    for (const NodeId goal : row.goals) {
      const std::vector<NodeId> faults = analysis.faults().of(goal);
      CHECK(row.sets.size() + row.inherent.size() == faults.size());
      for (const std::vector<std::uint32_t>& set : row.sets) {
        const Cause& one = cause.causes[set.at(0)];
        CHECK(std::any_of(faults.begin(), faults.end(), [&](NodeId fault) {
          return analysis.graph().node(fault).name == one.name && word(analysis.graph().node(fault).kind) == one.kind;
        }));
        ++compared;
      }
    }
  }
  CHECK(compared > 30);
}

TEST_CASE("common cause: sets with something inherent are told apart, and the others stay as they are",
          "[analyzer][faults][common-cause]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/harbour"});
  const Analysis& analysis = *loaded->analysis;
  const CommonCause without = common_cause(analysis, Grouping::component);
  const CommonCause with = common_cause(analysis, Grouping::component, InherentCauses::each);
  REQUIRE(with.causes.size() > without.causes.size());
  const CutRequest request{.goals = cut_goals(analysis, ""), .limit = 1000, .unavailable = {}};
  const CutTable plain = cut_table(analysis, without, request);
  const CutTable apart = cut_table(analysis, with, request);
  std::size_t mixed = 0;
  for (const CutRow& row : apart.rows) {
    for (const NodeId goal : row.goals) {
      const CutRow& before = row_of(analysis, plain, analysis.graph().node(goal).name);
      CHECK(row.counts == before.counts);
      CHECK(row.smallest == before.smallest);
    }
    std::vector<std::uint64_t> counts(row.mixed_counts.size(), 0);
    for (const std::vector<std::uint32_t>& set : row.mixed_sets) {
      CHECK(std::any_of(set.begin(), set.end(), [&](std::uint32_t number) { return with.causes[number].is_inherent; }));
      ++counts.at(set.size());
    }
    CHECK(counts == row.mixed_counts);
    mixed += row.mixed_sets.size();
  }
  CHECK(mixed > 0);
}

TEST_CASE("common cause: goals are workloads, or the uses of an endpoint", "[analyzer][faults][common-cause]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/harbour"});
  const Analysis& analysis = *loaded->analysis;
  CHECK(cut_goals(analysis, "").size() == analysis.goals().size());
  const std::vector<NodeId> uses = cut_goals(analysis, "login.harbour.example");
  CHECK(uses.size() >= 6);
  for (const NodeId use : uses) CHECK(analysis.graph().node(use).kind == NodeKind::use);
  CHECK(cut_goals(analysis, "nowhere.invalid").empty());
}

}  // namespace mainstay
