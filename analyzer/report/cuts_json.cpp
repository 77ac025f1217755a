#include "analyzer/report/cuts_json.h"

#include <map>
#include <nlohmann/json.hpp>

#include "render/escape.h"

namespace mainstay {
namespace {

using Json = nlohmann::ordered_json;

Json names(const RequirementGraph& graph, const std::vector<NodeId>& nodes) {
  Json list = Json::array();
  for (const NodeId node : nodes) list.push_back(graph.node(node).name);
  return list;
}

void add_place(const Reasons& reasons, Json& to) {
  for (const Evidence& reason : reasons) {
    if (reason.confidence != Confidence::declared) continue;
    to["file"] = reason.place.file;
    to["line"] = reason.place.line;
    return;
  }
}

Json described(const Cause& cause) {
  Json one{{"kind", cause.kind}, {"name", cause.name}};
  if (!cause.label.empty()) one["label"] = cause.label;
  one["components"] = cause.members;
  if (cause.is_inherent) one["inherent"] = true;
  add_place(cause.reasons, one);
  return one;
}

std::string_view state_word(FaultState state) {
  return state == FaultState::never ? "never" : state == FaultState::warm_only ? "warm-only" : "cold-and-warm";
}

/// Numbers the causes that are named, in the order in which they are.
class Named {
 public:
  explicit Named(const CommonCause& cause) : cause_(cause) {}

  std::size_t position(std::uint32_t number) {
    const auto [at, is_new] = positions_.emplace(number, list_.size());
    if (is_new) list_.push_back(described(cause_.causes[number]));
    return at->second;
  }
  Json list() const { return list_; }

 private:
  const CommonCause& cause_;
  std::map<std::uint32_t, std::size_t> positions_;
  Json list_ = Json::array();
};

Json unavailability_json(const Unavailability& value, Named& named) {
  Json faults = Json::array();
  for (const Importance& one : value.faults) {
    faults.push_back({{"cause", named.position(one.fault)}, {"birnbaum", one.birnbaum}, {"fussell_vesely", one.fussell_vesely}});
  }
  return {{"probability", value.probability}, {"is_rare_event_sum", value.is_rare_event}, {"importance", std::move(faults)}};
}

Json counts_json(const std::vector<std::uint64_t>& counts) {
  Json list = Json::array();
  for (std::size_t size = 1; size < counts.size(); ++size) list.push_back(counts[size] == kCountless ? Json(nullptr) : Json(counts[size]));
  return list;
}

Json sets_json(const std::vector<std::vector<std::uint32_t>>& sets, Named& named) {
  Json list = Json::array();
  for (const std::vector<std::uint32_t>& set : sets) {
    Json members = Json::array();
    for (const std::uint32_t number : set) members.push_back(named.position(number));
    list.push_back(std::move(members));
  }
  return list;
}

Json row_json(const RequirementGraph& graph, const CutRow& row, SetKind kind, Named& named) {
  Json one{{"goals", names(graph, row.goals)}, {"state", state_word(row.state)}, {"listed_resolvers", row.listed}};
  if (kind == SetKind::cuts) {
    one["redundancy_degree"] = row.smallest ? Json(*row.smallest) : Json(nullptr);
    one["false_redundancy"] = row.false_redundancy() ? Json(*row.false_redundancy()) : Json(0);
  }
  one["counts"] = counts_json(row.counts);
  one["sets"] = sets_json(row.sets, named);
  one["inherent"] = names(graph, row.inherent);
  if (kind == SetKind::cuts) {
    one["mixed_counts"] = counts_json(row.mixed_counts);
    one["mixed_sets"] = sets_json(row.mixed_sets, named);
  }
  if (row.unavailability) one["unavailability"] = unavailability_json(*row.unavailability, named);
  return one;
}

Json plan_json(const Analysis& analysis, const FixPlan& plan) {
  const RequirementGraph& graph = analysis.graph();
  Json steps = Json::array();
  for (const FixStep& step : plan.steps) {
    const Node& node = graph.node(step.node);
    Json one{{"alternative_to", {{"kind", word(node.kind)}, {"name", node.name}}}, {"removes", names(graph, step.removes)}};
    add_place(owner_of(analysis, step.node), one["alternative_to"]);
    steps.push_back(std::move(one));
  }
  return {{"is_smallest", plan.is_smallest}, {"steps", std::move(steps)}, {"inherent", names(graph, plan.inherent)}};
}

}  // namespace

std::string cuts_json(const Analysis& analysis, const CommonCause& cause, const CutTable& table, const CutsExtra& extra) {
  Named named(cause);
  Json rows = Json::array();
  for (const CutRow& row : table.rows) rows.push_back(row_json(analysis.graph(), row, extra.kind, named));
  Json root{{"schema", "mainstay.cuts/1"},
            {"kind", word(extra.kind)},
            {"complete_to_order", table.order == CutOptions::kEveryOrder ? Json("all") : Json(table.order)},
            {"truncated", table.truncated},
            {"components", cause.components},
            {"ungrouped_components", cause.ungrouped},
            {"causes", named.list()},
            {"rows", std::move(rows)}};
  if (extra.plan != nullptr) root["plan"] = plan_json(analysis, *extra.plan);
  return for_json_document(root.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace mainstay
