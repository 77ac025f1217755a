// Layout: where the boxes and lines of a layered drawing stand. Graphviz's dot does it, linked in, without text, fonts or files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/values/result.h"

namespace mainstay {

struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
  Point low;   // left and top
  Point high;  // right and bottom
};

/// A box to be placed. Units: pixels.
struct LayoutBox {
  double width = 0;
  double height = 0;
  std::uint32_t layer = 0;  // boxes of one layer stand below each other
  std::string cluster;      // boxes of one cluster and layer stand together; empty for none
};

/// A line from the right side of one box to the left side of another, when that lies in a later layer.
struct LayoutLine {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

struct LayoutFrame {
  std::string cluster;
  Box box;
};

/// Shape: `centres` as the boxes were given, `curves` as the lines were: Bézier points, one and then three for each piece;
///        y grows downwards; everything but curves lies in `bounds`.
struct Layout {
  std::vector<Point> centres;
  std::vector<std::vector<Point>> curves;
  std::vector<LayoutFrame> frames;
  Box bounds;
};

/// Equal input gives equal output. May be called from several threads; they take turns, because Graphviz has state of its own.
/// Errors: Graphviz finds no layout; the message is its own.
/// Cost:   1,000 boxes a fraction of a second, 5,000 half a minute.
Result<Layout> laid_out(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLine>& lines);

}  // namespace mainstay
