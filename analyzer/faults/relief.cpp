#include "analyzer/faults/relief.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// 0: stands as before the fault; 1: gets through, but late; 2: does not get through.
int harm(Standing standing) {
  if (standing < Standing::slow) return 2;
  return standing == Standing::slow ? 1 : 0;
}

/// Something to try.
struct Candidate {
  Scenario scenario;
  Relief relief;
};

class Search {
 public:
  Search(WhatIf& what_if, const Scenario& scenario, const Impact& impact)
      : what_if_(what_if),
        analysis_(what_if.analysis()),
        graph_(analysis_.graph()),
        gates_(analysis_.fixed_points().gates()),
        scenario_(scenario),
        impact_(impact) {}

  std::vector<Relief> run();

 private:
  using Goals = std::vector<NodeId>;
  Goals goals_with(auto&& standing) const;
  void stop_sick_processes();
  void use_other_servers();
  void shorten_timeouts();
  void lengthen_deadlines();

  std::vector<NodeId> servers_in_trouble() const;
  std::vector<NodeId> questions_in_trouble(const std::vector<NodeId>& resolvers) const;
  std::vector<NodeId> stand_ins(const std::vector<NodeId>& questions) const;
  std::optional<NodeId> same_question(NodeId question, NodeId resolver) const;
  OtherMembers replaced(const std::vector<NodeId>& questions, NodeId with) const;
  OtherMembers put_first(const std::vector<NodeId>& questions, NodeId first, const std::set<const Stub*>& stubs) const;
  std::set<const Stub*> stubs_of(const Goals& goals) const;
  void add_places(const std::set<const Stub*>& stubs, Relief& relief) const;
  std::string names(const std::vector<NodeId>& nodes) const;

  WhatIf& what_if_;
  const Analysis& analysis_;
  const RequirementGraph& graph_;
  const GateIndex& gates_;
  const Scenario& scenario_;
  const Impact& impact_;
  std::vector<Candidate> candidates_;
};

Search::Goals Search::goals_with(auto&& standing) const {
  Goals goals;
  for (const Outcome& one : impact_.outcomes) {
    if (standing(one.standing)) goals.push_back(one.goal);
  }
  return goals;
}

void Search::stop_sick_processes() {
  Candidate one{.scenario = scenario_, .relief = {}};
  std::vector<NodeId> stopped;
  bool lies = false;
  for (Fault& fault : one.scenario.faults) {
    const std::span<const FaultMode> modes = modes_of(graph_.node(fault.node).kind);
    if (fault.mode == FaultMode::closed || std::find(modes.begin(), modes.end(), FaultMode::closed) == modes.end()) continue;
    lies = lies || gives_wrong_answer(fault.mode);
    fault.mode = FaultMode::closed;
    stopped.push_back(fault.node);
  }
  if (stopped.empty()) return;
  one.relief.action = fmt::format("stop {} but keep its host up (port closed)", names(stopped));
  one.relief.why = lies ? "a closed port sends clients to their next server, a wrong answer does not"
                        : "a closed port is turned away at once, silence is waited for";
  one.relief.edits = stopped.size();
  candidates_.push_back(std::move(one));
}

std::vector<NodeId> Search::servers_in_trouble() const {
  std::vector<NodeId> found;
  const auto [first, last] = graph_.of_kind(NodeKind::resolver);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    const bool never = analysis_.fixed_points().state(NodeId(at)) == FaultState::never;
    const bool faulty =
        std::any_of(scenario_.faults.begin(), scenario_.faults.end(), [&](const Fault& one) { return index(one.node) == at; });
    if (!never && (faulty || !impact_.works[at])) found.push_back(NodeId(at));
  }
  return found;
}

std::vector<NodeId> Search::questions_in_trouble(const std::vector<NodeId>& resolvers) const {
  std::vector<NodeId> found;
  for (const NodeId resolver : resolvers) {
    for (const std::uint32_t gate : gates_.gates_with(index(resolver))) {
      if (graph_.node(NodeId(gates_.owner(gate))).kind == NodeKind::question) found.push_back(NodeId(gates_.owner(gate)));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<NodeId> Search::same_question(NodeId question, NodeId resolver) const {
  return graph_.find(NodeKind::question, graph_.node(question).label + "@" + graph_.node(resolver).name);
}

/// Servers that answer the same questions now, those that answer most of them first.
std::vector<NodeId> Search::stand_ins(const std::vector<NodeId>& questions) const {
  constexpr std::size_t kTried = 2;
  std::set<std::string_view> labels;
  for (const NodeId question : questions) labels.insert(graph_.node(question).label);
  const std::vector<NodeId> trouble = servers_in_trouble();
  std::map<NodeId, std::size_t> answers;
  const auto [first, last] = graph_.of_kind(NodeKind::question);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    if (!impact_.works[at] || !impact_.lost_shares[at].is_none() || !labels.contains(graph_.node(NodeId(at)).label)) continue;
    for (const std::uint32_t member : gates_.members_of_node(at)) {
      const Node& node = graph_.node(NodeId(member));
      if (node.kind != NodeKind::resolver || node.failure != Failure::component) continue;
      const Server* server = analysis_.estate().server(node.name);
      const bool ours = server != nullptr && std::any_of(server->addresses.begin(), server->addresses.end(),
                                                         [](const IpAddress& one) { return !one.is_loopback(); });
      if (ours && !std::binary_search(trouble.begin(), trouble.end(), NodeId(member))) ++answers[NodeId(member)];
    }
  }
  std::vector<NodeId> found;
  for (const auto& [resolver, count] : answers) found.push_back(resolver);
  std::stable_sort(found.begin(), found.end(), [&](NodeId a, NodeId b) { return answers.at(a) > answers.at(b); });
  found.resize(std::min(found.size(), kTried));
  return found;
}

/// Whoever asks one of the questions gets the answer of the other server instead.
OtherMembers Search::replaced(const std::vector<NodeId>& questions, NodeId with) const {
  OtherMembers edits = scenario_.edits;
  for (const NodeId question : questions) {
    const std::optional<NodeId> other = same_question(question, with);
    if (!other) continue;
    for (const std::uint32_t gate : gates_.gates_with(index(question))) {
      const auto [at, is_new] = edits.try_emplace(gate);
      if (is_new) at->second.assign(gates_.members(gate).begin(), gates_.members(gate).end());
      std::vector<std::uint32_t>& members = at->second;
      const bool listed = std::find(members.begin(), members.end(), index(*other)) != members.end();
      const auto place = std::find(members.begin(), members.end(), index(question));
      if (place == members.end()) continue;
      if (listed) members.erase(std::find(members.begin(), members.end(), index(*other)));
      std::replace(members.begin(), members.end(), index(question), index(*other));
    }
  }
  return edits;
}

OtherMembers Search::put_first(const std::vector<NodeId>& questions, NodeId first, const std::set<const Stub*>& stubs) const {
  OtherMembers edits = scenario_.edits;
  for (const NodeId question : questions) {
    const std::optional<NodeId> other = same_question(question, first);
    if (!other) continue;
    for (const std::uint32_t gate : gates_.gates_with(index(question))) {
      const Node& owner = graph_.node(NodeId(gates_.owner(gate)));
      if (owner.kind != NodeKind::lookup || !stubs.contains(stub_of_lookup(owner, analysis_.estate()))) continue;
      std::vector<std::uint32_t> members{index(*other)};
      for (const std::uint32_t member : gates_.members(gate)) {
        if (member != index(*other)) members.push_back(member);
      }
      edits[gate] = std::move(members);
    }
  }
  return edits;
}

std::set<const Stub*> Search::stubs_of(const Goals& goals) const {
  std::set<const Stub*> stubs;
  for (const NodeId goal : goals) stubs.insert(analysis_.asked(goal).stubs.begin(), analysis_.asked(goal).stubs.end());
  return stubs;
}

void Search::add_places(const std::set<const Stub*>& stubs, Relief& relief) const {
  constexpr std::size_t kShown = 20;
  std::map<std::string, const Stub*> sorted;  // not by address: the same input gives the same output
  for (const Stub* stub : stubs) sorted.emplace(stub->scope, stub);
  for (const auto& [scope, stub] : sorted) {
    if (relief.evidence.size() < kShown && !stub->reasons.empty()) relief.evidence.push_back(stub->reasons.front());
  }
  relief.edits = stubs.size();
}

std::string Search::names(const std::vector<NodeId>& nodes) const {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t at = 0; at < std::min(kShown, nodes.size()); ++at) text += (at == 0 ? "" : ", ") + label_of(graph_, nodes[at]);
  if (nodes.size() > kShown) text += fmt::format(" and {} more", nodes.size() - kShown);
  return text;
}

void Search::use_other_servers() {
  const std::vector<NodeId> trouble = servers_in_trouble();
  const std::vector<NodeId> questions = questions_in_trouble(trouble);
  std::vector<std::set<const Stub*>> lists{stubs_of(goals_with([](Standing one) { return harm(one) > 0; }))};
  std::set<const Stub*> worst = stubs_of(goals_with([](Standing one) { return one == Standing::now || one == Standing::later; }));
  if (worst.size() != lists.front().size()) lists.push_back(std::move(worst));
  for (const NodeId other : stand_ins(questions)) {
    const std::string name = label_of(graph_, other);
    Candidate moved{.scenario = scenario_, .relief = {}};
    moved.scenario.edits = replaced(questions, other);
    moved.relief.action = fmt::format("move {} to {}", names(trouble), name);
    moved.relief.why =
        fmt::format("{} works and answers those names for others; that it can be reached is not checked", graph_.node(other).name);
    moved.relief.edits = trouble.size();
    moved.relief.evidence = graph_.node(other).reasons;
    candidates_.push_back(std::move(moved));
    for (const std::set<const Stub*>& stubs : lists) {
      if (stubs.empty()) continue;
      Candidate listed{.scenario = scenario_, .relief = {}};
      listed.scenario.edits = put_first(questions, other, stubs);
      add_places(stubs, listed.relief);
      listed.relief.action = fmt::format("put {} first in {}", name, how_many(stubs.size(), "list") + " of stub resolvers");
      candidates_.push_back(std::move(listed));
    }
  }
}

void Search::shorten_timeouts() {
  const Goals waiting = goals_with([](Standing one) { return one == Standing::time_out || one == Standing::slow; });
  if (waiting.empty()) return;
  Candidate one{.scenario = scenario_, .relief = {}};
  one.scenario.options = {.timeout = 1, .attempts = 2};
  const std::set<const Stub*> stubs = stubs_of(waiting);
  add_places(stubs, one.relief);
  one.relief.action = fmt::format("set `options timeout:1 attempts:2` for {}", how_many(stubs.size(), "stub resolver"));
  one.relief.why = "the wait for a silent server shrinks to that timeout";
  candidates_.push_back(std::move(one));
}

void Search::lengthen_deadlines() {
  const Goals waiting = goals_with([](Standing one) { return one == Standing::time_out; });
  if (waiting.empty()) return;
  Candidate one{.scenario = scenario_, .relief = {}};
  one.scenario.without_deadlines = true;
  Milliseconds longest{0};
  for (const Outcome& outcome : impact_.outcomes) {
    if (outcome.standing == Standing::time_out && outcome.time) longest = std::max(longest, outcome.time->wait.hi);
  }
  one.relief.action =
      fmt::format("raise the deadlines of {} above {}", how_many(waiting.size(), "workload"), text(TimeRange{longest, longest}));
  one.relief.why = "they get through then, late";
  one.relief.edits = waiting.size();
  candidates_.push_back(std::move(one));
}

std::vector<Relief> Search::run() {
  constexpr std::size_t kShown = 6;
  std::vector<const Outcome*> harmed;
  for (const Outcome& one : impact_.outcomes) {
    if (harm(one.standing) > 0) harmed.push_back(&one);
  }
  if (harmed.empty()) return {};
  Goals goals;
  goals.reserve(harmed.size());
  for (const Outcome* one : harmed) goals.push_back(one->goal);
  stop_sick_processes();
  use_other_servers();
  shorten_timeouts();
  lengthen_deadlines();
  std::vector<Relief> found;
  for (Candidate& one : candidates_) {
    one.scenario.without_endings = true;  // lost at once or later: both are as bad here
    const Impact then = what_if_.of(one.scenario, goals);
    one.relief.of = goals.size();
    for (std::size_t at = 0; at < goals.size(); ++at) {
      one.relief.restores += harm(then.outcomes[at].standing) < harm(harmed[at]->standing) ? 1 : 0;
    }
    if (one.relief.restores > 0) found.push_back(std::move(one.relief));
  }
  std::stable_sort(found.begin(), found.end(), [](const Relief& a, const Relief& b) {
    return std::tuple(b.restores, a.edits, a.action) < std::tuple(a.restores, b.edits, b.action);
  });
  found.resize(std::min(found.size(), kShown));
  return found;
}

}  // namespace

std::vector<Relief> reliefs(WhatIf& what_if, const Scenario& scenario, const Impact& impact) {
  return Search(what_if, scenario, impact).run();
}

}  // namespace mainstay
