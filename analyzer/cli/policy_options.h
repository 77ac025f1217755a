// PolicyOptions: how findings are judged, as options and settings say it together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/cli/arguments.h"
#include "analyzer/cli/input.h"
#include "analyzer/cli/session.h"
#include "analyzer/policy/policy.h"

namespace mainstay {

/// What decides the exit status, and what is shown.
struct Thresholds {
  std::optional<Severity> fail_on = Severity::low;  // unset: no finding decides
  std::optional<Severity> min;
  Confidence confidence = Confidence::assumed;
  bool strict = false;
};

/// What holds of one setting, and who said so: "default", "option --fail-on", ".mainstay.toml:4".
struct Effective {
  std::string name;
  std::string value;
  std::string origin;
};

struct PolicyOptions {
  std::string config;
  std::string baseline;
  std::string fail_on;
  std::string min;
  std::string confidence;
  bool strict = false;

  void describe(Arguments& command);
  /// Every simple setting, in the order of setting_keys(). An option comes before a setting, a setting before the default.
  std::vector<Effective> effective(const Settings& settings) const;
  /// Judges the findings of the report of what was loaded.
  /// Errors: the file of --config or of --baseline cannot be read.
  Result<Thresholds> judge(Loaded& loaded, const Session& session) const;
};

/// How a command ends that has shown a report.
ExitStatus status_of(const Report& report, const Thresholds& thresholds);

}  // namespace mainstay
