#include "tests/analyzer/scanned.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "analyzer/report/make_report.h"
#include "tests/places.h"

namespace mainstay {

namespace {

std::shared_ptr<Loaded> scanned(const Input& input) {
  std::ostringstream out;
  std::ostringstream err;
  constexpr std::int64_t kNow = 1795867200;  // 2026-11-28, noon: the samples' today
  Session session{.out = out, .err = err, .now = kNow};
  Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  INFO((loaded ? "" : loaded.error()));
  REQUIRE(loaded);
  fill_report(*(*loaded)->analysis, (*loaded)->report);
  return *std::move(loaded);
}

}  // namespace

std::shared_ptr<Loaded> scanned(const std::vector<std::string>& paths, const std::vector<std::string>& logs, unsigned jobs) {
  Input input;
  input.jobs = jobs;
  for (const std::string& path : paths) input.paths.push_back(source_dir() + "/" + path);
  for (const std::string& log : logs) input.logs.push_back(source_dir() + "/" + log);
  return scanned(input);
}

std::shared_ptr<Loaded> scanned_sample(const std::string& folder) {
  Input input;
  const std::string path = source_dir() + "/" + folder;
  input.paths.push_back(path);
  if (std::filesystem::exists(path + "/query.log")) input.logs.push_back(path + "/query.log");
  if (std::filesystem::exists(path + "/clients.csv")) input.clients = path + "/clients.csv";
  return scanned(input);
}

}  // namespace mainstay
