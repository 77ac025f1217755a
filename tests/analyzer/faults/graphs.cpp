#include "tests/analyzer/faults/graphs.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

namespace mainstay::testing {
namespace {

using Draft = RequirementGraphBuilder::Draft;
using Works = std::vector<bool>;

NodeKind kind_of(std::string_view name) { return name.front() == 'w' ? NodeKind::workload : NodeKind::resolver; }

Draft draft(RequirementGraphBuilder& builder, std::string_view name) {
  bool is_new = false;
  const Draft made = builder.node(kind_of(name), name, &is_new);
  if (is_new) {
    builder.describe(made).failure = name.back() == '\'' ? Failure::derived : name.back() == '!' ? Failure::inherent : Failure::component;
  }
  return made;
}

/// What follows `[` up to `]`.
void read_group(RequirementGraphBuilder& builder, Draft owner, std::istringstream& words) {
  std::string gate;
  words >> gate;
  std::vector<RequirementGraphBuilder::Need> members;
  for (std::string word; words >> word && word != "]";) members.push_back({draft(builder, word), {}});
  if (gate == "all") {
    builder.need_all(owner, std::move(members));
  } else if (gate == "any") {
    builder.need_any(owner, std::move(members));
  } else {
    builder.need(owner, std::move(members), static_cast<std::uint32_t>(std::stoul(gate)), Choice::ordered, 0);
  }
}

Works flags(const RequirementGraph& graph, const std::vector<NodeId>& failed) {
  Works up(graph.size(), true);
  for (const NodeId node : failed) up[index(node)] = false;
  return up;
}

bool step(const RequirementGraph& graph, const Works& up, const Works& works, std::uint32_t node) {
  if (!up[node]) return false;
  for (const Group& group : graph.groups(NodeId(node))) {
    std::uint32_t working = 0;
    for (const Member& member : graph.members(group)) working += works[index(member.node)];
    if (working < group.needed) return false;
  }
  return true;
}

/// Applies step to the nodes of `only` until nothing changes; the order does not matter, because step is monotone.
void iterate(const RequirementGraph& graph, const Works& up, const Works& only, Works& works) {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (!only[node] || step(graph, up, works, node) == works[node]) continue;
      works[node] = !works[node];
      changed = true;
    }
  }
}

}  // namespace

RequirementGraph graph_of(std::string_view text) {
  RequirementGraphBuilder builder;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    line = std::regex_replace(line, std::regex("[\\[\\]]"), " $& ");
    std::istringstream words(line);
    std::string name;
    if (!(words >> name)) continue;
    const bool owned = name.front() == '$';
    if (owned) name.erase(0, 1);
    const Draft owner = draft(builder, name);
    if (owned) builder.describe(owner).reasons.push_back(Evidence::declared({.file = name + ".conf", .text = name}));
    for (std::string word; words >> word;) {
      REQUIRE(word == "[");
      read_group(builder, owner, words);
    }
  }
  return std::move(builder).freeze();
}

NodeId at(const RequirementGraph& graph, std::string_view name) {
  const auto found = graph.find(kind_of(name), name);
  INFO(name);
  REQUIRE(found);
  return *found;
}

std::vector<NodeId> at(const RequirementGraph& graph, const std::vector<std::string>& names) {
  std::vector<NodeId> nodes;
  for (const std::string& name : names) nodes.push_back(at(graph, name));
  return nodes;
}

std::string names(const RequirementGraph& graph, const std::vector<NodeId>& nodes) {
  std::vector<std::string> sorted;
  for (const NodeId node : nodes) sorted.push_back(graph.node(node).name);
  std::sort(sorted.begin(), sorted.end());
  std::string joined;
  for (const std::string& name : sorted) joined += (joined.empty() ? "" : " ") + name;
  return joined;
}

RequirementGraph random_graph(std::mt19937& random, const Mix& mix) {
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  RequirementGraphBuilder builder;
  std::vector<Draft> nodes;
  for (std::uint32_t at = 0; at < mix.nodes; ++at) {
    nodes.push_back(builder.node(at < mix.nodes / 5 ? NodeKind::workload : NodeKind::resolver, std::to_string(1000000 + at)));
    Node& node = builder.describe(nodes.back());
    node.failure = below(3) > 0 ? Failure::component : below(2) > 0 ? Failure::inherent : Failure::derived;
    if (mix.redundant && below(3) == 0) node.failure = Failure::derived;
    if (below(2) > 0) node.reasons.push_back(Evidence::declared({.file = "a.conf"}));
  }
  for (std::uint32_t at = 0; at < mix.nodes; ++at) {
    const std::uint32_t first = mix.cyclic ? 0 : at + 1;
    if (first == mix.nodes) break;
    for (std::uint32_t groups = below(mix.groups + 1); groups > 0; --groups) {
      std::vector<RequirementGraphBuilder::Need> members;
      for (std::uint32_t left = 1 + below(mix.members); left > 0; --left) members.push_back({nodes[first + below(mix.nodes - first)], {}});
      const auto count = static_cast<std::uint32_t>(members.size());
      std::uint32_t needed = below(mix.odd) == 0 ? (below(2) > 0 ? 0 : count + 1) : 1 + below(count);
      if (mix.redundant && below(4) > 0) needed = 1;
      builder.need(nodes[at], std::move(members), needed, Choice::ordered, 0);
    }
  }
  return std::move(builder).freeze();
}

std::vector<bool> plain_cold(const RequirementGraph& graph, const std::vector<NodeId>& failed) {
  Works works(graph.size(), false);
  iterate(graph, flags(graph, failed), Works(graph.size(), true), works);
  return works;
}

std::vector<bool> plain_warm(const RequirementGraph& graph, const std::vector<NodeId>& failed) {
  Works works(graph.size(), true);
  iterate(graph, flags(graph, failed), Works(graph.size(), true), works);
  return works;
}

std::vector<bool> plain_settled(const RequirementGraph& graph, const std::vector<NodeId>& failed) {
  const Works up = flags(graph, failed);
  const Works cold_true = plain_cold(graph, {});
  Works others = cold_true;
  others.flip();
  Works works(graph.size(), false);
  for (Works before; before != works;) {
    before = works;
    for (std::uint32_t node = 0; node < graph.size(); ++node) works[node] = others[node] || before[node];
    iterate(graph, up, others, works);
    const Works inner = works;
    for (std::uint32_t node = 0; node < graph.size(); ++node) works[node] = cold_true[node] ? step(graph, up, inner, node) : inner[node];
  }
  return works;
}

}  // namespace mainstay::testing
