#include "tests/analyzer/scanned.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "analyzer/report/make_report.h"
#include "tests/places.h"

namespace mainstay {

std::shared_ptr<Loaded> scanned(const std::vector<std::string>& paths, const std::vector<std::string>& logs, unsigned jobs) {
  std::ostringstream out;
  std::ostringstream err;
  constexpr std::int64_t kNow = 1795867200;  // 2026-11-28, noon: the samples' today
  Session session{.out = out, .err = err, .now = kNow};
  Input input;
  input.jobs = jobs;
  for (const std::string& path : paths) input.paths.push_back(source_dir() + "/" + path);
  for (const std::string& log : logs) input.logs.push_back(source_dir() + "/" + log);
  Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  INFO((loaded ? "" : loaded.error()));
  REQUIRE(loaded);
  fill_report(*(*loaded)->analysis, (*loaded)->report);
  return *std::move(loaded);
}

}  // namespace mainstay
