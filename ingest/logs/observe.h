// From query logs to what was seen in them: every line of every file is counted exactly once, somewhere.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/logs/log_counter.h"
#include "ingest/logs/log_part.h"

namespace mainstay {

struct LogOptions {
  CountSettings count;
  std::optional<OctetRange> range;  // of the only file
  unsigned jobs = 1;                // threads, 0 for one a processor; large files are shared among them
};

/// Logs that were read.
class ObservedLogs {
 public:
  /// Reads logs, plain or compressed, in any order. A log that is given twice counts once, and a note says so.
  /// Errors: in problems and parts; everything that can be used is.
  /// Cost:   one pass; memory by LogOptions.
  static ObservedLogs read(std::span<const std::string> files, const LogOptions& options);

  /// Sorted by the name of the file.
  const std::vector<LogPart>& parts() const { return parts_; }
  const std::vector<Diagnostic>& problems() const { return problems_; }
  /// Every row once, in the order of their keys; they live as long as this. Errors: temporary files.
  std::unique_ptr<RowSource> rows();

 private:
  std::vector<LogPart> parts_;
  std::vector<Diagnostic> problems_;
  std::unique_ptr<CountSettings> settings_;
  std::vector<std::unique_ptr<LogCounter>> counters_;
};

struct LogIngested {
  std::vector<Fact> facts;  // Observations
  std::vector<Diagnostic> problems;
  std::vector<LogAccount> files;  // sorted by name
};

/// Reads logs and says what was seen in them as facts.
LogIngested observe_logs(std::span<const std::string> files, const LogOptions& options);

}  // namespace mainstay
