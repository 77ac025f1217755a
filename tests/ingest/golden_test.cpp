// Every folder samples/ingest/<format>/<topic>/ is a test: what the format's ingester says of its files stands in expected.txt.
// MAINSTAY_UPDATE=1 rewrites the expectations.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "graph/facts/codec.h"
#include "ingest/catalogue/load.h"
#include "tests/ingest/ingested.h"
#include "tests/places.h"

namespace mainstay {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string, std::less<>>;

constexpr const char* kExpected = "expected.txt";

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> folders_below(const fs::path& folder) {
  std::vector<fs::path> found;
  if (!fs::is_directory(folder)) return found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

Files files_below(const fs::path& folder) {
  Files files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (entry.is_regular_file() && name != kExpected) files.emplace(name, bytes_of(entry.path()));
  }
  return files;
}

/// The facts as sorted lines, then the problems as sorted lines.
std::string written(const Ingested& got) {
  std::multiset<std::string> facts;
  for (const Fact& fact : got.facts) facts.insert(to_json_line(fact));
  std::vector<Diagnostic> problems = got.problems;
  std::sort(problems.begin(), problems.end());
  std::string out;
  for (const std::string& line : facts) out += line + '\n';
  for (const Diagnostic& problem : problems) {
    out += fmt::format("problem {}:{}:{} {} {}\n", problem.where.file, problem.where.line, problem.where.column, word(problem.severity),
                       problem.message);
  }
  return out;
}

/// The first line in which two texts differ, for a message that fits a screen.
std::string first_difference(const std::string& expected, const std::string& got) {
  const auto [left, right] = std::mismatch(expected.begin(), expected.end(), got.begin(), got.end());
  const auto line_of = [](const std::string& text, std::ptrdiff_t at) {
    const std::size_t offset = static_cast<std::size_t>(at);
    const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    return begin >= text.size() ? std::string("(end)") : text.substr(begin, text.find('\n', offset) - begin);
  };
  return "expected  " + line_of(expected, left - expected.begin()) + "\n     got  " + line_of(got, right - got.begin());
}

bool claims_any(const Ingester& ingester, const Files& files) {
  return std::any_of(files.begin(), files.end(), [&](const auto& file) {
    return ingester.claims(file.first, std::string_view(file.second).substr(0, 16384)) != Claim::no;
  });
}

void check_topic(const Ingester& ingester, const fs::path& topic) {
  static const Catalogue kCatalogue = shipped_catalogue();
  const Files files = files_below(topic);
  CHECK(claims_any(ingester, files));
  const std::string got = written(ingest(ingester, files, kCatalogue));
  const fs::path path = topic / kExpected;
  if (const char* update = std::getenv("MAINSTAY_UPDATE"); update != nullptr && std::string_view(update) == "1") {
    std::ofstream(path, std::ios::binary) << got;
  }
  REQUIRE(fs::exists(path));
  const std::string expected = bytes_of(path);
  INFO(first_difference(expected, got));
  CHECK((expected == got));
}

const Ingester* format_named(std::string_view name) {
  for (const Ingester* ingester : all_ingesters()) {
    if (ingester->name == name) return ingester;
  }
  return nullptr;
}

const fs::path kSamples = fs::path(source_dir()) / "samples" / "ingest";

}  // namespace

TEST_CASE("golden: every sample gives the facts and problems that it is expected to give", "[ingest][golden]") {
  for (const fs::path& format : folders_below(kSamples)) {
    const std::string name = format.filename().string();
    const Ingester* ingester = format_named(name);
    DYNAMIC_SECTION(name << " is a format and has topics") {
      CHECK(ingester != nullptr);
      CHECK_FALSE(folders_below(format).empty());
    }
    if (ingester == nullptr) continue;
    for (const fs::path& topic : folders_below(format)) {
      DYNAMIC_SECTION(name << "/" << topic.filename().string()) { check_topic(*ingester, topic); }
    }
  }
}

TEST_CASE("golden: every format has samples", "[ingest][golden]") {
  for (const Ingester* ingester : all_ingesters()) {
    CAPTURE(ingester->name);
    CHECK_FALSE(folders_below(kSamples / ingester->name).empty());
  }
}

}  // namespace mainstay
