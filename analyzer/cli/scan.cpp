#include <algorithm>
#include <optional>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/cli/snapshots.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/policy/baseline.h"
#include "analyzer/report/make_report.h"
#include "analyzer/report/output_context.h"
#include "render/json.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

OutputContext output_context(const Loaded& loaded, const Session& session, bool with_files) {
  OutputContext context;
  context.now = session.now;
  context.prefix = repository_prefix(loaded.report.roots);
  if (!with_files) return context;
  add_flows(*loaded.analysis, loaded.report, context);
  if (loaded.tree) add_marks(*loaded.tree, loaded.report, context);
  return context;
}

std::string problems(const Report& report, const TerminalStyle& style) {
  std::string out;
  for (const Diagnostic& one : report.diagnostics) out += terminal_diagnostic(one, style);
  return out;
}

}  // namespace

void ScanCommand::describe(Arguments& command) {
  input.describe(command);
  describe_outputs(command, format, outputs);
  policy.describe(command);
  command.add("--errors", errors, "show what is wrong with the files that were read, line by line, and nothing else");
  command.add("--all-endpoints", all_endpoints, "show every identity endpoint");
  command.add("--write-baseline", write_baseline, "write the findings to a file, for --baseline of later scans").called("FILE");
  command.add("--snapshot", snapshot, "write what was read to a file that any command takes in place of a folder, offline and later")
      .called("FILE");
  command.add("--schema", schema, "print the JSON Schema of --format json and do nothing else");
}

Result<bool> ScanCommand::write(const Loaded& loaded, const Thresholds& thresholds, const std::vector<OutputTarget>& targets,
                                Session& session) const {
  const Report& report = loaded.report;
  const auto form_of = [&](const OutputTarget& one) { return one.form != nullptr ? one.form : find_report_output(format); };
  const bool with_files = std::any_of(targets.begin(), targets.end(), [&](const OutputTarget& one) { return form_of(one)->uses_files; });
  OutputContext context = output_context(loaded, session, with_files);
  context.fail_on = thresholds.fail_on;
  const auto make = [&](const OutputTarget& target) {
    context.style = {.colour = session.colour && target.file.empty(), .width = target.file.empty() ? session.width : 0u};
    context.style.all_endpoints = all_endpoints;
    context.style.min = thresholds.min;
    return errors && target.form == nullptr ? problems(report, context.style) : form_of(target)->write(report, context);
  };
  return write_outputs(targets, make, session);
}

ExitStatus ScanCommand::run(Session& session) const {
  if (schema) {
    session.out << scan_schema() << '\n';
    return ExitStatus::clean;
  }
  const Result<std::vector<OutputTarget>> targets = output_targets(outputs, format);
  if (!targets) return refused(targets.error(), session);
  Input read = input;
  read.keep_facts = !snapshot.empty();
  read.settings = policy.config;
  const Result<std::shared_ptr<Loaded>> loaded = read.load(session);
  if (!loaded) return refused(loaded.error(), session);
  Report& report = (*loaded)->report;
  if (!snapshot.empty()) {
    if (const Result<bool> saved = save_snapshot(snapshot, session.now, **loaded); !saved) return refused(saved.error(), session);
  }
  fill_report(*(*loaded)->analysis, report);
  const Result<Thresholds> thresholds = policy.judge(**loaded, session);
  if (!thresholds) return refused(thresholds.error(), session);
  Result<bool> written = write(**loaded, *thresholds, *targets, session);
  if (written && !write_baseline.empty()) written = write_file(write_baseline, baseline_of(report));
  if (!written) return refused(written.error(), session);
  if (read_nothing(report)) {
    session.err << "mainstay: nothing was read: no file in it is of a format that mainstay knows (`mainstay formats` lists them)\n";
    return ExitStatus::incomplete;
  }
  return status_of(report, *thresholds);
}

}  // namespace mainstay
