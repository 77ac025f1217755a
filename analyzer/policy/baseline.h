// Baseline: the findings of one day, so that only what came later decides.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "graph/findings/report.h"
#include "graph/values/result.h"

namespace mainstay {

/// One finding as it was.
struct KnownFinding {
  Severity severity = Severity::info;
  std::vector<std::string> affected;  // sorted
  std::uint32_t line = 1;             // of the file
};

struct Baseline {
  std::string file;
  std::map<std::string, KnownFinding, std::less<>> findings;  // by id
};

/// Reads a file that baseline_of() gave.
/// Errors: the file cannot be read, or is none of ours; a row that cannot be used is an error in the diagnostics.
Result<Baseline> read_baseline(const std::string& path, std::vector<Diagnostic>& problems);

/// The findings of a report that decide, and those that a baseline covers, one a line of JSON.
std::string baseline_of(const Report& report);

/// Moves findings that the baseline knows to the suppressed ones. One that is worse now, or takes access from somebody who had it then,
/// stays. How many of the baseline are gone is a note.
void suppress_known(const Baseline& baseline, Report& report);

}  // namespace mainstay
