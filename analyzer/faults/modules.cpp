#include "analyzer/faults/modules.h"

#include <algorithm>

namespace mainstay {
namespace {

/// Dates of one depth-first search: first, on the way back, and last time that a thing was come by. A thing is a component, or a fault.
struct Dates {
  std::uint32_t first = 0;
  std::uint32_t left = 0;
  std::uint32_t last = 0;
};

class Search {
 public:
  Search(const GateIndex& gates, const FaultSources& sources, const StrongComponents& components)
      : components_(static_cast<std::uint32_t>(components.count())), dates_(components.count() + sources.fault_count()) {
    std::vector<std::uint32_t> component_of(gates.node_count());
    for (std::uint32_t component = 0; component < components_; ++component) {
      for (const std::uint32_t node : components.at(component)) component_of[node] = component;
    }
    for (std::uint32_t component = 0; component < components_; ++component) {
      for (const std::uint32_t node : components.at(component)) {
        for (const std::uint32_t fault : sources.of(node)) needed_.push_back(components_ + fault);
        for (const std::uint32_t member : gates.members_of_node(node)) {
          if (component_of[member] != component) needed_.push_back(component_of[member]);
        }
      }
      begin_.push_back(needed_.size());
    }
  }

  void walk(std::uint32_t root) {
    come_by(root);
    while (!path_.empty()) {
      Step& step = path_.back();
      if (step.next < begin_[step.component + 1]) {
        come_by(needed_[step.next++]);
      } else {
        dates_[step.component].left = dates_[step.component].last = ++now_;
        path_.pop_back();
      }
    }
  }

  /// Everything below was come by after `component` was entered and before it was left.
  std::vector<bool> closed() const {
    std::vector<bool> found(components_, false);
    std::vector<Dates> below(components_);  // the earliest first and the latest last date of what is below
    for (std::uint32_t component = 0; component < components_; ++component) {
      Dates& range = below[component];
      range.first = 0xffffffff;
      for (std::size_t at = begin_[component]; at < begin_[component + 1]; ++at) {
        const std::uint32_t needed = needed_[at];
        range.first = std::min(range.first, dates_[needed].first);
        range.last = std::max(range.last, dates_[needed].last);
        if (needed >= components_) continue;
        range.first = std::min(range.first, below[needed].first);
        range.last = std::max(range.last, below[needed].last);
      }
      found[component] = range.last > 0 && range.first > dates_[component].first && range.last < dates_[component].left;
    }
    return found;
  }

 private:
  struct Step {
    std::uint32_t component = 0;
    std::size_t next = 0;
  };

  void come_by(std::uint32_t thing) {
    Dates& dates = dates_[thing];
    dates.last = ++now_;
    if (dates.first > 0) return;
    dates.first = now_;
    if (thing < components_) path_.push_back({thing, begin_[thing]});
  }

  std::uint32_t components_;
  std::vector<std::size_t> begin_{0};  // of a component, in what it needs
  std::vector<std::uint32_t> needed_;
  std::vector<Dates> dates_;
  std::uint32_t now_ = 0;
  std::vector<Step> path_;
};

}  // namespace

std::vector<bool> modules(const GateIndex& gates, const FaultSources& sources, const StrongComponents& components,
                          std::span<const NodeId> goals) {
  std::vector<std::uint32_t> component_of(gates.node_count());
  for (std::uint32_t component = 0; component < components.count(); ++component) {
    for (const std::uint32_t node : components.at(component)) component_of[node] = component;
  }
  Search search(gates, sources, components);
  for (const NodeId goal : goals) search.walk(component_of[index(goal)]);
  std::vector<bool> found = search.closed();
  for (std::uint32_t component = 0; component < components.count(); ++component) {
    const auto nodes = components.at(component);
    const auto members = gates.members_of_node(nodes.front());
    const bool is_cycle = nodes.size() > 1 || std::find(members.begin(), members.end(), nodes.front()) != members.end();
    if (is_cycle) found[component] = false;
  }
  return found;
}

}  // namespace mainstay
