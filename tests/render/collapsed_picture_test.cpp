#include "render/collapsed_picture.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

/// Two workloads of one place and one of another need an endpoint, whose zone has two servers of one provider.
Picture small() {
  Picture picture;
  picture.nodes = {
      {.id = "w:a", .kind = "workload", .label = "a", .cluster = "prod"},
      {.id = "w:b", .kind = "workload", .label = "b", .cluster = "prod", .severity = Severity::high, .rules = {"r"}},
      {.id = "w:c", .kind = "workload", .label = "c", .cluster = "lab"},
      {.id = "e", .layer = Layer::endpoint, .kind = "endpoint", .label = "e"},
      {.id = "z", .layer = Layer::zone, .kind = "zone", .label = "z"},
      {.id = "n:1", .layer = Layer::name_server, .kind = "name-server", .label = "1", .single_fault = true},
      {.id = "n:2", .layer = Layer::name_server, .kind = "name-server", .label = "2"},
      {.id = "provider:p", .layer = Layer::provider, .kind = "provider", .label = "p"},
  };
  picture.edges = {{.from = 0, .to = 3},
                   {.from = 1, .to = 3, .alternative = true},
                   {.from = 2, .to = 3},
                   {.from = 3, .to = 4},
                   {.from = 4, .to = 5, .alternative = true},
                   {.from = 4, .to = 6, .alternative = true},
                   {.from = 5, .to = 7},
                   {.from = 6, .to = 7}};
  return picture;
}

std::vector<std::string> labels(const Picture& picture) {
  std::vector<std::string> out;
  for (const PictureNode& node : picture.nodes) out.push_back(node.label);
  return out;
}

}  // namespace

TEST_CASE("collapsed: things of one place become one", "[render][collapse]") {
  const Picture picture = collapsed(small(), Collapse::cluster);
  CHECK(labels(picture) == std::vector<std::string>{"prod\n2 things", "c", "e", "z", "1", "2", "p"});
  CHECK(picture.nodes[0].severity == Severity::high);
  CHECK(picture.nodes[0].rules == std::vector<std::string>{"r"});
  CHECK(picture.nodes[0].folded == 2);
  CHECK(picture.edges[0].label == "×2");
  CHECK_FALSE(picture.edges[0].alternative);
  CHECK(picture.note == "things of one place are drawn as one");
}

TEST_CASE("collapsed: zones and servers go with their only provider", "[render][collapse]") {
  const Picture picture = collapsed(small(), Collapse::provider);
  CHECK(labels(picture) == std::vector<std::string>{"a", "b", "c", "e", "p"});
  CHECK(picture.nodes[4].folded == 4);
  CHECK(picture.nodes[4].single_fault);
  Picture two = small();
  two.nodes.push_back({.id = "provider:q", .layer = Layer::provider, .kind = "provider", .label = "q"});
  two.edges.back().to = 8;
  CHECK(labels(collapsed(two, Collapse::provider)) == std::vector<std::string>{"a", "b", "c", "e", "z", "p", "q"});
}

TEST_CASE("collapsed: a summary has one thing a kind", "[render][collapse]") {
  const Picture picture = collapsed(small(), Collapse::layer);
  CHECK(labels(picture) == std::vector<std::string>{"3 workload", "e", "z", "2 name-server", "p"});
  CHECK(picture.edges.size() == 4);
  CHECK(picture.edges[0].label == "×3");
}

TEST_CASE("collapsed: a picture in which nothing is alike stays as it is", "[render][collapse]") {
  Picture picture;
  picture.nodes = {{.id = "a", .kind = "workload", .label = "a", .cluster = "x"},
                   {.id = "b", .layer = Layer::zone, .kind = "zone", .label = "b"}};
  picture.edges = {{.from = 0, .to = 1, .label = "any of 2"}};
  for (const Collapse by : {Collapse::cluster, Collapse::provider, Collapse::layer}) {
    const Picture same = collapsed(picture, by);
    CHECK(labels(same) == labels(picture));
    CHECK(same.edges[0].label == "any of 2");
    CHECK(same.note.empty());
  }
}

}  // namespace mainstay
