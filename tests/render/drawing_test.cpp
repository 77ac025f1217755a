#include "render/drawing.h"

#include <cgraph.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <random>

#include "render/svg_parts.h"
#include "tests/render/golden.h"
#include "tests/render/sample_picture.h"
#include "tests/render/sample_report.h"
#include "tests/render/well_formed.h"

namespace mainstay {
namespace {

/// The same picture with nodes and edges in another order.
Picture shuffled(const Picture& picture, unsigned seed) {
  std::vector<std::uint32_t> order(picture.nodes.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) order[at] = at;
  std::mt19937 random(seed);
  std::shuffle(order.begin(), order.end(), random);
  Picture out = picture;
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) {
    out.nodes[at] = picture.nodes[order[at]];
    place[order[at]] = at;
  }
  for (PictureEdge& edge : out.edges) {
    edge.from = place[edge.from];
    edge.to = place[edge.to];
  }
  std::shuffle(out.edges.begin(), out.edges.end(), random);
  return out;
}

Picture hostile_picture() {
  const std::string bad = kHostile;
  Picture picture{.title = bad, .note = bad};
  for (const Layer layer : {Layer::workload, Layer::endpoint, Layer::zone}) {
    picture.nodes.push_back({.id = bad + std::string(word(layer)),
                             .layer = layer,
                             .kind = bad,
                             .label = bad,
                             .cluster = bad,
                             .tooltip = {bad},
                             .severity = Severity::high,
                             .rules = {bad}});
  }
  picture.nodes.push_back({.id = bad, .layer = Layer::zone, .label = bad, .cluster = bad});
  picture.edges = {{.from = 0, .to = 1, .label = bad, .tooltip = {bad}}, {.from = 1, .to = 2, .label = bad, .alternative = true}};
  return picture;
}

/// Many nodes in places of their own, whose edges cross.
Picture crowded_picture() {
  Picture picture;
  for (std::uint32_t at = 0; at < 90; ++at) {
    const std::string name = "thing-" + std::to_string(at);
    picture.nodes.push_back({.id = name, .layer = Layer(at % 6), .label = name, .cluster = "place " + std::to_string(at % 7)});
    if (at >= 12) picture.edges.push_back({.from = at * 7 % 12, .to = at});
    if (at % 6 != 0) picture.edges.push_back({.from = at * 5 % at / 6 * 6, .to = at});
  }
  return picture;
}

/// A heap from which pieces of all sizes were given back in another order than they were taken.
std::vector<std::unique_ptr<char[]>> heap_with_holes(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::unique_ptr<char[]>> pieces;
  for (int at = 0; at < 20'000; ++at) pieces.push_back(std::make_unique<char[]>(8 + random() % 300));
  std::shuffle(pieces.begin(), pieces.end(), random);
  pieces.resize(pieces.size() / 2);
  return pieces;
}

std::pair<std::vector<LayoutBox>, std::vector<LayoutLine>> to_be_placed(const Picture& picture) {
  std::pair<std::vector<LayoutBox>, std::vector<LayoutLine>> out;
  for (const PictureNode& node : picture.nodes) {
    const NodeLook look = look_of(node);
    out.first.push_back({look.width, look.height, static_cast<std::uint32_t>(node.layer), node.cluster});
  }
  for (const PictureEdge& edge : picture.edges) out.second.push_back({edge.from, edge.to});
  return out;
}

std::size_t times(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

Picture row_of(std::size_t count) {
  Picture picture;
  for (std::size_t at = 0; at < count; ++at) picture.nodes.push_back({.id = std::to_string(at), .label = "w"});
  return picture;
}

}  // namespace

TEST_CASE("svg: every picture gives well-formed XML without scripts or links", "[render][svg]") {
  struct Row {
    const char* title;
    Picture picture;
  };
  const Row rows[] = {
      {"no nodes", {}},
      {"one node", row_of(1)},
      {"a whole estate", sample_picture()},
      {"hostile text", hostile_picture()},
      {"a loop on one node", {.nodes = {{.id = "a", .label = "a"}}, .edges = {{.from = 0, .to = 0}}}},
      {"a cycle", {.nodes = {{.id = "a"}, {.id = "b", .layer = Layer::zone}}, .edges = {{.from = 0, .to = 1}, {.from = 1, .to = 0}}}}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<std::string> drawn = svg(row.picture, {});
      REQUIRE(drawn);
      CHECK(xml_fault(*drawn).empty());
      CHECK(drawn->find("<script") == std::string::npos);
      CHECK(drawn->find("href") == std::string::npos);
      CHECK(times("<g class=\"node ", *drawn) == row.picture.nodes.size());
      CHECK(times("<g class=\"need\">", *drawn) == row.picture.edges.size());
    }
}

TEST_CASE("svg and dot: the order of nodes and edges does not change a byte", "[render][svg][dot]") {
  const Picture picture = sample_picture();
  const std::string drawn = *svg(picture, {});
  const std::string described = *dot(picture);
  for (const unsigned seed : {1u, 2u, 3u}) DYNAMIC_SECTION("shuffle " << seed) {
      CHECK(*svg(shuffled(picture, seed), {}) == drawn);
      CHECK(*dot(shuffled(picture, seed)) == described);
    }
  CHECK(*svg(picture, {}) == drawn);
}

TEST_CASE("svg: what is wrong is said in words and signs, not by colour alone", "[render][svg]") {
  const std::string drawn = *svg(sample_picture(), {});
  CHECK(times(">critical: spof-upstream</text>", drawn) == 1);
  CHECK(times(">critical: bootstrap-cycle +1</text>", drawn) == 1);
  CHECK(times(">single fault</text>", drawn) == 4);
  CHECK(times(">any of 2</text>", drawn) == 3);
  CHECK(times(">any of 4</text>", drawn) == 1);
  CHECK(times(">×6</text>", drawn) == 2);
  CHECK(times("needs one of several", drawn) == 1);
  CHECK(times("hosts/dns-a/etc/unbound/unbound.conf:5", drawn) == 1);
}

TEST_CASE("svg: themes and legend", "[render][svg]") {
  const Picture picture = sample_picture();
  CHECK(times("prefers-color-scheme", *svg(picture, {})) == 1);
  CHECK(times("prefers-color-scheme", *svg(picture, {.theme = Theme::dark})) == 0);
  CHECK(*svg(picture, {.theme = Theme::dark}) != *svg(picture, {.theme = Theme::light}));
  CHECK(times("class=\"legend\"", *svg(picture, {})) == 1);
  CHECK(times("class=\"legend\"", *svg(picture, {.legend = false})) == 0);
  CHECK(times("finding</text>", *svg(row_of(2), {})) == 0);
}

TEST_CASE("svg: a picture that nobody could read is refused", "[render][svg]") {
  const Result<std::string> drawn = svg(row_of(2001), {});
  REQUIRE_FALSE(drawn);
  CHECK(drawn.error().find("2,001") != std::string::npos);
  CHECK(drawn.error().find("--focus") != std::string::npos);
}

TEST_CASE("svg: nodes of one layer stand below each other, layers from left to right, and nothing overlaps", "[render][layout]") {
  const Picture picture = sample_picture();
  const auto [boxes, lines] = to_be_placed(picture);
  const Result<Layout> layout = laid_out(boxes, lines);
  REQUIRE(layout);
  for (std::size_t a = 0; a < boxes.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const double dx = layout->centres[a].x - layout->centres[b].x;
      const double dy = layout->centres[a].y - layout->centres[b].y;
      CAPTURE(picture.nodes[a].id, picture.nodes[b].id);
      CHECK((std::abs(dx) >= (boxes[a].width + boxes[b].width) / 2 || std::abs(dy) >= (boxes[a].height + boxes[b].height) / 2));
      if (boxes[a].layer == boxes[b].layer) CHECK(std::abs(dx) < 1);
      if (boxes[a].layer > boxes[b].layer) CHECK(dx > 0);
    }
  }
}

TEST_CASE("layout: what lies in the heap decides nothing", "[render][layout]") {
  const auto [boxes, lines] = to_be_placed(crowded_picture());
  const Result<Layout> expected = laid_out(boxes, lines);
  REQUIRE(expected);
  for (unsigned seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    const auto holes = heap_with_holes(seed);
    const Result<Layout> layout = laid_out(boxes, lines);
    REQUIRE(layout);
    CHECK((layout->centres == expected->centres));
    CHECK((layout->curves == expected->curves));
  }
}

TEST_CASE("dot: a whole estate", "[render][dot]") { check_golden("map.dot", *dot(sample_picture())); }

TEST_CASE("dot: Graphviz reads back what was written, hostile text included", "[render][dot]") {
  for (const Picture& picture : {sample_picture(), hostile_picture()}) {
    const std::string text = *dot(picture);
    CHECK(text.find('\x1b') == std::string::npos);
    Agraph_t* graph = agmemread(text.c_str());
    REQUIRE(graph != nullptr);
    CHECK(static_cast<std::size_t>(agnnodes(graph)) == picture.nodes.size());
    CHECK(static_cast<std::size_t>(agnedges(graph)) == picture.edges.size());
    agclose(graph);
  }
}

TEST_CASE("svg: text is measured without a font, numbers are short", "[render][svg]") {
  CHECK(text_width("iiii", 10) < text_width("mmmm", 10));
  CHECK(text_width("日本", 10) == Approx(28));
  CHECK(number(1.25) == "1.3");
  CHECK(number(-0.01) == "0");
  CHECK(number(12) == "12");
}

}  // namespace mainstay
