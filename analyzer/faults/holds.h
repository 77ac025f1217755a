// Holds: how long somebody lives on what it has when its source is gone: cached answers, tokens, keys.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/model/requirements.h"
#include "graph/model/resolution.h"

namespace mainstay {

/// The longest that something may last, as far as that is known.
/// Shape: at least `known`, and at most `most`; they differ where a hold is not known.
/// Units: seconds.
struct Longest {
  static constexpr std::uint64_t kForever = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t known = 0;
  std::uint64_t most = 0;

  bool is_known() const { return known == most; }
  friend bool operator==(const Longest&, const Longest&) = default;
};
Longest operator+(Longest a, Longest b);
/// Whichever ends first, and last.
Longest earlier(Longest a, Longest b);
Longest later(Longest a, Longest b);

enum class HoldKind : std::uint8_t {
  answer,     // a cached answer lasts for its TTL. TTLs count down on the way, so along a chain of caches the longest counts, not the sum
  stale,      // a server answers from expired data for a while more
  credential  // a token, a key set or an offline cache outlives the path that it came on
};

/// One hold: what it is, how long it lasts at most, and why that is believed.
struct Hold {
  HoldKind kind = HoldKind::answer;
  std::string what;  // "answer for login.example.com, TTL 300 s", "what process:app holds of login.example.com"
  Longest lasts;
  Reasons reasons;
};

/// The holds of the nodes that may have any: questions (answer, stale) and uses (credential). Each node is worked out when it is asked for.
/// Not safe to share between threads.
class Holds {
 public:
  /// Both must outlive the object.
  Holds(const RequirementGraph& graph, Resolution& resolution) : graph_(&graph), resolution_(&resolution) {}
  /// Holds that are given, for graphs without an estate; other nodes have none.
  explicit Holds(std::unordered_map<NodeId, std::vector<Hold>> given) : known_(std::move(given)) {}

  /// The reference holds as long as the object.
  const std::vector<Hold>& of(NodeId node) const;

 private:
  std::vector<Hold> computed(NodeId node) const;

  const RequirementGraph* graph_ = nullptr;
  Resolution* resolution_ = nullptr;
  mutable std::unordered_map<NodeId, std::vector<Hold>> known_;
};

/// The facts that a use was made of: the same endpoint in the same role may be named by several settings of one workload.
std::vector<const Use*> uses_behind(const Node& use, const Estate& estate);
/// The server behind a question and the stub behind a lookup; null when nothing in the estate is called so.
const Server* server_of_question(const Node& question, const Estate& estate);
const Stub* stub_of_lookup(const Node& lookup, const Estate& estate);

}  // namespace mainstay
