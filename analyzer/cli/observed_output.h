// Where `observe` and `merge` write what they counted, and what they say of the logs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/cli/session.h"
#include "analyzer/cli/write_file.h"
#include "graph/values/result.h"
#include "ingest/logs/log_part.h"
#include "ingest/logs/row_source.h"

namespace mainstay {

/// A file, or standard output when it has no name.
class ObservedOutput {
 public:
  static Result<ObservedOutput> open(const std::string& path, Session& session);
  Result<bool> write(std::string_view bytes);
  Result<bool> finish();

 private:
  ObservedOutput(std::optional<OutputFile> file, std::ostream& out) : file_(std::move(file)), out_(out) {}
  std::optional<OutputFile> file_;
  std::ostream& out_;
};

/// Writes rows as facts, one a line of JSON, while they come.
Result<bool> write_facts(ObservedOutput& output, std::span<const LogPart> parts, std::int64_t window, RowSource& rows);

/// Tells problems and, with `verbose`, notes and what became of the lines of each log.
void tell_parts(std::span<const LogPart> parts, std::span<const Diagnostic> problems, bool verbose, Session& session);

/// Incomplete when something could not be read or is no log.
ExitStatus status_of(std::span<const LogPart> parts, std::span<const Diagnostic> problems);

}  // namespace mainstay
