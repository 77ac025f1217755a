// NodeMemo: what was worked out for some nodes of a graph, found by their number.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "graph/model/requirement_graph.h"

namespace mainstay {

/// References stay good.
template <class Value>
class NodeMemo {
 public:
  explicit NodeMemo(std::size_t nodes) : places_(nodes, 0) {}

  /// The value of a node, and whether it is new and empty.
  std::pair<Value&, bool> at(NodeId node) {
    std::uint32_t& place = places_[index(node)];
    const bool is_new = place == 0;
    if (is_new) {
      values_.emplace_back();
      place = static_cast<std::uint32_t>(values_.size());
    }
    return {values_[place - 1], is_new};
  }

 private:
  std::vector<std::uint32_t> places_;  // counted from 1; 0 where nothing is known
  std::deque<Value> values_;
};

}  // namespace mainstay
