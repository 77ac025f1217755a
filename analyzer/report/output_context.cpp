#include "analyzer/report/output_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "analyzer/faults/proof.h"
#include "analyzer/rules/resolver_faults.h"
#include "render/line_hash.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostFlows = 500;

std::string node_words(const RequirementGraph& graph, NodeId node) {
  return fmt::format("{} {}", word(graph.node(node).kind), label_of(graph, node));
}

std::vector<FlowStep> flow_of(const RequirementGraph& graph, const std::vector<ProofStep>& steps) {
  std::vector<FlowStep> flow;
  if (steps.empty()) return flow;
  flow.push_back({node_words(graph, steps.front().from), graph.node(steps.front().from).reasons});
  for (const ProofStep& step : steps) {
    const std::string gate = step.needed == step.count ? "" : fmt::format(" ({} of {})", step.needed, step.count);
    flow.push_back({fmt::format("needs {}{}", node_words(graph, step.to), gate), step.reasons});
  }
  return flow;
}

/// Adds the mark of each place in one file.
void add_marks_in(std::string_view bytes, const std::vector<Place>& places, OutputContext& context) {
  const std::vector<std::string> hashes = line_hashes(bytes);
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    lines.push_back(bytes.substr(at, end - at));
    at = end + 1;
  }
  for (const Place& place : places) {
    if (place.line == 0 || place.line > lines.size() || place.line > hashes.size()) continue;
    const std::string_view line = lines[place.line - 1];
    const std::size_t begin = std::min<std::size_t>(std::max(place.column, 1u) - 1, line.size());
    const auto column = static_cast<std::uint32_t>(utf16(line.substr(0, begin)).size() + 1);
    const auto length = static_cast<std::uint32_t>(utf16(line.substr(begin, place.length)).size());
    context.marks[place] = {hashes[place.line - 1], column, column + length};
  }
}

}  // namespace

void add_flows(const Analysis& analysis, const Report& report, OutputContext& context) {
  for (const Finding& finding : report.findings) {
    if (context.flows.size() == kMostFlows) {
      ++context.flows_left_out;
      continue;
    }
    std::vector<FlowStep> flow = flow_of(analysis.graph(), proof(analysis.graph(), finding));
    if (!flow.empty()) context.flows[finding.id] = std::move(flow);
  }
}

void add_marks(const SourceTree& tree, const Report& report, OutputContext& context) {
  std::map<std::string, std::set<Place>> by_file;
  const auto add = [&](const Evidence& one) {
    if (one.confidence == Confidence::declared) by_file[one.place.file].insert(one.place);
  };
  for (const std::vector<Finding>* findings : {&report.findings, &report.suppressed}) {
    for (const Finding& finding : *findings) {
      std::for_each(finding.evidence.begin(), finding.evidence.end(), add);
      if (finding.suppression) by_file[finding.suppression->place.file].insert(finding.suppression->place);
    }
  }
  for (const auto& [id, flow] : context.flows) {
    for (const FlowStep& step : flow) std::for_each(step.evidence.begin(), step.evidence.end(), add);
  }
  for (const Diagnostic& one : report.diagnostics) by_file[one.where.file].insert(one.where);
  for (const auto& [file, places] : by_file) {
    if (file.empty()) continue;
    if (const Result<std::string> bytes = tree.read(file)) add_marks_in(*bytes, {places.begin(), places.end()}, context);
  }
}

std::string repository_prefix(const std::vector<std::string>& roots) {
  namespace fs = std::filesystem;
  if (roots.size() != 1) return {};
  std::error_code error;
  const fs::path root = fs::weakly_canonical(roots.front(), error);
  if (error || !fs::is_directory(root, error)) return {};
  const fs::path here = fs::weakly_canonical(".", error);
  if (error) return {};
  const std::string relative = root.lexically_relative(here).generic_string();
  const bool is_below = !relative.empty() && relative != "." && relative != ".." && !relative.starts_with("../");
  return is_below ? relative + "/" : std::string();
}

}  // namespace mainstay
