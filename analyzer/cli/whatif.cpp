#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/faults/what_if.h"
#include "analyzer/rules/resolver_faults.h"
#include "render/escape.h"

namespace mainstay {
namespace {

/// In these modes a server gives no answer that a client could use, so the client turns to the next one. They differ in time only.
constexpr std::array<std::string_view, 4> kModes = {"silent", "closed", "servfail", "refused"};

struct Down {
  std::string text;
  std::string mode = "silent";
  std::vector<NodeId> nodes;
};

Down split_mode(const std::string& text) {
  for (const std::string_view mode : kModes) {
    if (text.size() > mode.size() + 1 && text.ends_with(mode) && text[text.size() - mode.size() - 1] == ':') {
      return {text.substr(0, text.size() - mode.size() - 1), std::string(mode), {}};
    }
  }
  return {text, "silent", {}};
}

std::string name_of(const RequirementGraph& graph, NodeId node) {
  const Node& one = graph.node(node);
  const std::string label = one.label.empty() || one.label == one.name ? "" : fmt::format(" ({})", one.label);
  return fmt::format("{} {}{}", word(one.kind), one.name, label);
}

Result<Down> find_down(const Analysis& analysis, const std::string& text) {
  Down down = split_mode(text);
  const NodesMeant meant = nodes_meant(analysis, down.text);
  if (meant.nodes.empty()) {
    return Error{fmt::format("nothing in the graph is called '{}'; `mainstay graph` shows what there is", for_terminal(down.text))};
  }
  if (!meant.exact && meant.nodes.size() > 1) {
    std::string list;
    constexpr std::size_t kShown = 20;
    for (std::size_t at = 0; at < meant.nodes.size() && at < kShown; ++at) {
      list += "\n  " + for_terminal(name_of(analysis.graph(), meant.nodes[at]));
    }
    if (meant.nodes.size() > kShown) list += fmt::format("\n  and {} more", meant.nodes.size() - kShown);
    return Error{fmt::format("'{}' may mean any of these; name one of them:{}", for_terminal(down.text), list)};
  }
  down.nodes = meant.nodes;
  return down;
}

std::string first_place(const Reasons& reasons) {
  for (const Evidence& one : reasons) {
    if (one.confidence == Confidence::declared) return fmt::format("{}:{}", one.place.file, one.place.line);
  }
  return {};
}

void print_lost(const Analysis& analysis, const Impact& impact, std::ostream& out) {
  const RequirementGraph& graph = analysis.graph();
  for (const Outcome& one : impact.lost) {
    std::string uses;
    for (const NodeId use : one.lost_uses) uses += (uses.empty() ? "" : ", ") + label_of(graph, use);
    std::string place;
    for (const Stub* stub : analysis.asked(one.goal).stubs) place = first_place(stub->reasons);
    out << fmt::format("NOW         {:<50} {:<40} {}\n", for_terminal(graph.node(one.goal).name), for_terminal(uses), for_terminal(place));
  }
}

void print_terminal(const Analysis& analysis, const std::vector<Down>& down, const Impact& impact, bool who, std::ostream& out) {
  const RequirementGraph& graph = analysis.graph();
  for (const Down& one : down) {
    for (const NodeId node : one.nodes) out << "DOWN        " << for_terminal(name_of(graph, node)) << ", " << one.mode << '\n';
  }
  out << fmt::format("\n{} cannot authenticate now; {} go on another way; {} unaffected; {} unknown{}.    {} in all\n\n",
                     how_many(impact.lost.size(), "workload"), impact.other_way.size(), impact.unaffected.size(), impact.unknown.size(),
                     impact.lost_anyway.empty() ? "" : fmt::format("; {} cannot authenticate in any case", impact.lost_anyway.size()),
                     analysis.goals().size());
  print_lost(analysis, impact, out);
  if (!who) return;
  const auto list = [&](std::string_view title, const std::vector<NodeId>& goals) {
    for (const NodeId goal : goals) out << fmt::format("{:<11} {}\n", title, for_terminal(graph.node(goal).name));
  };
  list("OTHER WAY", impact.other_way);
  list("IN ANY CASE", impact.lost_anyway);
  list("UNKNOWN", impact.unknown);
}

nlohmann::ordered_json names(const RequirementGraph& graph, const std::vector<NodeId>& nodes) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const NodeId node : nodes) list.push_back(graph.node(node).name);
  return list;
}

std::string as_json(const Analysis& analysis, const std::vector<Down>& down, const Impact& impact) {
  const RequirementGraph& graph = analysis.graph();
  nlohmann::ordered_json root;
  root["schema"] = "mainstay.whatif/1";
  for (const Down& one : down) {
    for (const NodeId node : one.nodes) {
      root["down"].push_back({{"kind", word(graph.node(node).kind)}, {"name", graph.node(node).name}, {"mode", one.mode}});
    }
  }
  root["total"] = analysis.goals().size();
  root["lost"] = nlohmann::ordered_json::array();
  for (const Outcome& one : impact.lost) {
    nlohmann::ordered_json uses = nlohmann::ordered_json::array();
    for (const NodeId use : one.lost_uses) uses.push_back(label_of(graph, use));
    root["lost"].push_back({{"workload", graph.node(one.goal).name}, {"endpoints", std::move(uses)}});
  }
  root["other_way"] = names(graph, impact.other_way);
  root["unaffected"] = names(graph, impact.unaffected);
  root["unknown"] = names(graph, impact.unknown);
  root["lost_anyway"] = names(graph, impact.lost_anyway);
  return root.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

void WhatIfCommand::describe(CLI::App& command) {
  input.describe(command);
  command
      .add_option("--down", down,
                  "what is down: an address, a host name, a provider, a failure domain, with :silent, :closed, :servfail or :refused")
      ->required()
      ->allow_extra_args(false);
  command.add_flag("--who", who, "name also those who go on, and those of whom nothing is known");
  command.add_option("--format", format, "what to print")->check(CLI::IsMember({"terminal", "json"}))->capture_default_str();
}

ExitStatus WhatIfCommand::run(Session& session) const {
  const Result<std::unique_ptr<Loaded>> loaded = input.load(session);
  if (!loaded) {
    session.err << "mainstay: " << for_terminal(loaded.error()) << '\n';
    return ExitStatus::usage;
  }
  const Analysis& analysis = *(*loaded)->analysis;
  std::vector<Down> all;
  std::vector<NodeId> nodes;
  for (const std::string& text : down) {
    Result<Down> one = find_down(analysis, text);
    if (!one) {
      session.err << "mainstay: " << one.error() << '\n';
      return ExitStatus::usage;
    }
    nodes.insert(nodes.end(), one->nodes.begin(), one->nodes.end());
    all.push_back(*std::move(one));
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  const Impact impact = what_if(analysis, nodes);
  if (format == "json") {
    session.out << as_json(analysis, all, impact);
  } else {
    print_terminal(analysis, all, impact, who, session.out);
  }
  if (!impact.lost.empty()) return ExitStatus::findings;
  return is_incomplete((*loaded)->report) ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
