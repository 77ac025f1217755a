#include <fmt/format.h>

#include <string_view>

#include "render/escape.h"
#include "render/picture_output.h"
#include "render/sorted_picture.h"

namespace mainstay {
namespace {

/// One attribute; readers convert by its type.
template <class T>
struct Attribute {
  const char* name;
  const char* type;
  std::string (*value)(const T&);
};

std::string flag(bool value) { return value ? "true" : "false"; }

std::string lines(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "\n") + text;
  return out;
}

constexpr Attribute<PictureNode> kNode[] = {
    {"label", "string", [](const PictureNode& node) { return node.label; }},
    {"layer", "string", [](const PictureNode& node) { return std::string(word(node.layer)); }},
    {"kind", "string", [](const PictureNode& node) { return node.kind; }},
    {"cluster", "string", [](const PictureNode& node) { return node.cluster; }},
    {"severity", "string", [](const PictureNode& node) { return node.severity ? std::string(word(*node.severity)) : std::string(); }},
    {"rules", "string", [](const PictureNode& node) { return lines(node.rules); }},
    {"single_fault", "boolean", [](const PictureNode& node) { return flag(node.single_fault); }},
    {"inherent", "boolean", [](const PictureNode& node) { return flag(node.inherent); }},
    {"described", "boolean", [](const PictureNode& node) { return flag(node.described); }},
    {"folded", "int", [](const PictureNode& node) { return fmt::to_string(node.folded); }},
    {"evidence", "string", [](const PictureNode& node) { return lines(node.tooltip); }},
};

constexpr Attribute<PictureEdge> kEdge[] = {
    {"words", "string", [](const PictureEdge& edge) { return edge.label; }},
    {"alternative", "boolean", [](const PictureEdge& edge) { return flag(edge.alternative); }},
    {"reason", "string", [](const PictureEdge& edge) { return lines(edge.tooltip); }},
};

template <class T, std::size_t N>
void append_keys(const Attribute<T> (&attributes)[N], const char* owner, std::string& out) {
  for (const Attribute<T>& one : attributes) {
    out += fmt::format("  <key id=\"{0}_{1}\" for=\"{0}\" attr.name=\"{1}\" attr.type=\"{2}\"/>\n", owner, one.name, one.type);
  }
}

/// Line feeds are ours; all else is made harmless line by line.
std::string harmless(const std::string& text) {
  std::string out;
  std::string_view rest = text;
  while (true) {
    const std::size_t end = rest.find('\n');
    out += for_terminal(rest.substr(0, end));
    if (end == std::string_view::npos) return for_xml(out);
    out += '\n';
    rest.remove_prefix(end + 1);
  }
}

template <class T, std::size_t N>
void append_values(const Attribute<T> (&attributes)[N], const char* owner, const T& value, std::string& out) {
  for (const Attribute<T>& one : attributes) {
    const std::string text = one.value(value);
    if (!text.empty()) out += fmt::format("      <data key=\"{}_{}\">{}</data>\n", owner, one.name, harmless(text));
  }
}

}  // namespace

Result<std::string> graphml(const Picture& picture) {
  const Picture ordered = sorted(picture);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  append_keys(kNode, "node", out);
  append_keys(kEdge, "edge", out);
  out += "  <graph id=\"mainstay\" edgedefault=\"directed\">\n";
  if (!ordered.title.empty()) out += fmt::format("    <desc>{}</desc>\n", harmless(ordered.title));
  for (const PictureNode& node : ordered.nodes) {
    out += fmt::format("    <node id=\"{}\">\n", for_xml(for_terminal(node.id)));
    append_values(kNode, "node", node, out);
    out += "    </node>\n";
  }
  for (std::size_t at = 0; at < ordered.edges.size(); ++at) {
    const PictureEdge& edge = ordered.edges[at];
    out += fmt::format("    <edge id=\"e{}\" source=\"{}\" target=\"{}\">\n", at, for_xml(for_terminal(ordered.nodes[edge.from].id)),
                       for_xml(for_terminal(ordered.nodes[edge.to].id)));
    append_values(kEdge, "edge", edge, out);
    out += "    </edge>\n";
  }
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace mainstay
