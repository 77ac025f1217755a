#include "tests/ingest/logs/records.h"

#include <algorithm>

#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {

bool Observed::says(std::string_view part) const {
  return std::ranges::any_of(problems, [&](const std::string& one) { return one.find(part) != std::string::npos; });
}

Observed observed(std::string_view octets) {
  const ScratchFolder folder;
  folder.write("log", octets);
  const LogIngested got = observe_logs(std::vector<std::string>{folder.path("log")}, {});
  Observed out{.account = got.files.front()};
  for (const Fact& fact : got.facts) out.seen.push_back(std::get<Observation>(fact));
  for (const Diagnostic& one : got.problems) out.problems.push_back(std::string(word(one.severity)) + ": " + one.message);
  return out;
}

}  // namespace mainstay
