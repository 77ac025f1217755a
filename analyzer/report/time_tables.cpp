#include "analyzer/report/time_tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "analyzer/faults/fault_modes.h"
#include "analyzer/faults/holds.h"
#include "analyzer/faults/lookup_waits.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostVisits = 3'000'000;
constexpr std::size_t kMostCombined = 3;  // servers of a list of which every combination of states is asked

/// Numbers things in the order in which they first come.
template <class Value>
class Numbers {
 public:
  explicit Numbers(std::vector<Value>& all) : all_(all) {}
  std::uint32_t of(const Value& value) {
    const auto [at, is_new] = known_.try_emplace(value, static_cast<std::uint32_t>(all_.size()));
    if (is_new) all_.push_back(value);
    return at->second;
  }

 private:
  std::vector<Value>& all_;
  std::map<Value, std::uint32_t> known_;
};

/// All that a client's way of failing over depends on.
auto key_of(const LookupClient& client) {
  const ClientConfig& config = client.config;
  const AskedName& name = client.name;
  return std::tuple(config.client, config.timeout, config.attempts, config.ndots, config.search_entries, config.rotate,
                    config.single_request, config.use_vc, name.dots >= config.ndots, name.absolute, name.exists, name.suffix);
}

class Tables {
 public:
  Tables(const Analysis& analysis, FaultModel& model)
      : analysis_(analysis),
        graph_(analysis.graph()),
        asking_(analysis),
        cycles_(graph_, analysis.fixed_points().gates()),
        model_(model),
        states_(model.states),
        answers_(model.answers) {
    model_.cycles = cycles_.all();
    states_.of({.mode = std::string(word(ServerMode::good))});
  }

  void fill() {
    number_forwarders();
    number_clients();
    ask_combinations();
    FixedPoints& points = analysis_.fixed_points();
    works_.assign(graph_.size(), true);
    for (std::uint32_t at = 0; at < graph_.size(); ++at) works_[at] = points.state(NodeId(at)) != FaultState::never;
    const auto [first, last] = graph_.of_kind(NodeKind::lookup);
    std::vector<NodeId> all;
    for (std::uint32_t at = index(first); at < index(last); ++at) all.push_back(NodeId(at));
    look_up(all, {});
    for (std::uint32_t at = 0; at < graph_.size() && visits_ < kMostVisits; ++at) try_faults_of(NodeId(at));
    write_down();
  }

 private:
  void number_forwarders();
  void number_clients();
  FaultModel::States numbered(std::span<const ServerState> servers);
  std::uint32_t numbered(const ServerState& state);
  void ask_client(const LookupClient& client, std::span<const ServerState> servers);
  void ask_combinations();
  std::vector<NodeId> lookups_above(NodeId node);
  void look_up(const std::vector<NodeId>& lookups, const std::vector<Fault>& faults);
  void try_faults_of(NodeId node);
  void write_down();

  const Analysis& analysis_;
  const RequirementGraph& graph_;
  LookupClients asking_;
  AskingCycles cycles_;
  FaultModel& model_;
  Numbers<FaultModel::State> states_;
  Numbers<FaultModel::Answer> answers_;
  KnownWaits known_;
  std::map<decltype(key_of(LookupClient{})), std::uint32_t> clients_;
  std::vector<std::size_t> most_members_;  // of a client's lookups
  std::vector<LookupClient> examples_;     // of each client
  std::map<std::string, std::uint32_t> forwarders_;
  std::vector<bool> works_;
  std::size_t visits_ = 0;
};

void Tables::number_forwarders() {
  forwarders_.emplace("", 0);
  for (FaultModel::Question& question : model_.questions) {
    const Server* server = server_of_question(graph_.node(question.node), analysis_.estate());
    const std::string software = server == nullptr ? "" : server->software;
    question.forwarder = forwarders_.try_emplace(software, static_cast<std::uint32_t>(forwarders_.size())).first->second;
  }
  model_.forwarders.resize(forwarders_.size());
}

void Tables::number_clients() {
  const GateIndex& gates = analysis_.fixed_points().gates();
  const auto [first, last] = graph_.of_kind(NodeKind::lookup);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    const std::span<const std::uint32_t> members = asked_by(graph_, gates, NodeId(at));
    const std::optional<LookupClient> client = client_of(analysis_, NodeId(at), members);
    if (!client) continue;
    const auto [number, is_new] = clients_.try_emplace(key_of(*client), static_cast<std::uint32_t>(clients_.size()));
    if (is_new) {
      most_members_.push_back(0);
      examples_.push_back(*client);
      FaultModel::Client& row = model_.clients.emplace_back(FaultModel::Client{.word = std::string(word(client->config.client))});
      if (const std::optional<std::size_t> most = max_servers(client->config.client)) row.most_servers = static_cast<std::uint32_t>(*most);
    }
    most_members_[number->second] = std::max(most_members_[number->second], members.size());
    model_.lookups.push_back({NodeId(at), number->second});
  }
}

std::uint32_t Tables::numbered(const ServerState& state) {
  return states_.of({std::string(word(state.mode)), static_cast<std::uint64_t>(state.delay.lo.count()),
                     static_cast<std::uint64_t>(state.delay.hi.count())});
}

FaultModel::States Tables::numbered(std::span<const ServerState> servers) {
  FaultModel::States numbers;
  for (const ServerState& one : servers) numbers.push_back(numbered(one));
  return numbers;
}

void Tables::ask_client(const LookupClient& client, std::span<const ServerState> servers) {
  FaultModel::Client& row = model_.clients[clients_.at(key_of(client))];
  servers = servers.first(std::min<std::size_t>(servers.size(), row.most_servers.value_or(servers.size())));
  const auto [at, is_new] = row.answers.try_emplace(numbered(servers), 0);
  if (!is_new) return;
  const LookupWait wait = wait_of(failover(client.config, servers, client.name), client.config);
  at->second = answers_.of({.best = static_cast<std::uint8_t>(wait.best),
                            .worst = static_cast<std::uint8_t>(wait.worst),
                            .lo = static_cast<std::uint64_t>(wait.wait.lo.count()),
                            .hi = static_cast<std::uint64_t>(wait.wait.hi.count()),
                            .source = std::string(word(wait.source)),
                            .arithmetic = wait.arithmetic});
}

/// Several faults at once, as long as no forwarder of its own stands between.
void Tables::ask_combinations() {
  constexpr std::array kModes = {ServerMode::good,     ServerMode::silent,  ServerMode::closed,
                                 ServerMode::servfail, ServerMode::refused, ServerMode::nxdomain};
  for (std::size_t client = 0; client < examples_.size(); ++client) {
    for (std::size_t count = 1; count <= std::min(kMostCombined, most_members_[client]); ++count) {
      std::size_t all = 1;
      for (std::size_t at = 0; at < count; ++at) all *= kModes.size();
      for (std::size_t number = 0; number < all; ++number) {
        std::vector<ServerState> servers;
        for (std::size_t rest = number, at = 0; at < count; ++at, rest /= kModes.size())
          servers.push_back({kModes[rest % kModes.size()], {}});
        ask_client(examples_[client], servers);
      }
    }
  }
}

std::vector<NodeId> Tables::lookups_above(NodeId node) {
  const GateIndex& gates = analysis_.fixed_points().gates();
  std::vector<NodeId> lookups;
  std::vector<bool> seen(graph_.size());
  std::vector<std::uint32_t> open{index(node)};
  seen[index(node)] = true;
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    ++visits_;
    if (graph_.node(NodeId(at)).kind == NodeKind::lookup) lookups.push_back(NodeId(at));
    for (const std::uint32_t gate : gates.gates_with(at)) {
      const std::uint32_t owner = gates.owner(gate);
      if (!seen[owner]) open.push_back(owner);
      seen[owner] = true;
    }
  }
  return lookups;
}

void Tables::look_up(const std::vector<NodeId>& lookups, const std::vector<Fault>& faults) {
  LookupWaits waits(analysis_, known_, {analysis_.fixed_points().gates(), cycles_, works_, faults, {}, &asking_});
  for (const NodeId lookup : lookups) waits.of(lookup);
}

void Tables::try_faults_of(NodeId node) {
  const NodeKind kind = graph_.node(node).kind;
  const std::span<const FaultMode> modes = modes_of(kind);
  if (modes.empty() || !gives_no_answer(modes.front())) return;  // with wrong answers nobody waits
  const std::vector<NodeId> lookups = lookups_above(node);
  if (lookups.empty()) return;
  const std::vector<NodeId> lost = analysis_.fixed_points().what_if(std::vector{node});
  for (const NodeId one : lost) works_[index(one)] = false;
  for (const FaultMode mode : modes) {
    if (!gives_no_answer(mode)) break;
    look_up(lookups, {Fault{node, mode}});
    // What else is gone is silent, however it went.
    if (kind != NodeKind::resolver && kind != NodeKind::runs) break;
  }
  for (const NodeId one : lost) works_[index(one)] = true;
}

/// Everything that was asked on the way.
void Tables::write_down() {
  for (const auto& [way, wait] : known_.ways()) {
    for (const std::vector<ServerState>* servers : {&way.kind, &way.harsh}) ask_client({way.config, way.name}, *servers);
  }
  for (const auto& [asked, seen] : known_.forwarders()) {
    std::optional<FaultModel::Forwarded>& row = model_.forwarders[forwarders_.at(asked.software)].seen[numbered(asked.upstreams)];
    if (seen) row = FaultModel::Forwarded{numbered(seen->first), numbered(seen->later)};
  }
}

}  // namespace

void add_time_tables(const Analysis& analysis, FaultModel& model) { Tables(analysis, model).fill(); }

}  // namespace mainstay
