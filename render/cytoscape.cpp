#include <fmt/format.h>

#include <set>

#include "render/escape.h"
#include "render/json_parts.h"
#include "render/picture_output.h"
#include "render/sorted_picture.h"
#include "render/version.h"

namespace mainstay {
namespace {

Json harmless(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push_back(for_terminal(text));
  return out;
}

std::string cluster_id(const std::string& cluster) { return "cluster:" + for_terminal(cluster); }

/// Labels keep their line feeds: they are ours.
std::string label_of(const std::string& label) {
  const std::size_t end = label.find('\n');
  return end == std::string::npos ? for_terminal(label) : for_terminal(label.substr(0, end)) + "\n" + for_terminal(label.substr(end + 1));
}

std::string classes(const PictureNode& node) {
  std::string out(word(node.layer));
  if (node.severity) out += " finding " + std::string(word(*node.severity));
  if (node.single_fault) out += " single-fault";
  if (node.inherent) out += " inherent";
  return out;
}

Json written(const PictureNode& node) {
  Json data = {{"id", for_terminal(node.id)},
               {"name", label_of(node.label)},
               {"layer", word(node.layer)},
               {"kind", for_terminal(node.kind)},
               {"severity", node.severity ? Json(word(*node.severity)) : Json(nullptr)},
               {"rules", harmless(node.rules)},
               {"single_fault", node.single_fault},
               {"inherent", node.inherent},
               {"described", node.described},
               {"folded", node.folded},
               {"evidence", harmless(node.tooltip)}};
  if (!node.cluster.empty()) data["parent"] = cluster_id(node.cluster);
  return {{"data", std::move(data)}, {"classes", classes(node)}};
}

Json written(const Picture& picture, std::size_t at) {
  const PictureEdge& edge = picture.edges[at];
  return {{"data",
           {{"id", fmt::format("e{}", at)},
            {"source", for_terminal(picture.nodes[edge.from].id)},
            {"target", for_terminal(picture.nodes[edge.to].id)},
            {"label", for_terminal(edge.label)},
            {"alternative", edge.alternative},
            {"evidence", harmless(edge.tooltip)}}}};
}

}  // namespace

Result<std::string> cytoscape(const Picture& picture) {
  const Picture ordered = sorted(picture);
  std::set<std::string> clusters;
  for (const PictureNode& node : ordered.nodes) {
    if (!node.cluster.empty()) clusters.insert(node.cluster);
  }
  Json nodes = Json::array(), edges = Json::array();
  for (const std::string& cluster : clusters) {
    nodes.push_back({{"data", {{"id", cluster_id(cluster)}, {"name", for_terminal(cluster)}}}, {"classes", "cluster"}});
  }
  for (const PictureNode& node : ordered.nodes) nodes.push_back(written(node));
  for (std::size_t at = 0; at < ordered.edges.size(); ++at) edges.push_back(written(ordered, at));
  return printed({{"format_version", "1.0"},
                  {"generated_by", fmt::format("mainstay-{}", version())},
                  {"data", {{"name", for_terminal(ordered.title)}, {"note", for_terminal(ordered.note)}}},
                  {"elements", {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}}}});
}

}  // namespace mainstay
