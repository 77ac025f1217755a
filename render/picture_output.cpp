#include "render/picture_output.h"

#include <algorithm>
#include <array>

#include "render/drawing.h"

namespace mainstay {
namespace {

constexpr std::array<PictureOutput, 6> kOutputs = {{
    {".svg", "SVG", "browsers, reports, this documentation", false, [](const Picture& picture) { return svg(picture, {}); }},
    {".dot", "DOT", "Graphviz", false, dot},
    {".gv", "DOT", "Graphviz", false, dot},
    {".mmd", "Mermaid", "Markdown pages of GitHub and GitLab", false, mermaid},
    {".graphml", "GraphML", "yEd, Gephi, networkx", true, graphml},
    {".cyjs", "Cytoscape JSON", "Cytoscape, cytoscape.js", true, cytoscape},
}};

}  // namespace

std::span<const PictureOutput> picture_outputs() { return kOutputs; }

const PictureOutput* picture_output_of(std::string_view file) {
  const auto found = std::find_if(kOutputs.begin(), kOutputs.end(), [&](const PictureOutput& one) { return file.ends_with(one.ending); });
  return found == kOutputs.end() ? nullptr : &*found;
}

}  // namespace mainstay
