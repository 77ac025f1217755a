#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <optional>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/faults/proof.h"
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

std::string evidence_line(const Reasons& reasons) {
  if (reasons.empty()) return "follows from the line above";
  const auto best =
      std::max_element(reasons.begin(), reasons.end(), [](const Evidence& a, const Evidence& b) { return a.confidence < b.confidence; });
  const Evidence& one = *best;
  switch (one.confidence) {
    case Confidence::declared: return fmt::format("{}:{}:{}  {}", one.place.file, one.place.line, one.place.column, one.place.text);
    case Confidence::observed: return fmt::format("{}: {} queries, {}..{}", one.place.file, one.queries, one.first, one.last);
    case Confidence::product_default: return "default: " + one.note;
    case Confidence::assumed: return "assumed: " + one.note;
  }
  return {};
}

std::string node_line(const RequirementGraph& graph, NodeId node) {
  const Node& one = graph.node(node);
  return fmt::format("{} {}", word(one.kind), one.label.empty() ? one.name : one.label);
}

/// One line an edge: what is needed, how, and where that is written.
void print_proof(const RequirementGraph& graph, const std::vector<ProofStep>& steps, std::ostream& out) {
  if (steps.empty()) return;
  out << "\nproof, one line an edge:\n  " << for_terminal(node_line(graph, steps.front().from)) << '\n';
  std::string indent = "  ";
  for (const ProofStep& step : steps) {
    indent += "  ";
    const std::string gate = step.needed == step.count ? "" : fmt::format(" ({} of {})", step.needed, step.count);
    out << indent << "needs " << for_terminal(node_line(graph, step.to)) << gate << "   [" << for_terminal(evidence_line(step.reasons))
        << "]\n";
  }
}

std::optional<NodeId> node_of(const RequirementGraph& graph, const Subject& subject) {
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    const Node& node = graph.node(NodeId(at));
    if (word(node.kind) == subject.kind && node.name == subject.name) return NodeId(at);
  }
  return std::nullopt;
}

void print_finding(const Loaded& loaded, const Finding& finding, Session& session) {
  session.out << terminal_finding(finding, {.colour = session.colour, .width = session.width});
  const RequirementGraph& graph = loaded.analysis->graph();
  if (finding.affected.empty()) return;
  const std::optional<NodeId> from = graph.find(NodeKind::workload, finding.affected.front());
  const std::optional<NodeId> to = node_of(graph, finding.subjects.back());
  if (from && to) print_proof(graph, proof(graph, *from, *to), session.out);
}

/// What every need of one workload rests on: the lookup of each of its uses, step by step to the first alternative.
void print_workload(const Loaded& loaded, NodeId goal, std::ostream& out) {
  const Analysis& analysis = *loaded.analysis;
  const RequirementGraph& graph = analysis.graph();
  out << for_terminal(graph.node(goal).name) << "\n\nsingle faults that lock it out:\n";
  for (const NodeId fault : analysis.faults().of(goal)) {
    const bool inherent = graph.node(fault).failure == Failure::inherent;
    out << "  " << for_terminal(node_line(graph, fault)) << (inherent ? "  (inherent)" : "") << '\n';
    for (const ProofStep& step : proof(graph, goal, fault)) {
      out << "      needs " << for_terminal(node_line(graph, step.to)) << "   [" << for_terminal(evidence_line(step.reasons)) << "]\n";
    }
  }
}

}  // namespace

void ExplainCommand::describe(CLI::App& command) {
  command.add_option("SUBJECT", subject, "a rule's name, a finding's id (or its beginning), or a workload")->required();
  input.describe(command);
}

ExitStatus ExplainCommand::run(Session& session) const {
  if (const Rule* rule = find_rule(subject)) {
    print_rule(*rule, session.out);
    return ExitStatus::clean;
  }
  const Result<std::unique_ptr<Loaded>> loaded = input.load(session);
  if (!loaded) {
    session.err << "mainstay: " << for_terminal(loaded.error()) << '\n';
    return ExitStatus::usage;
  }
  std::vector<Undecided> undecided;
  std::vector<Finding> findings = run_rules(*(*loaded)->analysis, undecided);
  std::erase_if(findings, [&](const Finding& one) { return !one.id.starts_with(subject); });
  for (const Finding& one : findings) print_finding(**loaded, one, session);
  const RequirementGraph& graph = (*loaded)->analysis->graph();
  bool found = !findings.empty();
  for (const NodeId goal : (*loaded)->analysis->goals()) {
    const Node& node = graph.node(goal);
    if (node.name != subject && node.label != subject) continue;
    print_workload(**loaded, goal, session.out);
    found = true;
  }
  if (found) return ExitStatus::clean;
  session.err << "mainstay: '" << for_terminal(subject)
              << "' is no rule, and no finding or workload of what was read; `mainstay rules` lists the rules\n";
  return ExitStatus::usage;
}

}  // namespace mainstay
