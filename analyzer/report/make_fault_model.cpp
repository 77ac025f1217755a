#include "analyzer/report/make_fault_model.h"

#include <algorithm>

#include "analyzer/faults/fault_modes.h"
#include "analyzer/faults/holds.h"
#include "analyzer/report/time_tables.h"
#include "analyzer/rules/purposes.h"

namespace mainstay {
namespace {

FaultModel::Hold span_of(const Longest& lasts) {
  FaultModel::Hold hold{.known = lasts.known};
  if (lasts.most != Longest::kForever) hold.most = lasts.most;
  return hold;
}

FaultModel::Goal goal_of(const Analysis& analysis, NodeId node) {
  const RequirementGraph& graph = analysis.graph();
  FaultModel::Goal goal{.node = node, .purpose = purpose_of(analysis, node)};
  if (!analysis.asked(node).stubs.empty()) return goal;
  for (const Group& group : graph.groups(node)) {
    for (const Member& use : graph.members(group)) {
      const std::vector<const Use*> facts = uses_behind(graph.node(use.node), analysis.estate());
      const bool looks_up = !std::all_of(facts.begin(), facts.end(), [](const Use* one) { return one->bypasses_dns; });
      goal.resolver_unknown = goal.resolver_unknown || looks_up;
    }
  }
  return goal;
}

FaultModel::Use use_of(const Analysis& analysis, NodeId node) {
  FaultModel::Use use{.node = node};
  for (const Use* one : uses_behind(analysis.graph().node(node), analysis.estate())) {
    if (one->deadline && (!use.deadline || *one->deadline < *use.deadline)) use.deadline = one->deadline;
  }
  for (const Hold& hold : analysis.holds().of(node)) use.credential = span_of(hold.lasts);
  return use;
}

FaultModel::Question question_of(const Analysis& analysis, NodeId node) {
  FaultModel::Question question{.node = node};
  for (const Hold& hold : analysis.holds().of(node)) {
    question.name_known = true;
    (hold.kind == HoldKind::answer ? question.answer : question.stale) = span_of(hold.lasts);
  }
  return question;
}

std::vector<FaultModel::Modes> all_modes() {
  std::vector<FaultModel::Modes> all;
  for (std::size_t kind = 0; kind <= static_cast<std::size_t>(NodeKind::parent); ++kind) {
    FaultModel::Modes row{.kind = NodeKind(kind)};
    for (const FaultMode mode : modes_of(row.kind)) row.words.emplace_back(word(mode));
    if (!row.words.empty()) all.push_back(std::move(row));
  }
  return all;
}

std::vector<FaultModel::Worst> worst_of(const Analysis& analysis) {
  constexpr std::size_t kShown = 10;
  std::vector<FaultModel::Worst> worst;
  for (const Blast& one : analysis.blasts()) worst.push_back({one.representative, one.lost.size()});
  std::stable_sort(worst.begin(), worst.end(), [](const auto& a, const auto& b) { return a.lost > b.lost; });
  worst.resize(std::min(worst.size(), kShown));
  return worst;
}

}  // namespace

FaultModel make_fault_model(const Analysis& analysis) {
  const RequirementGraph& graph = analysis.graph();
  FaultModel model{.modes = all_modes(), .worst = worst_of(analysis)};
  for (const NodeId goal : analysis.goals()) model.goals.push_back(goal_of(analysis, goal));
  const auto for_each = [&](NodeKind kind, auto&& add) {
    const auto [first, last] = graph.of_kind(kind);
    for (std::uint32_t at = index(first); at < index(last); ++at) add(NodeId(at));
  };
  for_each(NodeKind::use, [&](NodeId node) { model.uses.push_back(use_of(analysis, node)); });
  for_each(NodeKind::question, [&](NodeId node) { model.questions.push_back(question_of(analysis, node)); });
  add_time_tables(analysis, model);
  return model;
}

}  // namespace mainstay
