#include "analyzer/picture/picture_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostTooltipLines = 6;

std::vector<std::string> tooltip(const Reasons& reasons) {
  std::vector<std::string> lines;
  for (const Evidence& one : reasons) {
    if (lines.size() == kMostTooltipLines) {
      lines.push_back(fmt::format("and {} more", reasons.size() - kMostTooltipLines));
      break;
    }
    switch (one.confidence) {
      case Confidence::declared: lines.push_back(fmt::format("{}:{}  {}", one.place.file, one.place.line, one.place.text)); break;
      case Confidence::observed: lines.push_back(fmt::format("{}: {} queries", one.place.file, one.queries)); break;
      default: lines.push_back(fmt::format("{}: {}", word(one.confidence), one.note));
    }
  }
  return lines;
}

class Drawing {
 public:
  Drawing(const Analysis& analysis, const std::vector<Finding>& findings) : analysis_(analysis), graph_(analysis.graph()) {
    for (const Finding& finding : findings) {
      for (const Subject& subject : finding.subjects) about_[subject].push_back(&finding);
    }
    for (const Blast& one : analysis.blasts()) {
      single_faults_.insert(one.representative);
      single_faults_.insert(one.same_blast.begin(), one.same_blast.end());
    }
    for (const NodeId goal : analysis.goals()) {
      for (const Server* server : analysis.asked(goal).servers) asked_.insert(server->id);
    }
  }

  Picture draw() {
    for (const NodeId goal : analysis_.goals()) {
      add(goal);
      for_each_member(goal, [&](const Member& use, const Group& group) { add_use(goal, use, group.needed < group.count); });
    }
    while (!open_.empty()) {
      const NodeId node = open_.back();
      open_.pop_back();
      add_supports(node);
    }
    Picture picture;
    std::map<NodeId, std::uint32_t> position;
    std::vector<NodeId> order;
    for (const auto& [id, node] : nodes_) order.push_back(id);
    std::sort(order.begin(), order.end(), [&](NodeId a, NodeId b) {
      return std::tie(nodes_.at(a).layer, nodes_.at(a).id) < std::tie(nodes_.at(b).layer, nodes_.at(b).id);
    });
    for (const NodeId id : order) {
      position[id] = static_cast<std::uint32_t>(picture.nodes.size());
      picture.nodes.push_back(nodes_.at(id));
    }
    for (const auto& [ends, edge] : edges_) {
      PictureEdge one = edge;
      one.from = position.at(ends.first);
      one.to = position.at(ends.second);
      picture.edges.push_back(std::move(one));
    }
    std::sort(picture.edges.begin(), picture.edges.end(),
              [](const PictureEdge& a, const PictureEdge& b) { return std::tie(a.from, a.to) < std::tie(b.from, b.to); });
    return picture;
  }

  /// Which picture ids stand for the nodes of a focus.
  std::set<std::string> ids(const std::vector<NodeId>& nodes) const {
    std::set<std::string> found;
    for (const NodeId node : nodes) found.insert(id_of(node));
    return found;
  }

 private:
  std::string id_of(NodeId node) const { return fmt::format("{}:{}", word(graph_.node(node).kind), graph_.node(node).name); }

  Layer layer_of(const Node& node) const {
    switch (node.kind) {
      case NodeKind::workload: return Layer::workload;
      case NodeKind::endpoint: return Layer::endpoint;
      case NodeKind::stub: return Layer::stub;
      case NodeKind::resolver: return asked_.contains(node.name) ? Layer::resolver : Layer::upstream;
      case NodeKind::zone: return Layer::zone;
      case NodeKind::name_server: return Layer::name_server;
      default: return Layer::provider;
    }
  }

  template <class F>
  void for_each_member(NodeId node, F&& f) const {
    for (const Group& group : graph_.groups(node)) {
      for (const Member& member : graph_.members(group)) f(member, group);
    }
  }

  bool is_support(NodeId id) const {
    const Node& node = graph_.node(id);
    switch (node.kind) {
      case NodeKind::zone: return node.failure != Failure::inherent;  // a stranger's zone says no more than the endpoint does
      case NodeKind::prefix: return single_faults_.contains(id);
      case NodeKind::failure_domain: return single_faults_.contains(id) && !node.name.starts_with("host ");
      case NodeKind::name_server:
      case NodeKind::provider: return true;
      default: return false;
    }
  }

  void add(NodeId id) {
    if (nodes_.contains(id)) return;
    const Node& node = graph_.node(id);
    PictureNode one{.id = id_of(id), .layer = layer_of(node), .kind = std::string(word(node.kind)), .label = label_of(graph_, id)};
    one.tooltip = tooltip(node.reasons);
    one.inherent = node.failure == Failure::inherent;
    one.single_fault = single_faults_.contains(id) && !one.inherent;
    if (node.kind == NodeKind::workload) {
      const Workload* workload = analysis_.estate().workload(node.name);
      one.cluster = workload == nullptr ? "" : workload->scope;
    }
    if (node.kind == NodeKind::stub) {
      const Scope* scope = analysis_.estate().scope(node.name);
      const Workload* workload = analysis_.estate().workload(node.name);
      if (scope != nullptr) one.label = scope->name + "\n" + std::string(word(scope->kind));
      if (workload != nullptr) one.label = workload->name + "\nits own";
    }
    if (node.kind == NodeKind::resolver) {
      const Server* server = analysis_.estate().server(node.name);
      one.described = server != nullptr;
      if (server != nullptr && !server->software.empty()) one.label += "\n" + server->software;
    }
    if (const auto found = about_.find(subject_of(graph_, id)); found != about_.end()) {
      std::set<std::string> rules;
      for (const Finding* finding : found->second) {
        rules.insert(finding->rule);
        one.severity = std::max(one.severity.value_or(Severity::info), finding->severity);
      }
      one.rules.assign(rules.begin(), rules.end());
    }
    nodes_.emplace(id, std::move(one));
    open_.push_back(id);
  }

  void connect(NodeId from, NodeId to, bool alternative, const Reasons& reasons) {
    if (from == to) return;
    add(from);
    add(to);
    const auto [at, inserted] = edges_.try_emplace({from, to});
    PictureEdge& edge = at->second;
    edge.alternative = inserted ? alternative : edge.alternative && alternative;
    if (edge.tooltip.empty()) edge.tooltip = tooltip(reasons);
  }

  /// A use gives the edges workload to endpoint and to stub, stub to resolvers, resolver to upstreams, and endpoint to zones.
  void add_use(NodeId goal, const Member& use, bool alternative) {
    std::optional<NodeId> endpoint;
    for_each_member(use.node, [&](const Member& member, const Group&) {
      if (graph_.node(member.node).kind != NodeKind::endpoint) return;
      endpoint = member.node;
      connect(goal, member.node, alternative, graph_.reason(use));
    });
    std::set<NodeId> seen{use.node};
    std::vector<std::pair<NodeId, NodeId>> steps{{use.node, goal}};  // a step, and who asks when the step itself does not say it
    while (!steps.empty()) {
      const auto [at, last_asker] = steps.back();
      steps.pop_back();
      const NodeId asker = asker_of(at).value_or(last_asker);
      for_each_member(at, [&](const Member& member, const Group& group) {
        const NodeKind kind = graph_.node(member.node).kind;
        if (kind == NodeKind::stub) connect(goal, member.node, false, graph_.reason(member));
        if (kind == NodeKind::provider || kind == NodeKind::failure_domain) connect(asker, member.node, false, graph_.reason(member));
        if (kind == NodeKind::zone && endpoint && is_support(member.node)) connect(*endpoint, member.node, false, graph_.reason(member));
        const bool is_step =
            kind == NodeKind::lookup || kind == NodeKind::question || kind == NodeKind::iteration || kind == NodeKind::address;
        if (!is_step) return;
        if (const std::optional<NodeId> asked = asker_of(member.node); asked && kind == NodeKind::question) {
          connect(asker, *asked, group.needed < group.count, graph_.reason(member));
        }
        if (seen.insert(member.node).second) steps.emplace_back(member.node, asker);
      });
    }
  }

  /// Who asks, at a step of reasoning: the stub of a lookup, the resolver of a question.
  std::optional<NodeId> asker_of(NodeId step) const {
    std::optional<NodeId> found;
    for_each_member(step, [&](const Member& member, const Group&) {
      const NodeKind kind = graph_.node(member.node).kind;
      if (!found && (kind == NodeKind::stub || kind == NodeKind::resolver)) found = member.node;
    });
    return found;
  }

  /// What a drawn thing rests on by itself.
  void add_supports(NodeId node) {
    const NodeKind kind = graph_.node(node).kind;
    if (kind == NodeKind::workload || kind == NodeKind::stub) return;
    for_each_member(node, [&](const Member& member, const Group& group) {
      const bool alternative = group.needed < group.count;
      if (is_support(member.node)) connect(node, member.node, alternative, graph_.reason(member));
      const NodeKind below = graph_.node(member.node).kind;
      if (below == NodeKind::runs || below == NodeKind::address) {
        for_each_member(member.node, [&](const Member& inner, const Group&) {
          const bool is_goal = graph_.node(inner.node).kind == NodeKind::workload;
          if (is_goal || is_support(inner.node)) connect(node, inner.node, alternative, graph_.reason(inner));
        });
      }
    });
  }

  const Analysis& analysis_;
  const RequirementGraph& graph_;
  std::map<Subject, std::vector<const Finding*>> about_;
  std::set<NodeId> single_faults_;
  std::set<std::string> asked_;
  std::vector<NodeId> open_;  // drawn, and not yet looked at for what they rest on
  std::map<NodeId, PictureNode> nodes_;
  std::map<std::pair<NodeId, NodeId>, PictureEdge> edges_;
};

}  // namespace

Picture whole_picture(const Analysis& analysis, const std::vector<Finding>& findings) { return Drawing(analysis, findings).draw(); }

Picture picture_of(const Analysis& analysis, const std::vector<Finding>& findings, const PictureOptions& options) {
  Drawing drawing(analysis, findings);
  Picture picture = drawing.draw();
  if (!options.focus.empty()) picture = around(picture, drawing.ids(options.focus), options.depth, options.direction);
  if (options.only_findings) picture = only_findings(picture);
  if (options.collapse) picture = collapsed(picture, *options.collapse);
  return options.reduces ? summed_up(std::move(picture)) : folded(std::move(picture));
}

Picture summed_up(Picture whole) { return reduced(folded(std::move(whole))); }

}  // namespace mainstay
