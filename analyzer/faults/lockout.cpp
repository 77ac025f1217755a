#include "analyzer/faults/lockout.h"

#include <algorithm>

namespace mainstay {
namespace {

bool ends_before(const Ending& a, const Ending& b) {
  return a.longest.known != b.longest.known ? a.longest.known < b.longest.known : a.longest.most < b.longest.most;
}

/// Both ends bound the longest time each by itself; the holds are those of the one that ends first as far as is known.
void take_earlier(Ending& into, Ending one) {
  const Longest both = earlier(into.longest, one.longest);
  if (ends_before(one, into)) into.carried = std::move(one.carried);
  into.longest = both;
}

/// The `rank`-th of the endings in order of time; both ends of the longest are ranked, since they bound it each by itself.
Ending ranked(std::vector<const Ending*>& endings, std::size_t rank) {
  if (endings.size() == 1) return *endings.front();
  std::sort(endings.begin(), endings.end(), [](const Ending* a, const Ending* b) { return ends_before(*a, *b); });
  Ending chosen = *endings[rank];
  const auto by_most = [](const Ending* a, const Ending* b) { return a->longest.most < b->longest.most; };
  std::nth_element(endings.begin(), endings.begin() + static_cast<std::ptrdiff_t>(rank), endings.end(), by_most);
  chosen.longest.most = endings[rank]->longest.most;
  return chosen;
}

/// The part of a question that comes from elsewhere, as opposed to the server itself and to the target of an alias.
bool is_source(const RequirementGraph& graph, NodeId question, NodeId member) {
  const Node& other = graph.node(member);
  if (other.kind == NodeKind::resolver) return false;
  return other.kind != NodeKind::question || other.label == graph.node(question).label;
}

const Hold* hold_of(const Holds& holds, NodeId node, HoldKind kind) {
  for (const Hold& one : holds.of(node)) {
    if (one.kind == kind) return &one;
  }
  return nullptr;
}

void carry(Ending& ending, const Hold& hold) {
  if (hold.lasts.most > 0) ending.carried.push_back(&hold);
}

}  // namespace

Endings::Endings(const RequirementGraph& graph, const FixedPoints& points, const Holds& holds, std::vector<NodeId> lost,
                 std::span<const NodeId> failed)
    : lost_(std::move(lost)), endings_(lost_.size()) {
  constexpr unsigned kRounds = 32;
  const auto has_failed = [&](NodeId node) { return std::find(failed.begin(), failed.end(), node) != failed.end(); };
  bool changed = true;
  for (unsigned round = 0; changed && round < kRounds; ++round) {
    changed = false;
    // Who needs stands before what is needed, so most endings are right in the first round.
    for (std::size_t at = lost_.size(); at-- > 0;) {
      if (has_failed(lost_[at])) continue;
      Ending now = computed(graph, points, holds, lost_[at]);
      if (now.longest == endings_[at].longest) continue;
      endings_[at] = std::move(now);
      changed = true;
    }
  }
  if (!changed) return;
  for (Ending& one : endings_) one.longest.most = Longest::kForever;  // servers that keep each other's answers alive
}

const Ending* Endings::of(NodeId node) const {
  const auto at = std::lower_bound(lost_.begin(), lost_.end(), node);
  return at == lost_.end() || *at != node ? nullptr : &endings_[static_cast<std::size_t>(at - lost_.begin())];
}

Ending Endings::of_gate(const FixedPoints& points, std::uint32_t gate, std::vector<const Ending*>& ending) const {
  static const Ending kAtOnce;
  const GateIndex& gates = points.gates();
  ending.clear();
  for (const std::uint32_t member : gates.members(gate)) {
    if (points.state(NodeId(member)) == FaultState::never) {
      ending.push_back(&kAtOnce);  // it was no help before either
    } else if (const Ending* one = of(NodeId(member))) {
      ending.push_back(one);
    }
  }
  // It holds until more than count - needed members have ended.
  const std::size_t count = gates.members(gate).size();
  const std::size_t spare = count - std::min<std::size_t>(gates.needed(gate), count);
  if (gates.needed(gate) == 0 || ending.size() <= spare) return {.longest = {Longest::kForever, Longest::kForever}, .carried = {}};
  return ranked(ending, spare);
}

Ending Endings::computed(const RequirementGraph& graph, const FixedPoints& points, const Holds& holds, NodeId node) const {
  const GateIndex& gates = points.gates();
  const Ending never{.longest = {Longest::kForever, Longest::kForever}, .carried = {}};
  const bool is_question = graph.node(node).kind == NodeKind::question;
  Ending whole = never;
  Ending source = never;
  std::vector<const Ending*> ending;  // of the members of a gate
  for (std::uint32_t gate = gates.first_gate(index(node)); gate < gates.first_gate(index(node) + 1); ++gate) {
    Ending one = of_gate(points, gate, ending);
    const std::span<const std::uint32_t> members = gates.members(gate);
    const bool cached = is_question && !members.empty() && is_source(graph, node, NodeId(members.front()));
    take_earlier(cached ? source : whole, std::move(one));
  }
  if (source.longest.known != Longest::kForever) {
    if (const Hold* answer = hold_of(holds, node, HoldKind::answer)) {
      const Longest kept = later(source.longest, answer->lasts);
      if (answer->lasts.most > source.longest.known) source.carried = {};
      if (!(kept == source.longest)) carry(source, *answer);
      source.longest = kept;
    } else {
      source.longest.most = Longest::kForever;  // the name is not known, so its TTL is not either
    }
    if (const Hold* stale = hold_of(holds, node, HoldKind::stale)) {
      source.longest = source.longest + stale->lasts;
      carry(source, *stale);
    }
  }
  take_earlier(whole, std::move(source));
  if (const Hold* held = hold_of(holds, node, HoldKind::credential)) {
    whole.longest = whole.longest + held->lasts;
    carry(whole, *held);
  }
  return whole;
}

}  // namespace mainstay
