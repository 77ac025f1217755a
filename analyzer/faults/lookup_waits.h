// Lookup waits: how long the lookups of workloads take while some servers do not answer, by each client library's own way of failing over.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/faults/asking_cycles.h"
#include "analyzer/faults/fault_modes.h"
#include "analyzer/faults/known_waits.h"
#include "analyzer/faults/node_memo.h"

namespace mainstay {

/// Settings of stub resolvers that are otherwise than the estate says.
struct StubOptions {
  std::optional<std::uint32_t> timeout;
  std::optional<std::uint32_t> attempts;
};

/// Who makes a lookup, and of what kind of name.
struct LookupClient {
  ClientConfig config;
  AskedName name;
};
/// Shape:  nothing for lookups that no stub of the estate makes. `members` are the servers that it may turn to.
std::optional<LookupClient> client_of(const Analysis& analysis, NodeId lookup, std::span<const std::uint32_t> members);
/// The servers, or what stands for them, that a lookup may turn to.
std::span<const std::uint32_t> asked_by(const RequirementGraph& graph, const GateIndex& gates, NodeId lookup);

/// Who makes each lookup of a graph, worked out once for all of its states.
class LookupClients {
 public:
  explicit LookupClients(const Analysis& analysis) : analysis_(analysis), known_(analysis.graph().size()) {}
  const std::optional<LookupClient>& of(NodeId lookup, std::span<const std::uint32_t> members);

 private:
  const Analysis& analysis_;
  NodeMemo<std::optional<LookupClient>> known_;
};

/// Answers for one state of a graph, whatever the order of the questions; each lookup is worked out once.
class LookupWaits {
 public:
  /// A graph in one state: `works` is one flag a node. All references must outlive the object.
  struct State {
    const GateIndex& gates;
    const AskingCycles& cycles;
    const std::vector<bool>& works;
    const std::vector<Fault>& faults;
    StubOptions options;
    LookupClients* clients = nullptr;  // where many states are asked about
  };
  LookupWaits(const Analysis& analysis, KnownWaits& known, const State& state);

  const LookupWait& of(NodeId lookup);
  /// Of all lookups that a use makes one after the other; null when it makes none.
  const LookupWait* of_use(NodeId use);

 private:
  /// What a server does with one question: one state, or two between which nobody can tell.
  struct States {
    ServerState kind;
    ServerState harsh;
    bool inner_unknown = false;
  };
  /// Works out the circle that a node is in, if it is in one.
  void enter_circle_of(NodeId node);
  const LookupWait& entered(NodeId lookup);
  States state_of(NodeId question);
  States entered_state(NodeId question);
  States computed_state(NodeId question);
  States state_of_forwarder(NodeId question, std::span<const std::uint32_t> upstreams);
  std::span<const std::uint32_t> upstreams_of(NodeId question) const;
  std::optional<NodeId> resolver_of(NodeId question) const;
  ServerMode mode_of_dead(NodeId resolver) const;
  const LookupWait* computed(NodeId lookup);
  const LookupWait* by_stub(LookupClient client, std::span<const std::uint32_t> members);
  const LookupWait* by_any(std::span<const std::uint32_t> members);

  const Analysis& analysis_;
  const RequirementGraph& graph_;
  const GateIndex& gates_;
  const AskingCycles& cycles_;
  std::vector<bool> entered_;  // by circle
  const std::vector<bool>& works_;
  StubOptions options_;
  LookupClients* clients_;
  std::map<NodeId, FaultMode> modes_;
  KnownWaits& known_;
  NodeMemo<const LookupWait*> waits_;  // of lookups, and of uses that make several
  std::deque<LookupWait> joined_;      // those that no one way of asking has
  NodeMemo<States> states_;
};

}  // namespace mainstay
