#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <optional>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/snapshots.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/report/make_report.h"
#include "render/escape.h"
#include "render/json.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

std::vector<std::string> severity_words(bool with_none) {
  std::vector<std::string> all;
  if (with_none) all.emplace_back("none");
  for (int at = 0; at <= static_cast<int>(Severity::critical); ++at) all.emplace_back(word(static_cast<Severity>(at)));
  return all;
}

bool has_findings(const Report& report, const std::string& threshold) {
  const std::optional<Severity> least = severity_of(threshold);
  return least && std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& one) { return one.severity >= *least; });
}

bool read_nothing(const Report& report) {
  const bool read_file =
      std::any_of(report.sources.begin(), report.sources.end(), [](const SourceEntry& one) { return one.state == SourceState::read; });
  return !read_file && report.workloads.empty() && report.zones.empty() && report.resolvers.empty();
}

}  // namespace

void ScanCommand::describe(CLI::App& command) {
  input.describe(command);
  command.add_option("--format", format, "what to print")->check(CLI::IsMember({"terminal", "json"}))->capture_default_str();
  command.add_option("-o,--output", output, "write to a file instead of standard output");
  command.add_option("--fail-on", fail_on, "exit with 1 when a finding is at least that bad")
      ->check(CLI::IsMember(severity_words(true)))
      ->capture_default_str();
  command.add_option("--min", min, "show all findings that are at least that bad")->check(CLI::IsMember(severity_words(false)));
  command.add_flag("--errors", errors, "show what is wrong with the files that were read, line by line, and nothing else");
  command.add_flag("--all-endpoints", all_endpoints, "show every identity endpoint");
  command.add_option("--snapshot", snapshot,
                     "write what was read to a file that any command takes in place of a folder, offline and later");
  command.add_flag("--schema", schema, "print the JSON Schema of --format json and do nothing else");
}

ExitStatus ScanCommand::run(Session& session) const {
  if (schema) {
    session.out << scan_schema() << '\n';
    return ExitStatus::clean;
  }
  Input read = input;
  read.keep_facts = !snapshot.empty();
  const Result<std::unique_ptr<Loaded>> loaded = read.load(session);
  if (!loaded) {
    session.err << "mainstay: " << for_terminal(loaded.error()) << '\n';
    return ExitStatus::usage;
  }
  Report& report = (*loaded)->report;
  if (!snapshot.empty()) {
    if (const Result<bool> saved = save_snapshot(snapshot, session.now, std::move((*loaded)->facts), report); !saved) {
      session.err << "mainstay: " << for_terminal(saved.error()) << '\n';
      return ExitStatus::usage;
    }
  }
  fill_report(*(*loaded)->analysis, report);
  TerminalStyle style{
      .colour = session.colour && output.empty(), .width = output.empty() ? session.width : 0u, .all_endpoints = all_endpoints};
  style.min = severity_of(min);
  std::string bytes;
  if (errors) {
    for (const Diagnostic& one : report.diagnostics) bytes += terminal_diagnostic(one, style);
  } else {
    bytes = format == "json" ? json(report) : terminal(report, style);
  }
  if (output.empty()) {
    session.out << bytes;
  } else if (const Result<bool> written = write_file(output, bytes); !written) {
    session.err << "mainstay: " << for_terminal(written.error()) << '\n';
    return ExitStatus::usage;
  }
  if (read_nothing(report)) {
    session.err << "mainstay: nothing was read: no file in it is of a format that mainstay knows (`mainstay formats` lists them)\n";
    return ExitStatus::incomplete;
  }
  if (has_findings(report, fail_on)) return ExitStatus::findings;
  return is_incomplete(report) ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
