#include <catch2/catch.hpp>

#include <array>
#include <map>
#include <set>

#include "tests/contract/repository.h"

namespace mainstay {

TEST_CASE("includes: data goes one way through the layers", "[contract][includes]") {
  const std::map<std::string_view, std::set<std::string_view>> allowed{
      {"graph", {"graph"}},
      {"ingest", {"ingest", "graph"}},
      {"render", {"render", "graph"}},
      {"analyzer", {"analyzer", "ingest", "render", "graph"}},
  };
  std::size_t checked = 0;
  for (const RepositoryFile& file : code_files()) {
    const auto layer = allowed.find(std::string_view(file.name).substr(0, file.name.find('/')));
    if (layer == allowed.end()) continue;
    for (const std::string_view name : includes_of(file)) {
      const std::string_view folder = name.substr(0, name.find('/'));
      const bool ours = allowed.contains(folder) || folder == "tests" || folder == "samples";
      INFO(file.name << " includes " << name);
      CHECK((!ours || layer->second.contains(folder)));
      checked += ours ? 1 : 0;
    }
  }
  CHECK(checked > 50);  // the test reads what it claims to read
}

TEST_CASE("includes: our own headers are named from the root", "[contract][includes]") {
  for (const RepositoryFile& file : code_files()) {
    for (const std::string_view line : lines_of(file.text)) {
      if (!line.starts_with("#include \"")) continue;
      const std::string_view name = line.substr(10, line.find('"', 10) - 10);
      INFO(file.name << ": " << line);
      CHECK(exists(name));
    }
  }
}

TEST_CASE("includes: heavy headers stay out of headers that others include", "[contract][includes]") {
  constexpr std::array<std::string_view, 7> kHeavy{"nlohmann/json.hpp", "boost/graph/", "clang-c/", "graphviz/",
                                                   "libfyaml.h",        "CLI/",         "fmt/"};
  // A header may ask to be included by .cpp files alone; whatever includes it must be one, or ask for the same.
  const auto is_for_sources = [](const RepositoryFile& file) { return file.text.find("Only .cpp files include this header") < 600; };
  std::set<std::string_view> for_sources;
  for (const RepositoryFile& file : code_files()) {
    if (is_for_sources(file)) for_sources.insert(file.name);
  }
  for (const RepositoryFile& file : code_files()) {
    if (!file.name.ends_with(".h") || file.name.starts_with("tests/") || is_for_sources(file)) continue;
    for (const std::string_view name : includes_of(file)) {
      INFO(file.name << " includes " << name);
      CHECK_FALSE(for_sources.contains(name));
      for (const std::string_view heavy : kHeavy) CHECK_FALSE(name.starts_with(heavy));
    }
  }
}

}  // namespace mainstay
