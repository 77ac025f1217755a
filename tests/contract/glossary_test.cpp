#include <catch2/catch.hpp>

#include "graph/model/requirement_graph.h"
#include "tests/contract/repository.h"

namespace mainstay {

TEST_CASE("glossary: every kind of node is explained, with a source", "[contract][glossary]") {
  std::string glossary;
  for (const RepositoryFile& file : repository_files("docs")) {
    if (file.name == "docs/glossary.md") glossary = file.text;
  }
  for (std::uint8_t kind = 0; kind <= static_cast<std::uint8_t>(NodeKind::parent); ++kind) {
    const std::string name(word(static_cast<NodeKind>(kind)));
    INFO(name);
    CHECK(glossary.find("\n| " + name + " | ") != std::string::npos);
  }
  for (const std::string_view line : lines_of(glossary)) {
    if (!line.starts_with("| ")) continue;
    INFO(line);
    CHECK(std::count(line.begin(), line.end(), '|') == 4);  // word, meaning, source
    CHECK(line.find("|  |") == std::string_view::npos);     // none of them empty
  }
}

}  // namespace mainstay
