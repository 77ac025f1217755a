#include "tests/bench/fault_tree_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "analyzer/faults/fixed_points.h"
#include "analyzer/faults/single_faults.h"
#include "graph/model/requirement_graph.h"
#include "tests/bench/fault_graphs.h"

namespace mainstay::bench {
namespace {

/// Writes what some goals need as gates over events; an edge that leads back to where the way began is left out.
class Writer {
 public:
  explicit Writer(const RequirementGraph& graph) : graph_(graph), state_(graph.size(), State::unseen) {}

  std::string write(const std::vector<NodeId>& goals) && {
    std::vector<std::string> inputs;
    for (const NodeId goal : goals) {
      if (const std::string input = visit(goal); !input.empty()) inputs.push_back(input);
    }
    text_ += fmt::format("<define-gate name=\"top\">{}</define-gate>\n", formula("or", inputs));
    std::string events;
    for (std::uint32_t node = 0; node < graph_.size(); ++node) {
      if (state_[node] == State::done && graph_.node(NodeId(node)).failure != Failure::derived) {
        events += fmt::format("<define-basic-event name=\"e{}\"><float value=\"0.01\"/></define-basic-event>\n", node);
      }
    }
    return fmt::format(
        "<?xml version=\"1.0\"?>\n<opsa-mef>\n<define-fault-tree name=\"model\">\n{}</define-fault-tree>\n<model-data>\n{}"
        "</model-data>\n</opsa-mef>\n",
        text_, events);
  }

 private:
  enum class State : std::uint8_t { unseen, open, done };

  static std::string formula(const std::string& tag, const std::vector<std::string>& inputs) {
    if (inputs.size() == 1) return inputs.front();
    return fmt::format("<{}>{}</{}>", tag, fmt::join(inputs, ""), tag.substr(0, tag.find(' ')));
  }

  /// The reference to a node's gate or event; empty when nothing can fail it.
  std::string visit(NodeId id) {
    const std::uint32_t node = index(id);
    if (state_[node] == State::done) return references_[node];
    state_[node] = State::open;
    std::vector<std::string> ways;
    const bool is_event = graph_.node(id).failure != Failure::derived;
    if (is_event) ways.push_back(fmt::format("<basic-event name=\"e{}\"/>", node));
    for (const Group& group : graph_.groups(id)) add_group(group, ways);
    state_[node] = State::done;
    std::string& reference = references_[node];
    if (ways.size() == 1 && is_event) return reference = ways.front();
    if (ways.empty()) return {};
    text_ += fmt::format("<define-gate name=\"g{}\">{}</define-gate>\n", node, formula("or", ways));
    return reference = fmt::format("<gate name=\"g{}\"/>", node);
  }

  void add_group(const Group& group, std::vector<std::string>& ways) {
    std::vector<std::string> inputs;
    std::size_t count = 0;
    for (const Member& member : graph_.members(group)) {
      if (state_[index(member.node)] == State::open) continue;
      ++count;
      if (std::string input = visit(member.node); !input.empty()) inputs.push_back(std::move(input));
    }
    const std::size_t needed = std::min<std::size_t>(group.needed, count);
    if (needed == 0) return;
    const std::size_t fails = count - needed + 1;
    if (inputs.size() < fails) return;
    if (fails == 1) {
      ways.insert(ways.end(), inputs.begin(), inputs.end());
    } else if (fails == inputs.size()) {
      ways.push_back(formula("and", inputs));
    } else {
      ways.push_back(formula(fmt::format("atleast min=\"{}\"", fails), inputs));
    }
  }

  const RequirementGraph& graph_;
  std::vector<State> state_;
  std::map<std::uint32_t, std::string> references_;
  std::string text_;
};

RequirementGraph mixed(std::uint32_t events, std::uint32_t seed) {
  RequirementGraphBuilder builder;
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  const std::uint32_t gates = std::max(events * 2 / 3, 2u);
  std::vector<RequirementGraphBuilder::Draft> nodes;
  for (std::uint32_t at = 0; at < gates + events; ++at) {
    nodes.push_back(builder.node(at == 0 ? NodeKind::workload : NodeKind::resolver, fmt::format("{:08}", at)));
    builder.describe(nodes.back()).failure = at < gates ? Failure::derived : Failure::component;
  }
  for (std::uint32_t at = 0; at < gates; ++at) {
    std::vector<RequirementGraphBuilder::Need> members;
    // One gate further on, so that nearly all are reached; the rest from anywhere below, events more often.
    if (at + 1 < gates) members.push_back({nodes[at + 1 + below(std::min(gates - at - 1, 4u))], {}});
    for (std::uint32_t more = 1 + below(4); more > 0; --more) {
      const bool event = below(3) > 0 || at + 1 == gates;
      members.push_back({nodes[event ? gates + below(events) : at + 1 + below(std::min(gates - at - 1, 40u))], {}});
    }
    const auto count = static_cast<std::uint32_t>(members.size());
    const std::uint32_t kind = below(20);
    builder.need(nodes[at], std::move(members), kind < 6 ? 1 : kind < 17 ? count : 1 + below(count), Choice::ordered, 0);
  }
  return std::move(builder).freeze();
}

std::vector<NodeId> some_workloads(const RequirementGraph& graph) {
  const std::vector<NodeId> all = workload_goals(graph);
  std::vector<NodeId> some;
  for (std::size_t at = 0; at < all.size(); at += 1 + all.size() / 20) some.push_back(all[at]);
  return some;
}

}  // namespace

Result<std::string> fault_tree_model(std::string_view shape, std::uint32_t size, std::uint32_t seed) {
  if (shape == "mixed") {
    const RequirementGraph graph = mixed(size, seed);
    return Writer(graph).write(workload_goals(graph));
  }
  if (shape == "estate") {
    const RequirementGraph graph = dns_estate(size, seed);
    return Writer(graph).write(some_workloads(graph));
  }
  if (shape == "fat-tree") {
    const RequirementGraph graph = fat_tree(size);
    const auto [first, last] = graph.of_kind(NodeKind::resolver);
    return Writer(graph).write({NodeId(index(last) - 1), NodeId(index(last) - 1 - (index(last) - index(first)) / 3)});
  }
  if (shape == "ladder" || shape == "layers") {
    const RequirementGraph graph = shape == "ladder" ? ladder(size) : random_layers(size, seed);
    return Writer(graph).write({graph.of_kind(NodeKind::resolver).first});
  }
  return Error{fmt::format("there is no shape '{}'", shape)};
}

}  // namespace mainstay::bench
