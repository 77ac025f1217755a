#include "graph/findings/fault_model.h"

#include <catch2/catch.hpp>
#include <set>

#include "analyzer/faults/fault_modes.h"
#include "analyzer/faults/lookup_waits.h"
#include "analyzer/picture/picture_of.h"
#include "analyzer/report/make_fault_model.h"
#include "tests/analyzer/scanned.h"

namespace mainstay {
namespace {

FaultModel::States numbers_of(const FaultModel& model, std::span<const ServerState> servers) {
  FaultModel::States numbers;
  for (const ServerState& one : servers) {
    const FaultModel::State state{std::string(word(one.mode)), static_cast<std::uint64_t>(one.delay.lo.count()),
                                  static_cast<std::uint64_t>(one.delay.hi.count())};
    const auto at = std::find(model.states.begin(), model.states.end(), state);
    numbers.push_back(static_cast<std::uint32_t>(at - model.states.begin()));
  }
  return numbers;
}

}  // namespace

TEST_CASE("fault model: the tables have every time that a single fault of an estate brings about", "[analyzer][report][fault-model]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/harbour"});
  const Analysis& analysis = *loaded->analysis;
  const RequirementGraph& graph = analysis.graph();
  const FaultModel model = make_fault_model(analysis);
  const AskingCycles cycles(graph, analysis.fixed_points().gates());
  KnownWaits known;
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    for (const FaultMode mode : modes_of(graph.node(NodeId(at)).kind)) {
      const std::vector<bool> works =
          analysis.fixed_points().settled(gives_no_answer(mode) ? std::vector{NodeId(at)} : std::vector<NodeId>());
      const std::vector<Fault> faults{Fault{NodeId(at), mode}};
      LookupWaits waits(analysis, known, {analysis.fixed_points().gates(), cycles, works, faults, {}});
      for (const FaultModel::Lookup& one : model.lookups) waits.of(one.node);
    }
  }
  std::size_t asked = 0;
  std::size_t missing = 0;
  for (const auto& known_way : known.ways()) {
    const AskedWay& way = known_way.first;
    const FaultModel::States kind = numbers_of(model, way.kind);
    const auto knows = [&](const FaultModel::Client& client) {
      return client.word == word(way.config.client) &&
             client.answers.contains({kind.begin(), kind.begin() + std::min<long>(std::ssize(kind), client.most_servers.value_or(9))});
    };
    ++asked;
    missing += std::any_of(model.clients.begin(), model.clients.end(), knows) ? 0 : 1;
  }
  for (const auto& [states, seen] : known.forwarders()) {
    const FaultModel::States upstreams = numbers_of(model, states.upstreams);
    ++asked;
    missing += std::any_of(model.forwarders.begin(), model.forwarders.end(),
                           [&](const FaultModel::Forwarder& one) { return one.seen.contains(upstreams); })
                   ? 0
                   : 1;
  }
  CHECK(asked > 50);
  CHECK(missing == 0);
  CHECK(model.states.front() == FaultModel::State{.mode = "good"});
}

TEST_CASE("fault model: goals, uses and questions are all there, with what the program holds of them", "[analyzer][report][fault-model]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/harbour"});
  const Analysis& analysis = *loaded->analysis;
  const FaultModel model = make_fault_model(analysis);
  CHECK(model.goals.size() == analysis.goals().size());
  const auto count = [&](NodeKind kind) {
    const auto [first, last] = analysis.graph().of_kind(kind);
    return index(last) - index(first);
  };
  CHECK(model.uses.size() == count(NodeKind::use));
  CHECK(model.questions.size() == count(NodeKind::question));
  std::size_t held = 0;
  for (const FaultModel::Question& one : model.questions) {
    const std::vector<Hold>& holds = analysis.holds().of(one.node);
    CHECK(one.name_known == !holds.empty());
    for (const Hold& hold : holds) held += (hold.kind == HoldKind::answer ? one.answer : one.stale).known == hold.lasts.known ? 1 : 0;
  }
  CHECK(held == 2 * static_cast<std::size_t>(std::count_if(model.questions.begin(), model.questions.end(),
                                                           [](const FaultModel::Question& one) { return one.name_known; })));
  REQUIRE_FALSE(model.worst.empty());
  for (const FaultModel::Worst& one : model.worst) CHECK(one.lost > 0);
}

TEST_CASE("pictures: what is drawn as one says what it stands for", "[analyzer][picture]") {
  const std::shared_ptr<Loaded> loaded = scanned({"samples/harbour"});
  const Picture whole = whole_picture(*loaded->analysis, loaded->report.findings);
  std::set<std::string> ids;
  for (const PictureNode& one : whole.nodes) ids.insert(one.id);
  for (const std::optional<Collapse> collapse :
       {std::optional<Collapse>(), std::optional(Collapse::cluster), std::optional(Collapse::provider)}) {
    const Picture picture = picture_of(*loaded->analysis, loaded->report.findings, {.collapse = collapse});
    std::size_t things = 0;
    for (const PictureNode& one : picture.nodes) {
      INFO(one.id);
      CHECK(one.folded == std::max<std::size_t>(one.alike.size(), 1));
      for (const std::string& id : one.alike) CHECK(ids.contains(id));
      things += one.folded;
    }
    CHECK(things == whole.nodes.size());
  }
}

}  // namespace mainstay
