#include <fmt/format.h>

#include <map>
#include <string_view>

#include "render/drawing.h"
#include "render/escape.h"
#include "render/sorted_picture.h"

namespace mainstay {
namespace {

std::string_view shape(Layer layer) {
  switch (layer) {
    case Layer::workload: return "box";
    case Layer::endpoint: return "hexagon";
    case Layer::stub: return "oval";
    case Layer::resolver:
    case Layer::upstream: return "component";
    case Layer::zone: return "note";
    case Layer::name_server: return "box3d";
    case Layer::provider: return "octagon";
  }
  return "box";
}

std::string label(const PictureNode& node) {
  std::string out = node.label;
  if (node.folded > 1) out += fmt::format(" ×{}", node.folded);
  if (node.severity) {
    out += fmt::format("\n{}", word(*node.severity));
    for (const std::string& rule : node.rules) out += " " + rule;
  } else if (node.single_fault) {
    out += "\nsingle fault";
  }
  return out;
}

std::string tooltip(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out.empty() ? " " : out;  // an empty one makes Graphviz fall back to the label
}

std::string node_line(std::size_t at, const PictureNode& node) {
  std::string style = "rounded";
  if (node.layer != Layer::workload) style = "solid";
  if (node.inherent) style = "dashed";
  if (!node.described) style = "dotted";
  const double border = node.severity || node.single_fault ? 2.5 : 1;
  return fmt::format("n{} [label={}, id={}, tooltip={}, shape={}, style={}, penwidth={}]", at, for_dot(label(node)), for_dot(node.id),
                     for_dot(tooltip(node.tooltip)), shape(node.layer), style, border);
}

void append_clusters(const Picture& picture, std::string& out) {
  std::map<std::string, std::string> clusters;
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) {
    if (!picture.nodes[at].cluster.empty()) clusters[picture.nodes[at].cluster] += fmt::format(" n{};", at);
  }
  std::size_t number = 0;
  for (const auto& [name, nodes] : clusters) {
    out += fmt::format("  subgraph cluster{} {{ label={};{} }}\n", number++, for_dot(name), nodes);
  }
}

void append_layers(const Picture& picture, std::string& out) {
  std::map<Layer, std::string> layers;
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) layers[picture.nodes[at].layer] += fmt::format(" n{};", at);
  for (const auto& [layer, nodes] : layers) out += fmt::format("  {{ rank=same;{} }}  // {}\n", nodes, word(layer));
}

}  // namespace

Result<std::string> dot(const Picture& picture) {
  const Picture ordered = sorted(picture);
  std::string out = "digraph mainstay {\n  rankdir=LR; newrank=true; nodesep=0.15; ranksep=1;\n";
  const std::string caption = ordered.title + (ordered.note.empty() ? "" : "\n" + ordered.note);
  out += fmt::format("  label={}; labelloc=t; fontname=\"Helvetica\";\n", for_dot(caption));
  out += "  node [fontname=\"Helvetica\", fontsize=11];\n  edge [fontname=\"Helvetica\", fontsize=9];\n";
  for (std::size_t at = 0; at < ordered.nodes.size(); ++at) out += fmt::format("  {};\n", node_line(at, ordered.nodes[at]));
  append_clusters(ordered, out);
  append_layers(ordered, out);
  for (const PictureEdge& edge : ordered.edges) {
    out += fmt::format("  n{} -> n{} [label={}, style={}, tooltip={}];\n", edge.from, edge.to, for_dot(edge.label),
                       edge.alternative ? "dashed" : "solid", for_dot(tooltip(edge.tooltip)));
  }
  return out + "}\n";
}

}  // namespace mainstay
