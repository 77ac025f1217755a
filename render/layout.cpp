#include "render/layout.h"

#include <fmt/format.h>
#include <gvc.h>
#include <gvplugin.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "render/name_numbers.h"

// The plug-in's table; it is linked, so that neither a configuration file nor dlopen decides what draws.
extern "C" gvplugin_library_t gvplugin_dot_layout_LTX_library;

#ifdef MAINSTAY_SANITIZED
/// Graphviz's layout keeps some of what it allocates until the program ends; nothing of ours is on those paths.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libgvc.so\nleak:libcgraph.so\n"; }
#endif

namespace mainstay {
namespace {

constexpr double kPointsPerInch = 72;
constexpr std::size_t kLarge = 300;  // boxes from which on the layout takes fewer passes

std::mutex turn;        // guards all of Graphviz
std::string complaint;  // what Graphviz said last, under the same guard

int keep_complaint(char* text) {
  complaint += text;
  return 0;
}

struct Freed {
  void operator()(GVC_t* context) const { gvFreeContext(context); }
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

/// Graphviz's functions take text that they do not change as `char*`.
char* text(const std::string& value) { return const_cast<char*>(value.c_str()); }

void set(void* object, const std::string& name, const std::string& value) { agsafeset(object, text(name), text(value), text("")); }

std::string inches(double pixels) { return fmt::format("{:.4f}", pixels / kPointsPerInch); }

/// The graph as dot wants it, and the way back from its parts to ours.
struct Drawing {
  std::unique_ptr<Agraph_t, Freed> graph;
  std::vector<Agnode_t*> nodes;
  std::vector<Agedge_t*> edges;
  std::map<std::pair<std::string, std::uint32_t>, Agraph_t*> frames;  // by cluster and layer
};

void add_nodes(const std::vector<LayoutBox>& boxes, Drawing& drawing) {
  for (std::size_t at = 0; at < boxes.size(); ++at) {
    Agnode_t* node = agnode(drawing.graph.get(), text(fmt::format("n{}", at)), 1);
    set(node, "width", inches(boxes[at].width));
    set(node, "height", inches(boxes[at].height));
    drawing.nodes.push_back(node);
  }
}

/// Boxes of one layer share a rank; a chain of anchors keeps the layers apart and in order.
void add_layers(const std::vector<LayoutBox>& boxes, Drawing& drawing) {
  std::map<std::uint32_t, Agraph_t*> layers;
  for (std::size_t at = 0; at < boxes.size(); ++at) {
    Agraph_t*& layer = layers[boxes[at].layer];
    if (layer == nullptr) {
      layer = agsubg(drawing.graph.get(), text(fmt::format("layer{}", boxes[at].layer)), 1);
      set(layer, "rank", "same");
    }
    agsubnode(layer, drawing.nodes[at], 1);
  }
  Agnode_t* previous = nullptr;
  for (const auto& [number, layer] : layers) {
    Agnode_t* anchor = agnode(layer, text(fmt::format("anchor{}", number)), 1);
    set(anchor, "style", "invis");
    set(anchor, "width", "0.01");
    set(anchor, "height", "0.01");
    if (previous != nullptr) set(agedge(drawing.graph.get(), previous, anchor, nullptr, 1), "style", "invis");
    previous = anchor;
  }
}

/// A frame holds what stands in one layer: frames across layers push everything else out of their way and leave large holes.
void add_clusters(const std::vector<LayoutBox>& boxes, Drawing& drawing) {
  std::map<std::pair<std::string, std::uint32_t>, std::vector<std::size_t>> members;
  for (std::size_t at = 0; at < boxes.size(); ++at) {
    if (!boxes[at].cluster.empty()) members[{boxes[at].cluster, boxes[at].layer}].push_back(at);
  }
  for (const auto& [name, boxes_of_it] : members) {
    if (boxes_of_it.size() < 2) continue;  // a frame around one box says nothing that the box does not
    Agraph_t* cluster = agsubg(drawing.graph.get(), text(fmt::format("cluster{}", drawing.frames.size())), 1);
    set(cluster, "margin", "9");
    set(cluster, "label", "x");  // holds the place of the label, which is drawn without Graphviz
    set(cluster, "fontsize", "11");
    for (const std::size_t box : boxes_of_it) agsubnode(cluster, drawing.nodes[box], 1);
    drawing.frames[name] = cluster;
  }
}

void add_edges(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLine>& lines, Drawing& drawing) {
  for (std::size_t at = 0; at < lines.size(); ++at) {
    Agedge_t* edge =
        agedge(drawing.graph.get(), drawing.nodes[lines[at].from], drawing.nodes[lines[at].to], text(fmt::format("e{}", at)), 1);
    set(edge, "dir", "none");
    if (boxes[lines[at].from].layer < boxes[lines[at].to].layer) {
      set(edge, "tailport", "e");
      set(edge, "headport", "w");
    } else {
      set(edge, "constraint", "false");
    }
    drawing.edges.push_back(edge);
  }
}

Drawing described(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLine>& lines) {
  Drawing drawing;
  drawing.graph.reset(agopen(text("map"), Agdirected, numbered_by_order()));
  Agraph_t* graph = drawing.graph.get();
  set(graph, "rankdir", "LR");
  set(graph, "newrank", "true");
  set(graph, "nodesep", "0.17");
  set(graph, "ranksep", "0.85");
  set(graph, "splines", "true");
  if (boxes.size() > kLarge) set(graph, "mclimit", "0.3");
  agattr(graph, AGNODE, text("shape"), text("box"));
  agattr(graph, AGNODE, text("fixedsize"), text("true"));
  agattr(graph, AGNODE, text("label"), text(""));
  add_nodes(boxes, drawing);
  add_clusters(boxes, drawing);
  add_layers(boxes, drawing);
  add_edges(boxes, lines, drawing);
  return drawing;
}

void widen(Box& box, const Box& by) {
  box.low = {std::min(box.low.x, by.low.x), std::min(box.low.y, by.low.y)};
  box.high = {std::max(box.high.x, by.high.x), std::max(box.high.y, by.high.y)};
}

Layout read_back(const Drawing& drawing, const std::vector<LayoutBox>& boxes) {
  const double height = GD_bb(drawing.graph.get()).UR.y;
  const auto flipped = [height](pointf point) { return Point{point.x, height - point.y}; };
  Layout out;
  for (std::size_t at = 0; at < boxes.size(); ++at) {
    const Point centre = flipped(ND_coord(drawing.nodes[at]));
    const double dx = boxes[at].width / 2;
    const double dy = boxes[at].height / 2;
    const Box around{{centre.x - dx, centre.y - dy}, {centre.x + dx, centre.y + dy}};
    if (at == 0) out.bounds = around;
    widen(out.bounds, around);
    out.centres.push_back(centre);
  }
  for (Agedge_t* edge : drawing.edges) {
    std::vector<Point>& curve = out.curves.emplace_back();
    const splines* pieces = ED_spl(edge);
    if (pieces == nullptr || pieces->size == 0) {  // dot gives up on some lines in crowded drawings; a straight one is better than none
      const Point from = flipped(ND_coord(agtail(edge)));
      const Point to = flipped(ND_coord(aghead(edge)));
      curve = {from, from, to, to};
      continue;
    }
    for (int at = 0; at < pieces->list[0].size; ++at) curve.push_back(flipped(pieces->list[0].list[at]));
  }
  for (const auto& [name, cluster] : drawing.frames) {
    const boxf box = GD_bb(cluster);
    out.frames.push_back({name.first, {{box.LL.x, height - box.UR.y}, {box.UR.x, height - box.LL.y}}});
    widen(out.bounds, out.frames.back().box);
  }
  return out;
}

}  // namespace

Result<Layout> laid_out(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLine>& lines) {
  const std::lock_guard guard(turn);
  complaint.clear();
  agseterrf(&keep_complaint);
  agseterr(AGERR);
  const lt_symlist_t plugins[] = {{"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library}, {nullptr, nullptr}};
  const std::unique_ptr<GVC_t, Freed> context(gvContextPlugins(plugins, 0));
  const Drawing drawing = described(boxes, lines);
  if (gvLayout(context.get(), drawing.graph.get(), "dot") != 0) return Error{"no layout was found for the picture: " + complaint};
  Layout out = read_back(drawing, boxes);
  gvFreeLayout(context.get(), drawing.graph.get());
  return out;
}

}  // namespace mainstay
