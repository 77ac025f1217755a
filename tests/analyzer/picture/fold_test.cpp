#include "analyzer/picture/fold.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

namespace mainstay {
namespace {

PictureNode thing(std::string id, Layer layer) { return {.id = id, .layer = layer, .kind = std::string(word(layer)), .label = id}; }

std::vector<std::string> ids(const Picture& picture) {
  std::vector<std::string> out;
  for (const PictureNode& node : picture.nodes) out.push_back(node.id);
  return out;
}

/// a needs b, b needs c, c needs d; x needs c too.
Picture chain() {
  Picture picture;
  for (const char* id : {"a", "b", "c", "d", "x"}) picture.nodes.push_back(thing(id, Layer::workload));
  picture.edges = {{.from = 0, .to = 1}, {.from = 1, .to = 2}, {.from = 2, .to = 3}, {.from = 4, .to = 2}};
  return picture;
}

/// Which nodes each node reaches by edges that are no alternatives.
std::vector<std::vector<bool>> reached(const Picture& picture) {
  const std::size_t size = picture.nodes.size();
  std::vector<std::vector<bool>> from(size, std::vector<bool>(size));
  for (std::size_t at = 0; at < size; ++at) from[at][at] = true;
  for (std::size_t round = 0; round < size; ++round) {
    for (const PictureEdge& edge : picture.edges) {
      if (edge.alternative) continue;
      for (std::size_t at = 0; at < size; ++at) {
        if (from[at][edge.from]) from[at][edge.to] = true;
      }
    }
  }
  return from;
}

}  // namespace

TEST_CASE("part of a picture: what needs it, what it needs, or both", "[analyzer][picture]") {
  struct Row {
    const char* title;
    Direction direction;
    unsigned depth;
    std::vector<std::string> ids;
  };
  const Row rows[] = {{"both", Direction::both, 0, {"a", "b", "c", "d", "x"}},
                      {"what it needs", Direction::upstream, 0, {"c", "d"}},
                      {"what needs it", Direction::downstream, 0, {"a", "b", "c", "x"}},
                      {"one edge around", Direction::both, 1, {"b", "c", "d", "x"}}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(ids(around(chain(), {"c"}, row.depth, row.direction)) == row.ids);
    }
}

TEST_CASE("only findings: things with findings and who needs them", "[analyzer][picture]") {
  Picture picture = chain();
  picture.nodes[1].severity = Severity::low;
  CHECK(ids(only_findings(picture)) == std::vector<std::string>{"a", "b"});
  const Picture none = only_findings(chain());
  CHECK(none.nodes.empty());
  CHECK(none.note.find("no finding") != std::string::npos);
}

TEST_CASE("folded: equal siblings of every layer become one", "[analyzer][picture]") {
  Picture picture;
  picture.nodes.push_back(thing("zone", Layer::zone));
  for (int at = 0; at < 13; ++at) {
    picture.nodes.push_back(thing(fmt::format("ns{:02}", at), Layer::name_server));
    picture.edges.push_back({.from = 0, .to = static_cast<std::uint32_t>(at + 1), .alternative = true});
  }
  const Picture all = folded(picture);
  CHECK(ids(all) == std::vector<std::string>{"zone", "ns00"});
  CHECK(all.nodes[1].label == "ns00\nand 12 more alike");
  CHECK(all.nodes[1].folded == 13);
  picture.nodes[3].single_fault = true;
  picture.nodes[4].severity = Severity::high;
  CHECK(ids(folded(picture)) == std::vector<std::string>{"zone", "ns00", "ns02", "ns03"});
}

TEST_CASE("folded: more than 200 things with findings are summed up", "[analyzer][picture]") {
  for (const std::size_t count : {std::size_t{200}, std::size_t{201}}) DYNAMIC_SECTION(count) {
      Picture picture;
      for (std::size_t at = 0; at < count; ++at) {
        picture.nodes.push_back(thing(fmt::format("{:03}", at), Layer::zone));
        picture.nodes.back().severity = Severity::high;
      }
      const Picture all = folded(picture);
      CHECK(all.nodes.size() == (count == 200 ? 200 : 1));
      CHECK(all.note.empty() == (count == 200));
    }
}

TEST_CASE("reduced: an edge that follows from others is not drawn", "[analyzer][picture]") {
  Picture picture = chain();
  picture.edges.push_back({.from = 0, .to = 2});
  picture.edges.push_back({.from = 0, .to = 3});
  const Picture less = reduced(picture);
  CHECK(less.edges.size() == 4);
  CHECK(less.note == "2 edges that follow from others are not drawn");
  picture.edges[1].alternative = true;  // b needs c or something else: then a's own need of c does not follow
  CHECK(reduced(picture).edges.size() == 5);
}

TEST_CASE("reduced: nothing that is needed is lost, in cycles neither", "[analyzer][picture]") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Picture picture;
    for (int at = 0; at < 8; ++at) picture.nodes.push_back(thing(fmt::format("{}", at), Layer::workload));
    for (std::uint32_t from = 0; from < 8; ++from) {
      for (std::uint32_t to = 0; to < 8; ++to) {
        if (from != to && random() % 4 == 0) picture.edges.push_back({.from = from, .to = to, .alternative = random() % 4 == 0});
      }
    }
    const Picture less = reduced(picture);
    CHECK(reached(less) == reached(picture));
    const auto alternatives = [](const Picture& one) {
      return std::count_if(one.edges.begin(), one.edges.end(), [](const PictureEdge& edge) { return edge.alternative; });
    };
    CHECK(alternatives(less) == alternatives(picture));
  }
}

}  // namespace mainstay
