#include <fmt/format.h>

#include <map>

#include "render/collapsed_picture.h"
#include "render/escape.h"
#include "render/picture_output.h"
#include "render/sorted_picture.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostEdges = 450;
constexpr std::size_t kMostOctets = 45'000;

struct Shape {
  const char* open;
  const char* close;
};

Shape shape(Layer layer) {
  switch (layer) {
    case Layer::workload: return {"[", "]"};
    case Layer::endpoint: return {"{{", "}}"};
    case Layer::stub: return {"([", "])"};
    case Layer::resolver:
    case Layer::upstream: return {"[[", "]]"};
    case Layer::zone: return {"[(", ")]"};
    case Layer::name_server: return {"[/", "/]"};
    case Layer::provider: break;
  }
  return {"((", "))"};
}

std::string label(const PictureNode& node) {
  std::string out = node.label;
  if (node.folded > 1) out += fmt::format(" ×{}", node.folded);
  if (node.severity) {
    out += fmt::format("\n{}:", word(*node.severity));
    for (const std::string& rule : node.rules) out += " " + rule;
  } else if (node.single_fault) {
    out += "\nsingle fault";
  }
  return out;
}

/// "n3[\"label\"]:::resolver".
std::string node_text(std::size_t at, const PictureNode& node) {
  const Shape around = shape(node.layer);
  std::string look(word(node.layer));
  if (look == "name-server") look = "nameserver";
  return fmt::format("n{}{}{}{}:::{}", at, around.open, for_mermaid(label(node)), around.close, look);
}

void append_nodes(const Picture& picture, std::string& out) {
  std::map<std::string, std::string> clusters;
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) {
    const std::string& cluster = picture.nodes[at].cluster;
    (cluster.empty() ? out : clusters[cluster]) += fmt::format("  {}\n", node_text(at, picture.nodes[at]));
  }
  std::size_t number = 0;
  for (const auto& [name, nodes] : clusters) out += fmt::format("  subgraph c{}[{}]\n{}  end\n", number++, for_mermaid(name), nodes);
}

/// Findings and single faults get a border besides their words; colours are those of the page.
void append_classes(const Picture& picture, std::string& out) {
  out += "  classDef finding stroke-width:4px\n  classDef inherent stroke-dasharray:5 5\n";
  std::string findings, inherent;
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) {
    const PictureNode& node = picture.nodes[at];
    if (node.severity || node.single_fault) findings += fmt::format("{}n{}", findings.empty() ? "" : ",", at);
    if (node.inherent) inherent += fmt::format("{}n{}", inherent.empty() ? "" : ",", at);
  }
  if (!findings.empty()) out += fmt::format("  class {} finding\n", findings);
  if (!inherent.empty()) out += fmt::format("  class {} inherent\n", inherent);
}

std::string written(const Picture& picture) {
  const Picture ordered = sorted(picture);
  std::string out = "flowchart LR\n";
  for (const std::string& line : {ordered.title, ordered.note}) {
    if (!line.empty()) out += "  %% " + for_mermaid(line) + "\n";
  }
  append_nodes(ordered, out);
  for (const PictureEdge& edge : ordered.edges) {
    const std::string words = edge.label.empty() ? "" : "|" + for_mermaid(edge.label) + "|";
    out += fmt::format("  n{} {}{} n{}\n", edge.from, edge.alternative ? "-.->" : "-->", words, edge.to);
  }
  append_classes(ordered, out);
  return out;
}

bool fits(const Picture& picture, const std::string& text) { return picture.edges.size() <= kMostEdges && text.size() <= kMostOctets; }

}  // namespace

Result<std::string> mermaid(const Picture& picture) {
  Picture part = picture;
  std::string text = written(part);
  for (const Collapse by : {Collapse::cluster, Collapse::layer}) {
    if (fits(part, text)) return text;
    part = collapsed(part, by);
    text = written(part);
  }
  if (fits(part, text)) return text;
  return Error{"the picture is too large for Mermaid (450 edges, 45,000 octets); --focus NODE draws a part"};
}

}  // namespace mainstay
