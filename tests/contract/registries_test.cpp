#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

#include "ingest/ingester.h"
#include "ingest/logs/log_format.h"
#include "tests/contract/repository.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/places.h"

namespace mainstay {
namespace {

/// The symbols that `<type> <symbol>{` defines in files below a folder.
std::set<std::string> defined(std::string_view folder, std::string_view type) {
  std::set<std::string> symbols;
  const std::string head = "const " + std::string(type) + " ";
  for (const RepositoryFile& file : code_files()) {
    if (!file.name.starts_with(folder) || !file.name.ends_with(".cpp")) continue;
    for (const std::string_view line : lines_of(file.text)) {
      const std::size_t at = line.find(head);
      if (line.starts_with(" ") || at == std::string_view::npos) continue;
      const std::string_view rest = line.substr(at + head.size());
      const std::size_t end = rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_");
      if (end != std::string_view::npos && end > 0 && rest[end] == '{') symbols.emplace(rest.substr(0, end));
    }
  }
  return symbols;
}

std::set<std::string> as_set(const std::vector<std::string>& symbols) { return {symbols.begin(), symbols.end()}; }

std::size_t files_in(const std::string& folder, std::string_view name) {
  const auto files = repository_files(folder);
  return static_cast<std::size_t>(std::count_if(files.begin(), files.end(), [&](const RepositoryFile& file) {
    return std::string_view(file.name).substr(file.name.rfind('/') + 1) == name;
  }));
}

/// From the first expectation on, every sample needs one.
bool goldens_exist() { return files_in("samples/ingest", "expected.txt") > 0; }

bool has_fuzz_target(std::string_view name) {
  const auto targets = all_fuzz_targets();
  return std::any_of(targets.begin(), targets.end(), [&](const FuzzTarget* target) { return target->name == name; });
}

}  // namespace

TEST_CASE("formats: every one that is written is listed, and is complete", "[contract][registries]") {
  CHECK(defined("ingest/", "Ingester") == as_set(listed("ingest/formats.inc", "MAINSTAY_FORMAT")));
  std::set<std::string_view> names;
  for (const Ingester* format : all_ingesters()) {
    INFO(format->name);
    CHECK(names.insert(format->name).second);
    CHECK_FALSE(format->title.empty());
    CHECK_FALSE(format->reference.empty());
    const std::string samples = "samples/ingest/" + std::string(format->name);
    CHECK((files_in(samples, "expected.txt") > 0 || !goldens_exist()));
    CHECK(has_fuzz_target("format-" + std::string(format->name)));
  }
}

TEST_CASE("formats of query logs: every one that is written is listed, and is complete", "[contract][registries]") {
  CHECK(defined("ingest/logs/", "LogFormat") == as_set(listed("ingest/logs/log_formats.inc", "MAINSTAY_LOG_FORMAT")));
  std::set<std::string_view> names;
  for (const LogFormat* format : all_log_formats()) {
    INFO(format->name);
    CHECK(names.insert(format->name).second);
    CHECK_FALSE(format->title.empty());
    CHECK_FALSE(format->reference.empty());
    CHECK(files_in("samples/logs/" + std::string(format->name), "expected.txt") > 0);
    CHECK(has_fuzz_target("log-" + std::string(format->name)));
  }
}

TEST_CASE("formats: every sample folder belongs to a format and says what is expected", "[contract][registries]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(source_dir()) / "samples/ingest";
  if (!fs::is_directory(folder)) return;
  for (const fs::directory_entry& format : fs::directory_iterator(folder)) {
    if (!format.is_directory()) continue;
    for (const fs::directory_entry& topic : fs::directory_iterator(format)) {
      INFO(topic.path().generic_string());
      CHECK((!topic.is_directory() || fs::exists(topic.path() / "expected.txt") || !goldens_exist()));
    }
  }
}

TEST_CASE("rules: every one that is written is listed, and has its samples", "[contract][registries]") {
  const auto rules = listed("analyzer/rules.inc", "MAINSTAY_RULE");
  CHECK(defined("analyzer/rules/", "Rule") == as_set(rules));
  for (const std::string& rule : rules) {
    const std::string name = with_dashes(rule);
    INFO(name);
    CHECK(exists("analyzer/rules/" + rule + ".cpp"));
    CHECK(exists("samples/rules/" + name + "/bad"));
    CHECK(exists("samples/rules/" + name + "/good"));
  }
}

TEST_CASE("rules: bad samples are marked, good ones are not", "[contract][registries]") {
  namespace fs = std::filesystem;
  for (const fs::directory_entry& rule : fs::directory_iterator(fs::path(source_dir()) / "samples/rules")) {
    if (!rule.is_directory()) continue;
    const std::string name = rule.path().filename().string();
    const auto marks = [&](const char* side) {
      std::size_t count = 0;
      for (const RepositoryFile& file : repository_files("samples/rules/" + name + "/" + side)) {
        const bool list = file.name.ends_with("/expect.txt");
        for (const std::string_view line : lines_of(file.text)) {
          count += list || line.find(" expect: ") != std::string_view::npos ? 1 : 0;
        }
      }
      return count;
    };
    INFO(name);
    CHECK(marks("bad") > 0);
    CHECK(marks("good") == 0);
  }
}

TEST_CASE("fuzz targets: every one that is written is listed, and every notation has one", "[contract][registries]") {
  CHECK(defined("tests/fuzz/", "FuzzTarget") == as_set(listed("tests/fuzz/targets.inc", "MAINSTAY_FUZZ_TARGET")));
  // Reached by a target of its own, or as all that a format's file reads, which has one.
  std::set<std::string_view> reached;
  for (const RepositoryFile& file : code_files()) {
    const bool format = file.text.find("const Ingester ") != std::string::npos && file.name.starts_with("ingest/");
    if (!format && !file.name.starts_with("tests/fuzz/")) continue;
    for (const std::string_view name : includes_of(file)) reached.insert(name);
  }
  // A notation is a header that declares a function read_... or parse_... and is used outside of its own folder.
  for (const RepositoryFile& header : code_files()) {
    if (!header.name.starts_with("ingest/syntax/") || !header.name.ends_with(".h")) continue;
    const bool used_by_formats = std::any_of(code_files().begin(), code_files().end(), [&](const RepositoryFile& file) {
      const auto names = includes_of(file);
      return file.name.starts_with("ingest/") && !file.name.starts_with("ingest/syntax/") &&
             std::find(names.begin(), names.end(), header.name) != names.end();
    });
    const bool parses = header.text.find(" read_") != std::string::npos || header.text.find(" parse_") != std::string::npos;
    INFO(header.name);
    CHECK((!used_by_formats || !parses || reached.contains(header.name)));
  }
}

TEST_CASE("fuzz targets: their seeds and crashes belong to somebody", "[contract][registries]") {
  for (const char* kind : {"tests/fuzz/seeds", "tests/fuzz/crashes"}) {
    for (const RepositoryFile& file : repository_files(kind)) {
      const std::string_view rest = std::string_view(file.name).substr(std::string_view(kind).size() + 1);
      INFO(file.name);
      CHECK(has_fuzz_target(rest.substr(0, rest.find('/'))));
    }
  }
}

}  // namespace mainstay
