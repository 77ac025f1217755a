#include "analyzer/faults/strong_components.h"

#include <algorithm>

namespace mainstay {
namespace {

constexpr std::uint32_t kUnseen = 0;
constexpr std::uint32_t kDone = 0xffffffff;

class Search {
 public:
  Search(const GateIndex& gates, const std::vector<bool>& kept) : gates_(gates), low_(gates.node_count(), kUnseen) {
    for (std::uint32_t node = 0; node < gates.node_count(); ++node) {
      if (!kept[node]) low_[node] = kDone;
    }
    found_.nodes.reserve(gates.node_count());
    found_.begin.push_back(0);
  }

  StrongComponents run() && {
    for (std::uint32_t node = 0; node < gates_.node_count(); ++node) {
      if (low_[node] == kUnseen) visit(node);
    }
    return std::move(found_);
  }

 private:
  struct Step {
    std::uint32_t node = 0;
    std::uint32_t number = 0;  // order of discovery
    std::uint32_t next = 0;    // the member to look at next
  };

  void enter(std::uint32_t node) {
    low_[node] = ++numbers_;
    path_.push_back({node, numbers_, 0});
    open_.push_back(node);
  }

  void visit(std::uint32_t root) {
    enter(root);
    while (!path_.empty()) {
      Step& step = path_.back();
      const auto members = gates_.members_of_node(step.node);
      if (step.next < members.size()) {
        const std::uint32_t member = members[step.next++];
        if (low_[member] == kUnseen) {
          enter(member);
        } else if (low_[member] != kDone) {
          low_[step.node] = std::min(low_[step.node], low_[member]);
        }
      } else {
        leave();
      }
    }
  }

  void leave() {
    const Step step = path_.back();
    path_.pop_back();
    const std::uint32_t low = low_[step.node];
    if (low == step.number) close(step.node);
    if (!path_.empty() && low < kDone) low_[path_.back().node] = std::min(low_[path_.back().node], low);
  }

  void close(std::uint32_t root) {
    for (std::uint32_t node = kDone; node != root;) {
      node = open_.back();
      open_.pop_back();
      low_[node] = kDone;
      found_.nodes.push_back(node);
    }
    found_.begin.push_back(static_cast<std::uint32_t>(found_.nodes.size()));
  }

  const GateIndex& gates_;
  std::vector<std::uint32_t> low_;  // lowest number that a node is known to reach; kDone when its component is complete
  std::uint32_t numbers_ = 0;
  std::vector<Step> path_;
  std::vector<std::uint32_t> open_;  // nodes whose component is not complete
  StrongComponents found_;
};

}  // namespace

StrongComponents strong_components(const GateIndex& gates, const std::vector<bool>& kept) { return Search(gates, kept).run(); }

}  // namespace mainstay
