// Several outputs in one run: which form goes where, and what other programs find in the files.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

const std::string kBad = source_dir() + "/samples/rules/spof-resolver/bad";

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::size_t files_in(const ScratchFolder& folder) {
  const std::filesystem::directory_iterator files(folder.path());
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

TEST_CASE("outputs: what is printed and what is written", "[e2e][outputs]") {
  struct Row {
    const char* title;
    std::vector<std::string> options;
    const char* printed;  // the beginning of standard output
    const char* file;
    const char* written;  // the beginning of the file
  };
  const Row rows[] = {
      {"a form beside what is printed", {"-o", "sarif=a"}, "mainstay", "a", "{\n  \"$schema\""},
      {"a form beside another one", {"--format", "github", "-o", "csv=a"}, "::", "a", "\"id\","},
      {"a file instead of printing", {"-o", "a.txt"}, "", "a.txt", "mainstay"},
      {"a file in the format that is asked for", {"--format", "json", "-o", "a.sarif"}, "", "a.sarif", "{\n  \"mainstay\""},
      {"a file whose ending says what it is", {"-o", "a.sarif"}, "", "a.sarif", "{\n  \"$schema\""},
      {"a Markdown page by its ending", {"-o", "a.md"}, "", "a.md", "## Mainstay"},
      {"a form on standard output", {"-o", "junit=-", "-o", "csv=a"}, "<?xml", "a", "\"id\","},
      {"a name with an equals sign", {"-o", "./a=b"}, "", "a=b", "mainstay"},
      {"the path behind the file is a path", {"-o", "sarif=a", kBad}, "mainstay", "a", "{\n  \"$schema\""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      std::vector<std::string> arguments = {"scan"};
      if (row.options.back() != kBad) arguments.push_back(kBad);
      arguments.insert(arguments.end(), row.options.begin(), row.options.end());
      const Outcome outcome = mainstay(arguments, folder.path());
      INFO(outcome.err << outcome.out.substr(0, 200));
      CHECK(outcome.status == 1);
      CHECK(outcome.out.starts_with(row.printed));
      CHECK((row.printed[0] != '\0' || outcome.out.empty()));
      CHECK(content(folder.path(row.file)).starts_with(row.written));
    }
}

TEST_CASE("outputs: bad: command lines that mean nothing write nothing", "[e2e][outputs]") {
  struct Row {
    const char* title;
    std::vector<std::string> options;
    const char* said;
  };
  const Row rows[] = {{"no such form", {"-o", "csv=a", "-o", "sarf=b"}, "there is no output 'sarf'"},
                      {"a file twice", {"-o", "sarif=a", "-o", "csv=a"}, "a is given twice"},
                      {"standard output twice", {"-o", "sarif=-", "-o", "csv=-"}, "- is given twice"},
                      {"no file", {"-o", "sarif="}, "the name of the file is missing"},
                      {"a folder that is not there", {"-o", "sarif=nowhere/a"}, "nowhere/a cannot be written"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      std::vector<std::string> arguments = {"scan", kBad};
      arguments.insert(arguments.end(), row.options.begin(), row.options.end());
      const Outcome outcome = mainstay(arguments, folder.path());
      CHECK(outcome.status == 2);
      CHECK(outcome.err.find(row.said) != std::string::npos);
      CHECK(files_in(folder) == 0);
    }
}

TEST_CASE("outputs: a SARIF file names files from the repository on, and lines by GitHub's hash", "[e2e][outputs]") {
  const ScratchFolder folder;
  std::filesystem::copy(kBad, folder.path("infra"), std::filesystem::copy_options::recursive);
  const auto first_result = [&] {
    CHECK(mainstay({"scan", "infra", "-o", "sarif=a.sarif"}, folder.path()).status == 1);
    return nlohmann::json::parse(content(folder.path("a.sarif"))).at("runs").at(0).at("results").at(0);
  };
  const nlohmann::json before = first_result();
  const nlohmann::json place = before.at("locations").at(0).at("physicalLocation");
  const auto uri = place.at("artifactLocation").at("uri").get<std::string>();
  REQUIRE(uri.starts_with("infra/"));
  CHECK_FALSE(before.at("codeFlows").at(0).at("threadFlows").at(0).at("locations").empty());
  const std::string bytes = content(folder.path(uri));
  folder.write(uri, "# moved\n" + bytes);
  const nlohmann::json after = first_result();
  CHECK(after.at("locations").at(0).at("physicalLocation").at("region").at("startLine") ==
        place.at("region").at("startLine").get<int>() + 1);
  CHECK(after.at("partialFingerprints") == before.at("partialFingerprints"));
  CHECK(after.at("partialFingerprints").at("primaryLocationLineHash") !=
        after.at("fingerprints").at("mainstay/v1").get<std::string>() + ":1");
}

}  // namespace mainstay
