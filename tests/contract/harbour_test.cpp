#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/contract/repository.h"

namespace mainstay {

TEST_CASE("harbour: its truth speaks of lines that are there", "[contract][harbour]") {
  std::string truth;
  std::vector<RepositoryFile> estate = repository_files("samples/harbour");
  for (const RepositoryFile& file : estate) {
    if (file.name == "samples/harbour/truth.json") truth = file.text;
  }
  const nlohmann::json json = nlohmann::json::parse(truth);
  REQUIRE(json.at("must").size() > 10);
  for (const nlohmann::json& row : json.at("must")) {
    const std::string name = "samples/harbour/" + row.at("file").get<std::string>();
    INFO(row.dump());
    const auto file = std::find_if(estate.begin(), estate.end(), [&](const RepositoryFile& one) { return one.name == name; });
    REQUIRE(file != estate.end());
    if (!row.contains("line")) continue;
    const auto lines = lines_of(file->text);
    const auto line = row.at("line").get<std::size_t>();
    REQUIRE(line <= lines.size());
    CHECK(lines[line - 1].find(row.at("text").get<std::string>()) != std::string_view::npos);
  }
}

}  // namespace mainstay
