#include "analyzer/faults/asking_cycles.h"

#include <algorithm>

#include "analyzer/faults/strong_components.h"

namespace mainstay {

AskingCycles::AskingCycles(const RequirementGraph& graph, const GateIndex& gates) {
  std::vector<bool> asks(graph.size());
  for (const NodeKind kind : {NodeKind::lookup, NodeKind::question}) {
    const auto [first, last] = graph.of_kind(kind);
    std::fill(asks.begin() + index(first), asks.begin() + index(last), true);
  }
  const StrongComponents components = strong_components(gates, asks);
  for (std::size_t at = 0; at < components.count(); ++at) {
    const std::span<const std::uint32_t> nodes = components.at(at);
    if (nodes.size() < 2) continue;  // one that asks itself adds nothing, wherever it is entered
    std::vector<std::uint32_t>& circle = all_.emplace_back(nodes.begin(), nodes.end());
    std::sort(circle.begin(), circle.end());
  }
  std::sort(all_.begin(), all_.end());
  if (all_.empty()) return;
  number_.assign(graph.size(), 0);
  for (std::uint32_t at = 0; at < all_.size(); ++at) {
    for (const std::uint32_t node : all_[at]) number_[node] = at + 1;
  }
}

std::optional<std::uint32_t> AskingCycles::with(NodeId node) const {
  if (number_.empty() || number_[index(node)] == 0) return std::nullopt;
  return number_[index(node)] - 1;
}

}  // namespace mainstay
