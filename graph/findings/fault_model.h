// FaultModel: what a reader without the program needs, besides the requirement graph, to say how everybody stands while something is
// faulty. Ready for any output; holds no pointers.
//
// The graph says who works. The rest of a what-if rests on things that are not gates: what is held for how long, which deadlines there are,
// and how long a client library takes to turn to the next server. The last of these is no formula here but tables: each client and each
// forwarding program was asked what comes of every list of servers in every state that a single fault, and many that several faults, can
// bring about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// Shape: lists of nodes are sorted by node; `states` begins with that of a server that answers at once, `forwarders` with programs of
///        which nothing is known.
struct FaultModel {
  /// How long something is held at most: at least `known`; `most` is unset where nobody knows.
  /// Units: seconds.
  struct Hold {
    std::uint64_t known = 0;
    std::optional<std::uint64_t> most;
  };
  struct Goal {
    NodeId node{};
    Purpose purpose = Purpose::ordinary;
    bool resolver_unknown = false;  // nothing says which resolver it uses
  };
  struct Use {
    NodeId node{};
    std::optional<std::uint32_t> deadline;  // milliseconds
    std::optional<Hold> credential;         // a token, a key set
  };
  struct Question {
    NodeId node{};
    bool name_known = false;  // otherwise nothing is known of its answers
    Hold answer;
    Hold stale;
    std::uint32_t forwarder = 0;  // index of `forwarders`
  };
  /// A lookup that a stub resolver makes.
  struct Lookup {
    NodeId node{};
    std::uint32_t client = 0;  // index of `clients`
  };
  /// What a server does with a question. Units: milliseconds.
  struct State {
    std::string mode;
    std::uint64_t lo = 0;
    std::uint64_t hi = 0;
    friend auto operator<=>(const State&, const State&) = default;
  };
  /// States of a list of servers, as indices of `states`.
  using States = std::vector<std::uint32_t>;
  /// How a lookup goes. Units: milliseconds.
  struct Answer {
    std::uint8_t best = 0;   // from answered to crashed, as LookupOutcome has them
    std::uint8_t worst = 0;  // the same
    std::uint64_t lo = 0;
    std::uint64_t hi = 0;
    std::string source;      // "assumed", "documented", "measured"
    std::string arithmetic;  // of the worst case
    friend auto operator<=>(const Answer&, const Answer&) = default;
  };
  /// One way of failing over: a client library with its settings and one kind of name.
  struct Client {
    std::string word;
    std::optional<std::uint32_t> most_servers;  // it never asks those behind
    std::map<States, std::uint32_t> answers;    // index of `answers`
  };
  /// What the clients of a forwarding program see soon after its upstreams came into a state, and once it has learned from that.
  struct Forwarded {
    std::uint32_t first = 0;  // index of `states`
    std::uint32_t later = 0;
  };
  struct Forwarder {
    std::map<States, std::optional<Forwarded>> seen;  // unset: it depends on more than is known
  };

  /// What is wrong with a kind of thing when it is faulty, the usual way first.
  struct Modes {
    NodeKind kind{};
    std::vector<std::string> words;
  };
  /// A single fault that somebody here could mend, and how many workloads it takes away.
  struct Worst {
    NodeId node{};
    std::uint64_t lost = 0;
  };

  std::vector<Modes> modes;  // of the kinds that can fail by themselves
  std::vector<Worst> worst;  // those that take most away first, at most ten
  std::vector<Goal> goals;
  std::vector<Use> uses;
  std::vector<Question> questions;
  std::vector<Lookup> lookups;
  std::vector<std::vector<std::uint32_t>> cycles;  // nodes that come back to themselves, each circle ascending: worked out in that order
  std::vector<State> states;
  std::vector<Answer> answers;
  std::vector<Client> clients;
  std::vector<Forwarder> forwarders;
};

}  // namespace mainstay
