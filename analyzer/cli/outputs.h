// Outputs on the command line: which forms a scan is written in, and where each goes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analyzer/cli/arguments.h"
#include "analyzer/cli/session.h"
#include "graph/values/result.h"
#include "render/report_output.h"

namespace mainstay {

/// One thing to write. Shape: `form` is null for what --format names; `file` is empty for standard output.
struct OutputTarget {
  const ReportOutput* form = nullptr;
  std::string file;
};

/// The options of commands that write a report: --format and --output.
void describe_outputs(Arguments& command, std::string& format, std::vector<std::string>& outputs);

/// What `--output` and `--format` mean together.
/// Shape:  NAME=FILE is that form, a file whose ending belongs to one form is that form where --format is not given, any other file is
///         what --format says; "-" is standard output, which gets what --format says unless something else was asked for.
/// Errors: a form that there is not, a file or standard output given twice.
Result<std::vector<OutputTarget>> output_targets(const std::vector<std::string>& given, const std::string& format);

/// Makes everything before it writes anything; each file whole or not at all. Errors: a file cannot be written.
Result<bool> write_outputs(const std::vector<OutputTarget>& targets, const std::function<std::string(const OutputTarget&)>& make,
                           Session& session);

}  // namespace mainstay
