#include "render/picture_output.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/places.h"
#include "tests/render/golden.h"
#include "tests/render/sample_picture.h"
#include "tests/render/sample_report.h"
#include "tests/render/well_formed.h"

namespace mainstay {
namespace {

std::size_t times(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

/// A picture with that many edges: every workload needs every endpoint.
Picture dense(std::size_t workloads, std::size_t endpoints) {
  Picture picture;
  for (std::size_t at = 0; at < workloads; ++at) {
    picture.nodes.push_back({.id = fmt::format("w{:03}", at), .kind = "workload", .label = "w", .cluster = at % 2 == 0 ? "even" : "odd"});
  }
  for (std::size_t at = 0; at < endpoints; ++at) {
    picture.nodes.push_back({.id = fmt::format("x{:03}", at), .layer = Layer::endpoint, .kind = "endpoint", .label = "x"});
  }
  for (std::uint32_t from = 0; from < workloads; ++from) {
    for (std::uint32_t to = 0; to < endpoints; ++to) {
      picture.edges.push_back({.from = from, .to = static_cast<std::uint32_t>(workloads + to)});
    }
  }
  return picture;
}

}  // namespace

TEST_CASE("picture outputs: each is described, found by its ending, and in the guide", "[render][outputs]") {
  std::ifstream file(source_dir() + "/docs/outputs.md", std::ios::binary);
  const std::string guide{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  for (const PictureOutput& one : picture_outputs()) {
    INFO(one.ending);
    CHECK(picture_output_of("folder/map" + std::string(one.ending)) == &one);
    CHECK(guide.find(fmt::format("| {} | {} | {} |", one.ending, one.title, one.purpose)) != std::string::npos);
  }
  CHECK(picture_output_of("map.png") == nullptr);
}

TEST_CASE("picture outputs: a whole estate", "[render][outputs]") {
  for (const char* ending : {".mmd", ".graphml", ".cyjs"}) DYNAMIC_SECTION(ending) {
      check_golden("map" + std::string(ending), *picture_output_of(ending)->write(sample_picture()));
    }
}

TEST_CASE("mermaid: limits: 450 edges are drawn, one more is summed up", "[render][mermaid][limits]") {
  const std::string fits = *mermaid(dense(45, 10));
  CHECK(times(" --> ", fits) == 450);
  CHECK(fits.find("drawn as one") == std::string::npos);
  const std::string over = *mermaid(dense(451, 1));
  CHECK(times(" --> ", over) + times(" -->|", over) == 2);
  CHECK(over.find("things of one place are drawn as one") != std::string::npos);
  CHECK(over.find("226 things") != std::string::npos);
}

TEST_CASE("mermaid: limits: 45,000 octets", "[render][mermaid][limits]") {
  Picture picture = dense(400, 1);
  for (PictureNode& node : picture.nodes) node.label = std::string(120, 'a');
  const std::string text = *mermaid(picture);
  CHECK(text.size() <= 45'000);
  CHECK(text.find("drawn as one") != std::string::npos);
  for (std::size_t at = 0; at < picture.nodes.size(); ++at) {  // nothing to collapse by cluster: by kind then
    picture.nodes[at].cluster = fmt::format("c{}", at);
  }
  CHECK((*mermaid(picture)).find("a summary") != std::string::npos);
}

TEST_CASE("mermaid: findings are marked by words and border", "[render][mermaid]") {
  const std::string text = *mermaid(sample_picture());
  CHECK(text.starts_with("flowchart LR\n"));
  CHECK(times("<br/>critical#58; ", text) == 2);
  CHECK(times("classDef finding stroke-width:4px", text) == 1);
  CHECK(times("subgraph ", text) == times("\n  end\n", text));
}

TEST_CASE("graphml: well-formed, every node and edge once, ends that are there", "[render][graphml]") {
  const Picture picture = sample_picture();
  const std::string text = *graphml(picture);
  CHECK(xml_fault(text.substr(text.find("?>") + 3)) == "");
  CHECK(times("<node id=", text) == picture.nodes.size());
  CHECK(times("<edge id=", text) == picture.edges.size());
}

TEST_CASE("cytoscape: every end of an edge and every parent is a node", "[render][cytoscape]") {
  const Picture picture = sample_picture();
  const nlohmann::json elements = nlohmann::json::parse(*cytoscape(picture)).at("elements");
  std::set<std::string> ids;
  for (const auto& node : elements.at("nodes")) CHECK(ids.insert(node.at("data").at("id")).second);
  for (const auto& node : elements.at("nodes")) {
    if (node.at("data").contains("parent")) CHECK(ids.contains(node.at("data").at("parent").get<std::string>()));
  }
  CHECK(elements.at("edges").size() == picture.edges.size());
  for (const auto& edge : elements.at("edges")) {
    CHECK(ids.contains(edge.at("data").at("source").get<std::string>()));
    CHECK(ids.contains(edge.at("data").at("target").get<std::string>()));
  }
}

}  // namespace mainstay
