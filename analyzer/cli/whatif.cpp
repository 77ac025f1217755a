#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/faults/nodes_meant.h"
#include "analyzer/faults/relief.h"
#include "analyzer/faults/what_if.h"
#include "analyzer/report/make_impact.h"
#include "render/escape.h"
#include "render/impact.h"

namespace mainstay {
namespace {

/// "10.0.0.1:closed" as written.
struct Down {
  std::string text;
  std::optional<FaultMode> mode;
};

Down split_mode(const std::string& text, std::optional<FaultMode> usual) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos && colon > 0) {
    if (const std::optional<FaultMode> mode = fault_mode_of(std::string_view(text).substr(colon + 1))) return {text.substr(0, colon), mode};
  }
  return {text, usual};
}

std::string name_of(const RequirementGraph& graph, NodeId node) {
  const Node& one = graph.node(node);
  const std::string label = one.label.empty() || one.label == one.name ? "" : fmt::format(" ({})", one.label);
  return fmt::format("{} {}{}", word(one.kind), one.name, label);
}

std::string all_modes() { return fmt::format("{}", fmt::join(words(FaultMode{}), ", ")); }

Error unknown_name(const Analysis& analysis, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos && nodes_meant(analysis, std::string_view(text).substr(0, colon)).exact) {
    return Error{fmt::format("'{}' is no way of being faulty; these are: {}", for_terminal(text.substr(colon + 1)), all_modes())};
  }
  return Error{fmt::format("nothing in the graph is called '{}'; `mainstay graph` shows what there is", for_terminal(text))};
}

Error ambiguous_name(const Analysis& analysis, const std::string& text, const std::vector<NodeId>& nodes) {
  constexpr std::size_t kShown = 20;
  std::string list;
  for (std::size_t at = 0; at < nodes.size() && at < kShown; ++at) list += "\n  " + for_terminal(name_of(analysis.graph(), nodes[at]));
  if (nodes.size() > kShown) list += fmt::format("\n  and {} more", nodes.size() - kShown);
  return Error{fmt::format("'{}' may mean any of these; name one of them:{}", for_terminal(text), list)};
}

/// The faults that one `--down` stands for: a mode falls on those of the nodes meant for which it makes sense.
Result<std::vector<Fault>> faults_of(const Analysis& analysis, const Down& down) {
  const RequirementGraph& graph = analysis.graph();
  const NodesMeant meant = nodes_meant(analysis, down.text);
  if (meant.nodes.empty()) return unknown_name(analysis, down.text);
  if (!meant.exact && meant.nodes.size() > 1) return ambiguous_name(analysis, down.text, meant.nodes);
  std::vector<Fault> faults;
  for (const NodeId node : meant.nodes) {
    const std::span<const FaultMode> modes = modes_of(graph.node(node).kind);
    const FaultMode mode = down.mode.value_or(usual_mode(graph.node(node).kind));
    if (std::find(modes.begin(), modes.end(), mode) != modes.end()) faults.push_back({node, mode});
  }
  if (!faults.empty()) return faults;
  std::string possible;
  for (const FaultMode mode : modes_of(graph.node(meant.nodes.front()).kind))
    possible += (possible.empty() ? "" : ", ") + std::string(word(mode));
  return Error{
      fmt::format("{} cannot be {}; it can be: {}", for_terminal(name_of(graph, meant.nodes.front())), word(*down.mode), possible)};
}

Result<Scenario> scenario_of(const Analysis& analysis, const std::vector<std::string>& down, std::optional<FaultMode> usual) {
  Scenario scenario;
  for (const std::string& text : down) {
    Result<std::vector<Fault>> faults = faults_of(analysis, split_mode(text, usual));
    if (!faults) return Error{faults.error()};
    scenario.faults.insert(scenario.faults.end(), faults->begin(), faults->end());
  }
  std::sort(scenario.faults.begin(), scenario.faults.end());
  scenario.faults.erase(std::unique(scenario.faults.begin(), scenario.faults.end()), scenario.faults.end());
  const auto same_node = [](const Fault& a, const Fault& b) { return a.node == b.node; };
  const auto twice = std::adjacent_find(scenario.faults.begin(), scenario.faults.end(), same_node);
  if (twice == scenario.faults.end()) return scenario;
  return Error{fmt::format("{} is given twice, with different modes", for_terminal(name_of(analysis.graph(), twice->node)))};
}

}  // namespace

void WhatIfCommand::describe(Arguments& command) {
  input.describe(command);
  command
      .add("--down", down,
           "what is faulty: an address, a host name, a provider, a zone of availability (az:NAME), a file, ...; behind it, if it is not "
           "silent, how: NODE:MODE")
      .one_at_a_time()
      .called("NODE[:MODE]");
  command.add("--mode", mode, "how those are faulty that name no mode of their own")
      .one_of(std::vector<std::string>(words(FaultMode{}).begin(), words(FaultMode{}).end()))
      .called("MODE");
  command.add("--who", who, "name everybody who is concerned, with reason and place");
  command.add("--unknown", unknown, "name those of whom nothing is known");
  command.add("--format", format, "what to print").one_of({"terminal", "json"}).shows_usual().called("NAME");
  command.add("--schema", schema, "print the JSON Schema of --format json and do nothing else");
}

ExitStatus WhatIfCommand::run(Session& session) const {
  if (schema) {
    session.out << whatif_schema() << '\n';
    return ExitStatus::clean;
  }
  if (down.empty()) {
    session.err << "mainstay: --down is required: what is faulty\n";
    return ExitStatus::usage;
  }
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  if (!loaded) return refused(loaded.error(), session);
  const Analysis& analysis = *(*loaded)->analysis;
  const Result<Scenario> scenario = scenario_of(analysis, down, fault_mode_of(mode));
  if (!scenario) {
    session.err << "mainstay: " << scenario.error() << '\n';
    return ExitStatus::usage;
  }
  WhatIf what_if(analysis);
  const Impact impact = what_if.of(*scenario);
  ImpactReport report = make_impact(analysis, *scenario, impact);
  report.reliefs = reliefs(what_if, *scenario, impact);
  report.snapshots = (*loaded)->report.snapshots;
  if (format == "json") {
    session.out << json(report);
  } else {
    session.out << terminal(report, {.who = who, .unknown = unknown}, {.colour = session.colour, .width = session.width});
  }
  const auto is_hit = [](const ImpactRow& row) { return row.standing < Standing::slow; };
  if (std::any_of(report.rows.begin(), report.rows.end(), is_hit)) return ExitStatus::findings;
  return is_incomplete((*loaded)->report) ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
