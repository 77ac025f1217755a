// Drawing: a Picture as SVG for browsers and reports, and as DOT for other programs.
#pragma once

#include <cstdint>
#include <string>

#include "graph/findings/picture.h"
#include "graph/values/result.h"

namespace mainstay {

enum class Theme : std::uint8_t { automatic, light, dark };

/// How a picture is drawn.
struct DrawingStyle {
  Theme theme = Theme::automatic;  // automatic: as the reader's system prefers
  bool legend = true;
};

/// A self-contained SVG: layers from left to right, clusters framed, findings marked by border, sign and words, evidence in tool tips.
/// Shape:  equal pictures give equal bytes, in whatever order their nodes and edges come; no scripts, no fonts, no links.
/// Errors: more than 2,000 nodes or 8,000 edges; the message asks for a part of the graph.
/// Cost:   1,000 nodes take under 1.5 s.
Result<std::string> svg(const Picture& picture, const DrawingStyle& style);

/// The picture in the DOT language, laid out by whoever reads it.
/// Shape:  one node or edge a line, in the order of the picture's ids; input is quoted, so that nothing in it is an escape or markup.
Result<std::string> dot(const Picture& picture);

}  // namespace mainstay
