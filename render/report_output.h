// ReportOutput: what a scan can be written as. Adding a form is one file and one line of the table in report_output.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/report.h"
#include "render/terminal.h"

namespace mainstay {

/// A place as programs that have the file before them count it.
/// Units: columns count UTF-16 code units from 1; `end_column` is the one behind the last.
struct LineMark {
  std::string hash;  // see line_hashes()
  std::uint32_t column = 1;
  std::uint32_t end_column = 1;
};

/// One step of the way from a workload to what a finding is about.
struct FlowStep {
  std::string text;
  Reasons evidence;
};

/// A list of a page besides its findings. Shape: lines as plain text.
struct PageSection {
  std::string title;
  std::vector<std::string> lines;
  bool is_ordered = false;
};

/// What the outputs use besides the report. Everything may be left empty; an output then says less.
struct OutputContext {
  TerminalStyle style;                                 // for a terminal
  std::optional<Severity> fail_on = Severity::low;     // findings at least that bad are failures of a test run
  std::int64_t now = 0;                                // seconds since 1970, UTC; used by formats that demand a time
  std::string prefix;                                  // from the root of the repository to the scanned folder: "" or "infra/"
  std::map<std::string, std::vector<FlowStep>> flows;  // by the id of the finding
  std::size_t flows_left_out = 0;                      // of findings past the worst ones
  std::map<Place, LineMark> marks;                     // of the places that findings are shown at
  std::string series = "mainstay";                     // tells the outputs of different questions about one repository apart
  std::string headline;                                // of pages, in place of the number of findings
  std::vector<PageSection> before;                     // the findings, on pages
  std::vector<PageSection> behind;                     // them
};

/// One form.
struct ReportOutput {
  std::string_view name;
  std::string_view title;
  std::string_view purpose;  // what takes it
  std::string_view ending;   // of file names that can mean nothing else; empty when there is none
  bool uses_files = false;   // takes flows and marks, which cost time
  std::string (*write)(const Report& report, const OutputContext& context) = nullptr;
};

/// All of them, in the order of the documentation.
std::span<const ReportOutput> report_outputs();
/// The one of that name; null when there is none.
const ReportOutput* find_report_output(std::string_view name);

std::string sarif(const Report& report, const OutputContext& context);
std::string junit(const Report& report, const OutputContext& context);
std::string csv(const Report& report, const OutputContext& context);
/// A page for the summary of a job: at most 1 MiB; and a comment of a pull request: at most 65,536 octets, found again by its first line.
std::string markdown(const Report& report, const OutputContext& context);
std::string markdown_comment(const Report& report, const OutputContext& context);
/// Workflow commands of GitHub Actions: at most ten of each kind, because no more are shown.
std::string github_annotations(const Report& report, const OutputContext& context);
std::string gitlab_code_quality(const Report& report, const OutputContext& context);
std::string gitlab_sast(const Report& report, const OutputContext& context);

}  // namespace mainstay
