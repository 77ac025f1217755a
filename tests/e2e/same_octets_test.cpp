// The same input gives the same octets, in every process: what was allocated before, by how many threads and in what order, decides
// nothing.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

const std::string kHarbour = source_dir() + "/samples/harbour";

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("octets: every process writes the same ones", "[e2e][outputs]") {
  struct Row {
    const char* title;
    std::vector<std::string> command;
  };
  const Row rows[] = {
      {"the report page", {"report", kHarbour, "-o", "out.html"}},
      {"a drawing", {"graph", kHarbour, "-o", "out.svg"}},
      {"all findings", {"scan", kHarbour, "-o", "json=out.json"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::string first;
      for (const char* jobs : {"1", "2", "8", "1", "2", "8", "1", "2"}) {
        const ScratchFolder folder;
        std::vector<std::string> command = row.command;
        command.insert(command.end(), {"--jobs", jobs});
        const Outcome outcome = mainstay(command, folder.path());
        INFO(jobs << " jobs: " << outcome.err);
        const std::string octets = content(folder.path(row.command.back().substr(row.command.back().find('=') + 1)));
        REQUIRE(octets.size() > 10'000);
        if (first.empty()) first = octets;
        CHECK((octets == first));
      }
    }
}

}  // namespace mainstay
