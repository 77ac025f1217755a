// The same estate gives the same answer, whichever way it comes in.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

/// What a finding says, without the places it was read from.
std::vector<std::string> findings(const Outcome& scan) {
  std::vector<std::string> all;
  const nlohmann::json report = nlohmann::json::parse(scan.out);
  for (const nlohmann::json& one : report.at("findings")) {
    all.push_back(one.at("rule").dump() + one.at("id").dump() + one.at("severity").dump() + one.at("affected").dump());
  }
  return all;
}

}  // namespace

TEST_CASE("round trip: facts that are printed and read again give the same findings", "[e2e][facts]") {
  const ScratchFolder folder;
  const Outcome facts = mainstay({"facts", "samples/harbour", "-o", folder.path("f.jsonl")});
  CHECK(facts.status == 0);
  const Outcome direct = mainstay({"scan", "samples/harbour", "--format", "json"});
  const Outcome again = mainstay({"scan", "--facts", folder.path("f.jsonl"), "--format", "json"});
  CHECK(direct.status == 1);
  CHECK(again.status == 1);
  CHECK(findings(direct).size() > 5);
  CHECK(findings(direct) == findings(again));
}

TEST_CASE("determinism: the number of threads changes nothing", "[e2e][determinism]") {
  const std::vector<std::string> scan = {"scan",  "samples/harbour", "--format", "json", "--logs", "samples/harbour/logs/bind-query.log",
                                         "--jobs"};
  const auto with = [&](const char* jobs) {
    std::vector<std::string> arguments = scan;
    arguments.emplace_back(jobs);
    return mainstay(arguments).out;
  };
  const std::string one = with("1");
  CHECK(one.size() > 10'000);
  CHECK(with("2") == one);
  CHECK(with("8") == one);
}

TEST_CASE("determinism: the order in which files were made changes nothing", "[e2e][determinism]") {
  namespace fs = std::filesystem;
  const fs::path harbour = fs::path(MAINSTAY_SOURCE_DIR) / "samples/harbour";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(harbour)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), harbour));
  }
  std::sort(files.begin(), files.end());
  const auto scanned_copy = [&](const std::vector<fs::path>& order) {
    const ScratchFolder folder;
    for (const fs::path& file : order) {
      fs::create_directories((fs::path(folder.path("estate")) / file).parent_path());
      fs::copy_file(harbour / file, fs::path(folder.path("estate")) / file);
    }
    return mainstay({"scan", "estate", "--format", "json"}, folder.path()).out;
  };
  const std::string forward = scanned_copy(files);
  CHECK(forward.size() > 10'000);
  CHECK(scanned_copy({files.rbegin(), files.rend()}) == forward);
}

}  // namespace mainstay
