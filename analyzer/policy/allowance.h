// Allowance: one written decision to live with findings, wherever it is written, and what becomes of a report under many of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/policy/path_pattern.h"
#include "graph/findings/report.h"

namespace mainstay {

/// What it covers: findings of `rule` whose place to mend is on that line or in that file (in place), or in files of that pattern
/// (configuration); or the one finding whose id begins like that (waiver).
struct Allowance {
  Suppression suppression;
  std::uint32_t caret = 0;  // see Diagnostic
  std::string rule;         // empty for waivers
  std::string id;
  std::string file;
  std::uint32_t line = 0;  // 0: no line, unless the whole file is covered
  bool covers_file = false;
  std::optional<PathPattern> path;
  std::string folder;  // what `path` is relative to
};

/// The place to mend: the first one that is declared; null when nothing of the finding is written anywhere.
const Place* place_to_mend(const Finding& finding);

/// Moves the findings that are covered to the suppressed ones. Allowances that have expired cover nothing.
/// Errors: expired allowances, and those that cover no finding, are warnings of the report.
/// Units: `today` as in days.h; an allowance holds on its last day.
void suppress(std::span<const Allowance> allowances, std::string_view today, Report& report);

}  // namespace mainstay
