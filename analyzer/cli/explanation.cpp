#include "analyzer/cli/explanation.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/faults/holds.h"
#include "analyzer/rules/dependencies.h"
#include "analyzer/rules/seen_names.h"
#include "render/durations.h"
#include "render/escape.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostLines = 400;

const Evidence* best_of(const Reasons& reasons) {
  const auto weaker = [](const Evidence& a, const Evidence& b) { return a.confidence < b.confidence; };
  const auto best = std::max_element(reasons.begin(), reasons.end(), weaker);
  return best == reasons.end() ? nullptr : &*best;
}

std::string number_or(const std::optional<std::uint32_t>& number, std::string_view unit, std::string_view otherwise) {
  return number ? fmt::format("{}{}", *number, unit) : std::string(otherwise);
}

std::string in_words(Choice choice) {
  switch (choice) {
    case Choice::ordered: return "in this order";
    case Choice::random: return "at random";
    case Choice::parallel: return "all at once";
  }
  return {};
}

std::string upstreams_of(const Forward& forward) {
  constexpr std::size_t kShown = 4;
  std::string text;
  std::size_t shown = 0;
  for (const Upstream& one : forward.upstreams) {
    if (shown++ == kShown) break;
    text += (text.empty() ? "" : ", ") + (one.address ? one.address->text() : !one.host.empty() ? one.host : one.server + one.stub);
  }
  if (forward.upstreams.size() > kShown) text += fmt::format(" and {} more", forward.upstreams.size() - kShown);
  return text;
}

}  // namespace

std::string evidence_line(const Reasons& reasons) {
  const Evidence* const best = best_of(reasons);
  if (best == nullptr) return "follows from the line above";
  switch (best->confidence) {
    case Confidence::declared:
      return fmt::format("{}:{}:{}  {}{}", best->place.file, best->place.line, best->place.column, best->place.text,
                         best->note.empty() ? "" : fmt::format("  ({})", best->note));
    case Confidence::observed: return fmt::format("{}: {} queries, {}..{}", best->place.file, best->queries, best->first, best->last);
    case Confidence::product_default: return "default: " + best->note;
    case Confidence::assumed: break;
  }
  return "assumed: " + best->note;
}

std::string node_line(const RequirementGraph& graph, NodeId node) {
  const Node& one = graph.node(node);
  return fmt::format("{} {}", word(one.kind), one.label.empty() ? one.name : one.label);
}

void Explanation::line(std::string_view text) { text_ += for_terminal(text) + '\n'; }

void Explanation::note(const Reasons& reasons) {
  const Evidence* const best = best_of(reasons);
  if (best == nullptr || best->note.empty()) return;
  if (best->confidence == Confidence::assumed) not_known_.insert("assumed: " + best->note);
  if (best->confidence == Confidence::product_default) not_known_.insert("taken from the product's manual: " + best->note);
}

void Explanation::proof_of(NodeId from, NodeId to, std::size_t indent) {
  for (const ProofStep& step : proof(graph_, from, to)) {
    const std::string gate = step.needed == step.count ? "" : fmt::format(" ({} of {})", step.needed, step.count);
    line(fmt::format("{}needs {}{}   [{}]", std::string(indent, ' '), node_line(graph_, step.to), gate, evidence_line(step.reasons)));
    note(step.reasons);
  }
}

void Explanation::faults_of(NodeId node) {
  for (const NodeId fault : analysis_.faults().of(node)) {
    const bool inherent = graph_.node(fault).failure == Failure::inherent;
    line(fmt::format("  {}{}", node_line(graph_, fault), inherent ? "  (inherent)" : ""));
    proof_of(node, fault, 6);
  }
}

void Explanation::names_of(const std::string& workload) {
  constexpr std::size_t kShown = 30;
  const std::map<std::string, Dependencies> all = dependencies_of(analysis_);
  const auto found = all.find(workload);
  if (found == all.end() || !found->second.is_in_logs) {
    return line("names that it asks for: no client of the logs is known to be this workload alone, so nothing is said of them");
  }
  const std::vector<Dependency>& names = found->second.names;
  line("names that it asks for, as declared and as the logs show:");
  for (std::size_t at = 0; at < std::min(kShown, names.size()); ++at) {
    const Dependency& one = names[at];
    Coverage coverage;
    for (const Observation* query : one.queries) coverage.add(*query);
    const std::string queries = one.queries.empty() ? "not asked for" : coverage.text();
    const std::string place = one.uses.empty() ? "nothing that was read says so" : evidence_line(one.uses.front()->reasons);
    line(fmt::format("  {:<8}  {}: {}   [{}]", word(one.known_by()), one.name.host(), queries, place));
  }
  if (names.size() > kShown) line(fmt::format("  and {} more: `mainstay scan --format json`, workloads", names.size() - kShown));
}

std::string Explanation::described_use(NodeId node) {
  for (const Use& use : analysis_.estate().uses()) {
    if (use_name_of(use) != graph_.node(node).name) continue;
    const std::string deadline = use.deadline ? "deadline " + milliseconds_in_words(*use.deadline) : "no deadline stated";
    const std::string hold = use.hold ? "lives on for " + seconds_in_words(*use.hold) : "how long it lives on without it is not stated";
    if (!use.hold)
      not_known_.insert(fmt::format("how long {} lives on what it holds of {} (token, keys, cache)", use.workload, host_name_of(use.host)));
    if (!use.deadline) not_known_.insert(fmt::format("the deadline around the lookup of {}", host_name_of(use.host)));
    return fmt::format("{} as {}, at {}, {}, {}", host_name_of(use.host), word(use.role),
                       use.phase == Phase::start_up ? "start-up" : "run time", deadline, hold);
  }
  return node_line(graph_, node);
}

std::string Explanation::described_lookup(const Node& node) {
  const Stub* stub = stub_of_lookup(node, analysis_.estate());
  if (stub == nullptr) return fmt::format("lookup of {} by any of several stub resolvers", node.label);
  const std::string library = stub->library == ResolverLibrary::unknown ? "library not known" : std::string(word(stub->library));
  return fmt::format("lookup of {} by the stub resolver of {} ({}, timeout {}, attempts {}, ndots {}{})", node.label, stub->scope, library,
                     number_or(stub->timeout, " s", "by default"), number_or(stub->attempts, "", "by default"),
                     number_or(stub->ndots, "", "by default"), stub->rotate ? ", rotate" : "");
}

std::string Explanation::described_question(const Node& node) {
  const Server* server = server_of_question(node, analysis_.estate());
  const std::string whose = node.name.substr(std::min(node.name.size(), node.label.size() + 1));
  if (server == nullptr) not_known_.insert(fmt::format("what {} does with questions: nothing in the tree describes it", whose));
  const Result<DomainName> name = DomainName::parse(node.label);
  if (server == nullptr || !name) return fmt::format("{} is asked for {}", whose, node.label);
  const Treatment how = analysis_.resolution().treat(*server, *name);
  std::string does;
  switch (how.via) {
    case Via::own_data:
      does = how.zone != nullptr ? "answers from its zone " + std::string(how.zone->apex.host()) : "answers from its own data";
      break;
    case Via::denied: does = "denies it (no such name in its data), and nobody asks further"; break;
    case Via::refused: does = "refuses it, and the next server is asked"; break;
    case Via::forwarded: does = "forwards it to " + upstreams_of(*how.forward); break;
    case Via::iterated: does = "resolves it from the root"; break;
  }
  return fmt::format("{} is asked for {}: {}{}", whose, node.label, does,
                     how.reasons.empty() ? "" : "   [" + evidence_line(how.reasons) + "]");
}

std::string Explanation::described(NodeId node) {
  const Node& one = graph_.node(node);
  std::string text;
  switch (one.kind) {
    case NodeKind::use: text = described_use(node); break;
    case NodeKind::lookup: text = described_lookup(one); break;
    case NodeKind::question: text = described_question(one); break;
    case NodeKind::iteration: text = one.label + " is resolved from the root down"; break;
    default: text = node_line(graph_, node); break;
  }
  if (analysis_.faults().state(node) == FaultState::never) text += "   DOES NOT WORK";
  if (analysis_.faults().state(node) == FaultState::warm_only) text += "   cannot start from nothing";
  return text;
}

void Explanation::step(NodeId node, std::size_t indent, const std::string& lead, const Reasons& reasons) {
  if (++lines_ > kMostLines) {
    ++left_out_;
    return;
  }
  const bool seen = unfolded_.contains(node) && !graph_.groups(node).empty();
  line(fmt::format("{}{}{}   [{}]{}", std::string(indent, ' '), lead, described(node), evidence_line(reasons), seen ? "   as above" : ""));
  note(reasons);
  unfold(node, indent + 2);
}

void Explanation::members_of(NodeId node, const Group& group, std::size_t indent) {
  const std::span<const Member> members = graph_.members(group);
  const bool is_stub = members.size() == 1 && graph_.node(members.front().node).kind == NodeKind::stub;
  if (is_stub) return;  // told with the lookup
  const bool is_list = group.needed < group.count || graph_.node(node).kind == NodeKind::lookup;
  if (!is_list) {
    for (const Member& member : members) step(member.node, indent, "", graph_.reason(member));
    return;
  }
  if (group.count > 1) line(fmt::format("{}{} of {}, {}:", std::string(indent, ' '), group.needed, group.count, in_words(group.choice)));
  std::size_t number = 0;
  for (const Member& member : members) step(member.node, indent, fmt::format("{}. ", ++number), graph_.reason(member));
}

void Explanation::unfold(NodeId node, std::size_t indent) {
  if (!unfolded_.insert(node).second) return;
  for (const Group& group : graph_.groups(node)) members_of(node, group, indent);
}

void Explanation::path_of(NodeId from) {
  unfolded_.clear();
  lines_ = 0;
  left_out_ = 0;
  unfold(from, 2);
  if (left_out_ > 0) line(fmt::format("  {} more lines; `mainstay graph --focus` draws them", left_out_));
}

void Explanation::not_known() {
  if (not_known_.empty()) return;
  line("");
  line("NOT KNOWN");
  for (const std::string& one : not_known_) line("  " + one);
}

}  // namespace mainstay
