// Parts of the SVG: text that is measured without a font, the look, and the boxes of nodes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/picture.h"
#include "render/drawing.h"
#include "render/layout.h"

namespace mainstay {

/// The width that a line of text takes at most in any usual sans-serif font.
/// Units: pixels; `size` is the font size.
double text_width(std::string_view text, double size);

/// A number as SVG writes it: one decimal, none when it is whole.
std::string number(double value);

/// A line of text as an SVG element. `look` is a class of the style sheet, `anchor` "start", "middle" or "end".
std::string text_element(std::string_view look, Point at, std::string_view anchor, std::string_view text);

/// The style sheet of a theme; every rule is below `.mainstay-map`, so that it may stand inside a page.
std::string style_sheet(Theme theme);

/// How a node will look; made before the layout, because the layout needs its size.
struct NodeLook {
  std::vector<std::string> lines;  // of its label, cut to a readable width
  std::string badge;               // "critical: spof-upstream"; empty when there is no finding
  std::string count;               // "×12"; empty for one
  double width = 0;
  double height = 0;
};
NodeLook look_of(const PictureNode& node);

/// The node with its centre at `at`, as one group.
std::string node_element(const PictureNode& node, const NodeLook& look, Point at);

/// The sign of a severity, 12 pixels wide, with its centre at `at`: each severity has its own outline.
std::string sign_element(Severity severity, Point at);

/// The sign of a single fault, as wide as the others.
std::string single_fault_sign(Point at);

/// What the marks of this picture mean, from `at` to the right and down, within `width`. Sets `height` to what it took.
std::string legend_element(const Picture& picture, Point at, double width, double& height);

}  // namespace mainstay
