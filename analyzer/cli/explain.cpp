#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/explanation.h"
#include "analyzer/cli/refused.h"
#include "analyzer/policy/days.h"
#include "analyzer/policy/policy.h"
#include "analyzer/report/make_report.h"
#include "analyzer/rules/rule.h"
#include "render/escape.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

void print_rule(const Rule& rule, std::ostream& out) {
  out << rule.name << " (" << word(rule.severity) << "): " << rule.summary << "\n\n"
      << rule.why << "\n\nFix: " << rule.fix << ".\nReference: " << rule.reference << ".\n";
}

/// All findings, suppressed ones among them, with their owners.
std::vector<Finding> judged_findings(Loaded& loaded, const Session& session) {
  Report& report = loaded.report;
  report.findings = run_rules(*loaded.analysis, report.undecided);
  if (const Result<Policy> policy = read_policy(loaded.tree ? &*loaded.tree : nullptr, "", report)) {
    apply_policy(*policy, day_of(session.now), report);
  }
  std::vector<Finding> all = report.findings;
  all.insert(all.end(), report.suppressed.begin(), report.suppressed.end());
  return all;
}

/// What a subject may stand for.
struct Candidates {
  std::vector<const Finding*> findings;
  std::vector<NodeId> nodes;  // workloads and endpoints

  std::size_t count() const { return findings.size() + nodes.size(); }
};

std::vector<NodeId> workloads_and_endpoints(const Analysis& analysis) {
  std::vector<NodeId> nodes(analysis.goals().begin(), analysis.goals().end());
  const auto [first, last] = analysis.graph().of_kind(NodeKind::endpoint);
  for (std::uint32_t at = index(first); at < index(last); ++at) nodes.push_back(NodeId(at));
  return nodes;
}

/// Whole names first, then the last part of one ("kiosk" for "process:hosts/gate-kiosk/opt/kiosk"), then any part.
Candidates candidates_for(const Analysis& analysis, const std::vector<Finding>& findings, std::string_view subject) {
  Candidates found;
  for (const Finding& one : findings) {
    if (one.id.starts_with(subject)) found.findings.push_back(&one);
  }
  const auto add_where = [&](auto&& fits) {
    for (const NodeId node : workloads_and_endpoints(analysis)) {
      if (found.count() < 1000 && fits(analysis.graph().node(node))) found.nodes.push_back(node);
    }
  };
  add_where([&](const Node& node) { return node.name == subject || node.label == subject; });
  if (found.count() == 0) {
    add_where([&](const Node& node) {
      const std::size_t at = node.name.size() - std::min(node.name.size(), subject.size());
      return at > 0 && std::string_view(node.name).substr(at) == subject && (node.name[at - 1] == '/' || node.name[at - 1] == ':');
    });
  }
  if (found.count() == 0) add_where([&](const Node& node) { return node.name.find(subject) != std::string::npos; });
  return found;
}

void explain_finding(const Analysis& analysis, const Finding& finding, Session& session) {
  session.out << terminal_finding(finding, {.colour = session.colour, .width = session.width});
  const RequirementGraph& graph = analysis.graph();
  const std::vector<ProofStep> steps = proof(graph, finding);
  if (steps.empty()) return;
  Explanation lines(analysis);
  lines.line("");
  lines.line("proof, one line an edge:");
  lines.line("  " + node_line(graph, steps.front().from));
  lines.proof_of(steps.front().from, steps.back().to, 4);
  lines.not_known();
  session.out << lines.text();
}

/// The path of every name that a workload needs, also when nothing is wrong with it.
void explain_workload(const Analysis& analysis, NodeId goal, Session& session) {
  const RequirementGraph& graph = analysis.graph();
  Explanation lines(analysis);
  lines.line(graph.node(goal).name);
  lines.line("");
  lines.line("what it needs, step by step:");
  lines.path_of(goal);
  lines.line("");
  lines.line("single faults that lock it out:");
  lines.faults_of(goal);
  if (!analysis.estate().observations().empty()) {
    lines.line("");
    lines.names_of(graph.node(goal).name);
  }
  for (const Undecided& one : analysis.undecided()) {
    const auto is_here = [&](const std::string& example) { return example.starts_with(graph.node(goal).name); };
    if (std::any_of(one.examples.begin(), one.examples.end(), is_here)) lines.add_not_known(one.what + ": " + one.why);
  }
  lines.not_known();
  session.out << lines.text();
}

void explain_endpoint(const Analysis& analysis, NodeId endpoint, Session& session) {
  constexpr std::size_t kShown = 20;
  const RequirementGraph& graph = analysis.graph();
  Explanation lines(analysis);
  lines.line(node_line(graph, endpoint) + "   [" + evidence_line(graph.node(endpoint).reasons) + "]");
  lines.path_of(endpoint);
  std::vector<NodeId> uses;
  for (const std::uint32_t gate : analysis.fixed_points().gates().gates_with(index(endpoint))) {
    const NodeId owner = NodeId(analysis.fixed_points().gates().owner(gate));
    if (graph.node(owner).kind == NodeKind::use) uses.push_back(owner);
  }
  lines.line("");
  lines.line(fmt::format("needed by {}, each by its own path:", how_many(uses.size(), "use")));
  for (std::size_t at = 0; at < std::min(kShown, uses.size()); ++at) {
    lines.line(fmt::format("  {}   [{}]", graph.node(uses[at]).name, evidence_line(graph.node(uses[at]).reasons)));
    lines.faults_of(uses[at]);
  }
  if (uses.size() > kShown) lines.line(fmt::format("  and {} more", uses.size() - kShown));
  lines.not_known();
  session.out << lines.text();
}

ExitStatus refuse(const Analysis& analysis, const Candidates& found, const std::string& subject, Session& session) {
  constexpr std::size_t kShown = 20;
  if (found.count() == 0) {
    session.err << "mainstay: '" << for_terminal(subject)
                << "' is no rule, and no finding, workload or endpoint of what was read; `mainstay rules` lists the rules\n";
    return ExitStatus::usage;
  }
  session.err << "mainstay: '" << for_terminal(subject) << "' may mean any of these; name one of them:\n";
  std::vector<std::string> names;
  for (const Finding* one : found.findings) names.push_back(fmt::format("finding {} {}", one->id, one->rule));
  for (const NodeId node : found.nodes)
    names.push_back(fmt::format("{} {}", word(analysis.graph().node(node).kind), analysis.graph().node(node).name));
  for (std::size_t at = 0; at < std::min(kShown, names.size()); ++at) session.err << "  " << for_terminal(names[at]) << '\n';
  if (names.size() > kShown) session.err << "  and " << names.size() - kShown << " more\n";
  return ExitStatus::usage;
}

}  // namespace

void ExplainCommand::describe(Arguments& command) {
  command
      .add("SUBJECT", subject,
           "a rule's name, a finding's id, a workload or an endpoint; a beginning of the id or a part of the name when that is enough")
      .required();
  input.describe(command);
}

ExitStatus ExplainCommand::run(Session& session) const {
  if (const Rule* rule = find_rule(subject)) {
    print_rule(*rule, session.out);
    return ExitStatus::clean;
  }
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  if (!loaded) return refused(loaded.error(), session);
  const Analysis& analysis = *(*loaded)->analysis;
  const std::vector<Finding> findings = judged_findings(**loaded, session);
  const Candidates found = candidates_for(analysis, findings, subject);
  if (found.count() != 1) return refuse(analysis, found, subject, session);
  if (!found.findings.empty()) {
    explain_finding(analysis, *found.findings.front(), session);
  } else if (analysis.graph().node(found.nodes.front()).kind == NodeKind::workload) {
    explain_workload(analysis, found.nodes.front(), session);
  } else {
    explain_endpoint(analysis, found.nodes.front(), session);
  }
  return ExitStatus::clean;
}

}  // namespace mainstay
