// Picture: what a drawing of the dependency graph shows, before any drawing program. Made by the analyzer, drawn by render.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/finding.h"

namespace mainstay {

/// The layers of a drawing from left to right.
enum class Layer : std::uint8_t { workload, endpoint, stub, resolver, upstream, zone, name_server, provider };
/// "workload", "endpoint", "stub", "resolver", "upstream", "zone", "name-server", "provider".
std::string_view word(Layer layer);

/// One thing in the drawing.
struct PictureNode {
  std::string id;  // stable and unique: "resolver:10.9.1.53"
  Layer layer = Layer::workload;
  std::string kind;                  // for the shape: a word of NodeKind
  std::string label;                 // short: at most two lines, separated by '\n'
  std::string cluster;               // things of one cluster are framed together; empty for none
  std::vector<std::string> tooltip;  // evidence lines: "hosts/app/etc/resolv.conf:1  nameserver 10.9.1.53"
  std::optional<Severity> severity;  // the worst finding about it
  std::vector<std::string> rules;    // rules of the findings about it, sorted
  bool single_fault = false;         // its lone failure locks at least one workload out
  bool inherent = false;             // nobody here can add an alternative
  bool described = true;             // false: known only because somebody asks it
  std::uint32_t folded = 1;          // how many equal siblings it stands for
  std::vector<std::string> alike;    // their ids, its own among them; empty when it stands for itself alone
};

/// Makes `into` stand for what `node` stands for as well.
inline void add_alike(PictureNode& into, const PictureNode& node) {
  if (into.alike.empty()) into.alike.push_back(into.id);
  if (node.alike.empty()) {
    into.alike.push_back(node.id);
  } else {
    into.alike.insert(into.alike.end(), node.alike.begin(), node.alike.end());
  }
}

/// `from` needs `to`.
struct PictureEdge {
  std::uint32_t from = 0;  // index of nodes
  std::uint32_t to = 0;
  std::string label;         // "any of 2", "×12"; usually empty
  bool alternative = false;  // one of several; drawn dashed
  std::vector<std::string> tooltip;
};

/// Shape: nodes sorted by (layer, id), edges by (from, to); at most one edge between two nodes in one direction.
struct Picture {
  std::string title;
  std::vector<PictureNode> nodes;
  std::vector<PictureEdge> edges;
  std::string note;  // what was left out or folded, in one sentence; empty when nothing was
};

}  // namespace mainstay
