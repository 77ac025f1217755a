#include "analyzer/faults/fault_sources.h"

namespace mainstay {

FaultSources FaultSources::components(const RequirementGraph& graph) {
  FaultSources sources;
  sources.fault_count_ = static_cast<std::uint32_t>(graph.size());
  sources.begin_.reserve(graph.size() + 1);
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (graph.node(NodeId(node)).failure != Failure::derived) sources.faults_.push_back(node);
    sources.begin_.push_back(static_cast<std::uint32_t>(sources.faults_.size()));
  }
  return sources;
}

FaultSources::FaultSources(std::span<const std::vector<std::uint32_t>> faults_of, std::uint32_t fault_count) : fault_count_(fault_count) {
  for (const std::vector<std::uint32_t>& faults : faults_of) {
    faults_.insert(faults_.end(), faults.begin(), faults.end());
    begin_.push_back(static_cast<std::uint32_t>(faults_.size()));
  }
}

}  // namespace mainstay
