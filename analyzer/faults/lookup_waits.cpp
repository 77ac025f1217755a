#include "analyzer/faults/lookup_waits.h"

#include <algorithm>

#include "analyzer/faults/forwarders.h"
#include "analyzer/faults/holds.h"

namespace mainstay {
namespace {

ServerMode server_mode(FaultMode mode) {
  switch (mode) {
    case FaultMode::closed: return ServerMode::closed;
    case FaultMode::servfail: return ServerMode::servfail;
    case FaultMode::refused: return ServerMode::refused;
    case FaultMode::silent:
    case FaultMode::wrong_negative:
    case FaultMode::wrong_answer:
    case FaultMode::stale:
    case FaultMode::slow: break;
  }
  return ServerMode::silent;
}

/// The name that a program gives its resolver, and which candidate of the search list is the one that the estate has.
AskedName asked_name(const Node& lookup, std::string_view question_label, const Stub& stub) {
  AskedName name;
  name.dots = static_cast<std::uint32_t>(std::count(lookup.label.begin(), lookup.label.end(), '.'));
  if (question_label == lookup.label || question_label.empty()) return name;
  name.exists = AskedName::Exists::below_suffix;
  for (std::size_t at = 0; at < stub.search.size(); ++at) {
    std::string suffix = stub.search[at].display();
    if (suffix.ends_with('.')) suffix.pop_back();
    if (question_label == lookup.label + "." + suffix) name.suffix = static_cast<std::uint32_t>(at);
  }
  return name;
}

const LookupWait kNoWait;

}  // namespace

std::span<const std::uint32_t> asked_by(const RequirementGraph& graph, const GateIndex& gates, NodeId lookup) {
  for (std::uint32_t gate = gates.first_gate(index(lookup)); gate < gates.first_gate(index(lookup) + 1); ++gate) {
    const std::span<const std::uint32_t> members = gates.members(gate);
    if (!members.empty() && graph.node(NodeId(members.front())).kind != NodeKind::stub) return members;
  }
  return {};
}

std::optional<LookupClient> client_of(const Analysis& analysis, NodeId lookup, std::span<const std::uint32_t> members) {
  const RequirementGraph& graph = analysis.graph();
  const Stub* stub = stub_of_lookup(graph.node(lookup), analysis.estate());
  if (stub == nullptr) return std::nullopt;
  std::string_view label;
  for (const std::uint32_t member : members) {
    if (label.empty() && graph.node(NodeId(member)).kind == NodeKind::question) label = graph.node(NodeId(member)).label;
  }
  return LookupClient{client_config_of(*stub), asked_name(graph.node(lookup), label, *stub)};
}

const std::optional<LookupClient>& LookupClients::of(NodeId lookup, std::span<const std::uint32_t> members) {
  const auto [client, is_new] = known_.at(lookup);
  if (is_new) client = client_of(analysis_, lookup, members);
  return client;
}

LookupWaits::LookupWaits(const Analysis& analysis, KnownWaits& known, const State& state)
    : analysis_(analysis),
      graph_(analysis.graph()),
      gates_(state.gates),
      cycles_(state.cycles),
      entered_(state.cycles.all().size()),
      works_(state.works),
      options_(state.options),
      clients_(state.clients),
      known_(known),
      waits_(graph_.size()),
      states_(graph_.size()) {
  for (const Fault& fault : state.faults) modes_.emplace(fault.node, fault.mode);
}

void LookupWaits::enter_circle_of(NodeId node) {
  const std::optional<std::uint32_t> circle = cycles_.with(node);
  if (!circle || entered_[*circle]) return;
  entered_[*circle] = true;
  for (const std::uint32_t one : cycles_.all()[*circle]) {
    if (graph_.node(NodeId(one)).kind == NodeKind::lookup)
      entered(NodeId(one));
    else
      entered_state(NodeId(one));
  }
}

const LookupWait& LookupWaits::of(NodeId lookup) {
  enter_circle_of(lookup);
  return entered(lookup);
}

const LookupWait& LookupWaits::entered(NodeId lookup) {
  const auto [wait, is_new] = waits_.at(lookup);
  if (is_new) {
    wait = &kNoWait;  // a lookup that comes back to itself waits for nothing
    wait = computed(lookup);
  }
  return *wait;
}

const LookupWait* LookupWaits::of_use(NodeId use) {
  const LookupWait* last = nullptr;
  TimeRange before;
  for (const std::uint32_t member : gates_.members_of_node(index(use))) {
    if (graph_.node(NodeId(member)).kind != NodeKind::lookup) continue;
    if (last != nullptr) before = before + last->wait;
    last = &of(NodeId(member));
  }
  if (last == nullptr || before == TimeRange{}) return last;
  const auto [wait, is_new] = waits_.at(use);
  if (is_new) {
    wait = &joined_.emplace_back(*last);
    joined_.back().wait = last->wait + before;
  }
  return wait;
}

const LookupWait* LookupWaits::computed(NodeId lookup) {
  const std::span<const std::uint32_t> members = asked_by(graph_, gates_, lookup);
  if (members.empty()) return &kNoWait;
  const std::optional<LookupClient> client = clients_ != nullptr ? clients_->of(lookup, members) : client_of(analysis_, lookup, members);
  return client ? by_stub(*client, members) : by_any(members);
}

const LookupWait* LookupWaits::by_any(std::span<const std::uint32_t> members) {
  std::optional<LookupWait> all;
  for (const std::uint32_t member : members) {
    LookupWait one = of(NodeId(member));
    all = all ? either(*std::move(all), std::move(one)) : std::move(one);
  }
  return all ? &joined_.emplace_back(*std::move(all)) : &kNoWait;
}

const LookupWait* LookupWaits::by_stub(LookupClient client, std::span<const std::uint32_t> members) {
  AskedWay way{.config = client.config, .name = client.name, .kind = {}, .harsh = {}};
  if (options_.timeout) way.config.timeout = options_.timeout;
  if (options_.attempts) way.config.attempts = options_.attempts;
  way.kind.reserve(members.size());
  way.harsh.reserve(members.size());
  for (const std::uint32_t member : members) {
    const States states = state_of(NodeId(member));
    way.kind.push_back(states.kind);
    way.harsh.push_back(states.harsh);
    way.inner_unknown = way.inner_unknown || states.inner_unknown;
  }
  return &known_.of(std::move(way));
}

std::optional<NodeId> LookupWaits::resolver_of(NodeId question) const {
  for (const std::uint32_t member : gates_.members_of_node(index(question))) {
    if (graph_.node(NodeId(member)).kind == NodeKind::resolver) return NodeId(member);
  }
  return std::nullopt;
}

LookupWaits::States LookupWaits::state_of(NodeId question) {
  enter_circle_of(question);
  return entered_state(question);
}

LookupWaits::States LookupWaits::entered_state(NodeId question) {
  const auto [known, is_new] = states_.at(question);  // one that comes back to itself adds nothing
  if (is_new) known = computed_state(question);
  return known;
}

LookupWaits::States LookupWaits::computed_state(NodeId question) {
  const Node& node = graph_.node(question);
  if (node.kind == NodeKind::lookup) {  // the servers of another stub, asked one after the other
    const LookupWait inner = of(question);
    const ServerState state{works_[index(question)] ? ServerMode::good : ServerMode::servfail, inner.wait};
    return {state, state, inner.inner_unknown};
  }
  if (node.kind != NodeKind::question) return {};
  const std::optional<NodeId> resolver = resolver_of(question);
  if (resolver && !works_[index(*resolver)]) {
    const ServerState state{mode_of_dead(*resolver), {}};
    return {state, state};
  }
  for (const Group& group : graph_.groups(question)) {
    if (group.needed > group.count) return {{ServerMode::nxdomain, {}}, {ServerMode::nxdomain, {}}};
  }
  const std::span<const std::uint32_t> upstreams = upstreams_of(question);
  if (!upstreams.empty()) return state_of_forwarder(question, upstreams);
  if (works_[index(question)]) return {};
  // The server is there and gets no answer itself. It says so at once or after a time of its own, for which the client may not wait.
  return {{ServerMode::servfail, {}}, {ServerMode::silent, {}}};
}

LookupWaits::States LookupWaits::state_of_forwarder(NodeId question, std::span<const std::uint32_t> upstreams) {
  std::vector<ServerState> kind;
  std::vector<ServerState> harsh;
  kind.reserve(upstreams.size());
  harsh.reserve(upstreams.size());
  bool inner_unknown = false;
  for (const std::uint32_t one : upstreams) {
    const States state = state_of(NodeId(one));
    kind.push_back(state.kind);
    harsh.push_back(state.harsh);
    inner_unknown = inner_unknown || state.inner_unknown;
  }
  const bool works = works_[index(question)];
  const ServerState good;
  if (works && std::all_of(harsh.begin(), harsh.end(), [&](const ServerState& one) { return one == good; }))
    return {good, good, inner_unknown};
  const Server* server = server_of_question(graph_.node(question), analysis_.estate());
  const std::string software = server == nullptr ? "" : server->software;
  const std::optional<Forwarded>& mild = known_.of(ForwarderStates{software, std::move(kind)});
  const std::optional<Forwarded>& hard = known_.of(ForwarderStates{software, std::move(harsh)});
  if (mild && hard) return {mild->later, hard->first, inner_unknown};
  if (works) return {good, good, true};
  return {{ServerMode::servfail, {}}, {ServerMode::silent, {}}};
}

/// The servers that a question is handed on to; nothing when it is answered otherwise.
std::span<const std::uint32_t> LookupWaits::upstreams_of(NodeId question) const {
  for (std::uint32_t gate = gates_.first_gate(index(question)); gate < gates_.first_gate(index(question) + 1); ++gate) {
    const std::span<const std::uint32_t> members = gates_.members(gate);
    const bool handed_on = !members.empty() && std::any_of(members.begin(), members.end(), [&](std::uint32_t member) {
      const Node& node = graph_.node(NodeId(member));
      return node.kind == NodeKind::lookup || (node.kind == NodeKind::question && node.label == graph_.node(question).label);
    });
    if (handed_on) return members;
  }
  return {};
}

ServerMode LookupWaits::mode_of_dead(NodeId resolver) const {
  if (const auto own = modes_.find(resolver); own != modes_.end()) return server_mode(own->second);
  for (const std::uint32_t member : gates_.members_of_node(index(resolver))) {
    const auto process = modes_.find(NodeId(member));
    if (process != modes_.end() && graph_.node(NodeId(member)).kind == NodeKind::runs) return server_mode(process->second);
  }
  return ServerMode::silent;  // its host, its network or its place is gone
}

}  // namespace mainstay
