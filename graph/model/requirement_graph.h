// RequirementGraph: what needs what, with and, or and k-of-n gates; frozen, sorted, plain vectors and ids.
//
// A node works when it is up and every one of its groups is satisfied; a group is satisfied when at least `needed` of its members work.
// The graph may have cycles: a resolver whose upstream is found through that resolver is one.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/values/evidence.h"

namespace mainstay {

/// Position in the frozen graph, in the order of (kind, name).
enum class NodeId : std::uint32_t {};
constexpr std::uint32_t index(NodeId id) { return static_cast<std::uint32_t>(id); }

/// What a node stands for; the words are those of docs/glossary.md. Order is the order of layers, from who needs to what is needed.
enum class NodeKind : std::uint8_t {
  workload,            // goal: the workload can authenticate
  use,                 // one identity function of a workload
  endpoint,            // an identity endpoint answers
  runs,                // something that is run here is running
  lookup,              // a stub resolver gets the answer for a name
  stub,                // the stub resolver of a scope
  question,            // one server answers for a name
  resolver,            // a recursive resolver or forwarder is up
  iteration,           // a name is resolved from the root
  zone,                // the servers of a zone can be asked
  name_server,         // an authoritative server is up
  address,             // a name server's address is known
  failure_domain,      // a host, zone of availability, region, network
  prefix,              // an address prefix is reachable
  provider,            // a DNS provider or operator works
  registrable_domain,  // a domain's registration holds
  parent               // root and top-level domains
};
std::string_view word(NodeKind kind);

/// Whether a node can fail by itself.
enum class Failure : std::uint8_t {
  derived,    // a step of reasoning: fails only when what it needs fails
  component,  // can fail by itself
  inherent    // can fail by itself, and nobody here can add an alternative: listed once, as information
};

struct Node {
  NodeKind kind{};
  std::string name;   // canonical; unique within its kind
  std::string label;  // for people; the name when empty
  Failure failure = Failure::derived;
  Reasons reasons;  // where it is declared; the first one is its owner in the scanned tree
};

/// One member of a group and why it is one.
struct Member {
  NodeId node{};
  std::uint32_t reason = 0;  // index for RequirementGraph::reason(); equal texts share one index
};

/// At least `needed` of the members must work. `needed` is the member count for "all", 1 for "any"; 0 is always satisfied.
struct Group {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t needed = 0;
  Choice choice = Choice::ordered;
  std::uint32_t hold = 0;  // seconds that the node lives on after the group fails
};

/// Frozen: built once by RequirementGraphBuilder.
class RequirementGraph {
 public:
  std::size_t size() const { return nodes_.size(); }
  std::size_t member_count() const { return members_.size(); }
  const Node& node(NodeId id) const { return nodes_[index(id)]; }
  const std::vector<Node>& nodes() const { return nodes_; }
  std::span<const Group> groups(NodeId id) const {
    return std::span(groups_).subspan(group_begin_[index(id)], group_begin_[index(id) + 1] - group_begin_[index(id)]);
  }
  std::span<const Member> members(const Group& group) const { return std::span(members_).subspan(group.first, group.count); }
  const Reasons& reason(const Member& member) const { return reasons_[member.reason]; }
  /// Cost: logarithmic.
  std::optional<NodeId> find(NodeKind kind, std::string_view name) const;
  /// All nodes of one kind, as a range of ids [first, last).
  std::pair<NodeId, NodeId> of_kind(NodeKind kind) const;

 private:
  friend class RequirementGraphBuilder;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> group_begin_;  // size() + 1 entries
  std::vector<Group> groups_;
  std::vector<Member> members_;
  std::vector<Reasons> reasons_;
};

/// Collects nodes and groups in any order; freezing sorts them, so that the same facts give the same graph.
class RequirementGraphBuilder {
 public:
  /// Position in the builder, not in the frozen graph.
  enum class Draft : std::uint32_t {};

  struct Need {
    Draft node{};
    Reasons reasons;
  };

  /// The node of that kind and name, made when it is not there. `is_new` tells who must describe it.
  Draft node(NodeKind kind, std::string_view name, bool* is_new = nullptr);
  /// For describing a node; the reference holds until the next call of node().
  Node& describe(Draft draft) { return nodes_[static_cast<std::uint32_t>(draft)]; }

  void need_all(Draft from, std::vector<Need> members);
  void need_any(Draft from, std::vector<Need> members, Choice choice = Choice::ordered, std::uint32_t hold = 0);
  void need(Draft from, std::vector<Need> members, std::uint32_t needed, Choice choice, std::uint32_t hold);

  /// Shape: nodes sorted by (kind, name); groups in the order they were added; members in the order given, repeated ones once.
  RequirementGraph freeze() &&;

 private:
  struct DraftGroup {
    Draft from{};
    std::vector<Need> members;
    std::uint32_t needed = 0;
    Choice choice{};
    std::uint32_t hold = 0;
  };
  std::vector<Node> nodes_;
  std::vector<DraftGroup> groups_;
  void enter(std::size_t hash, Draft draft);
  std::vector<std::uint32_t> sorted_nodes() const;

  // Open addressing by the hash of kind and name: a position in nodes_ and one, or 0. The size is a power of two, at least half of it free.
  std::vector<std::uint32_t> slots_;
  std::vector<std::size_t> hashes_;  // of nodes_
};

}  // namespace mainstay
