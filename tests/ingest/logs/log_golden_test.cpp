// Every folder below samples/logs/ is a test: its logs give the observations, accounts and problems of its expected.txt.
// With MAINSTAY_UPDATE=1 in the environment the expectations are written anew.
#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "graph/facts/codec.h"
#include "ingest/logs/observe.h"
#include "tests/places.h"

namespace mainstay {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string printed(LogIngested got, const std::string& folder) {
  std::string out;
  for (const LogAccount& file : got.files) {
    out += fmt::format("{} {} lines {} queries {} other {} not-understood {} too-long {}\n", file.file, file.format, file.lines,
                       file.queries, file.other, file.not_understood, file.too_long);
  }
  for (const Fact& fact : got.facts) out += to_json_line(fact) + "\n";
  for (const Diagnostic& problem : got.problems) {
    out += fmt::format("{}:{}: {}: {}", problem.where.file, problem.where.line, word(problem.severity), problem.message);
    out += problem.where.text.empty() ? "\n" : fmt::format(" | {}\n", problem.where.text);
  }
  for (std::size_t at = out.find(folder); at != std::string::npos; at = out.find(folder, at)) out.erase(at, folder.size());
  return out;
}

}  // namespace

TEST_CASE("logs: the samples give what they are expected to give", "[ingest][logs][golden]") {
  const fs::path root = fs::path(source_dir()) / "samples" / "logs";
  std::size_t topics = 0;
  for (const LogFormat* format : all_log_formats()) {
    const fs::path samples = root / std::string(format->name);
    REQUIRE(fs::is_directory(samples));
    for (const fs::directory_entry& topic : fs::directory_iterator(samples)) {
      ++topics;
      std::vector<std::string> logs;
      for (const fs::directory_entry& entry : fs::directory_iterator(topic)) {
        if (entry.path().filename() != "expected.txt") logs.push_back(entry.path().string());
      }
      const std::string got = printed(observe_logs(logs, {}), topic.path().string() + "/");
      const fs::path expected = topic.path() / "expected.txt";
      if (std::getenv("MAINSTAY_UPDATE") != nullptr) std::ofstream(expected, std::ios::binary) << got;
      INFO(topic.path());
      CHECK(got == read_file(expected));
    }
  }
  CHECK(topics >= 2 * all_log_formats().size());
}

}  // namespace mainstay
