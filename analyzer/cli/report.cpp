#include <fmt/format.h>

#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/picture/picture_of.h"
#include "analyzer/report/make_fault_model.h"
#include "analyzer/report/make_report.h"
#include "render/columns.h"
#include "render/escape.h"
#include "render/html/report_page.h"

namespace mainstay {

void ReportCommand::describe(Arguments& command) {
  input.describe(command);
  command.add("-o,--output", output, "the HTML file to write").required().called("FILE");
  command.add("--title", title, "what the page calls itself; the names of what was read when not given").called("TEXT");
  policy.describe(command);
}

Result<std::string> ReportCommand::page(const Loaded& loaded, const Thresholds& thresholds) const {
  const Analysis& analysis = *loaded.analysis;
  const Report& report = loaded.report;
  const Picture whole = whole_picture(analysis, report.findings);
  const Picture summary = summed_up(whole);
  const FaultModel model = make_fault_model(analysis);
  return report_page({.report = report,
                      .graph = analysis.graph(),
                      .model = model,
                      .whole = whole,
                      .summary = summary,
                      .min = thresholds.min,
                      .title = title,
                      .arguments = input.arguments()});
}

ExitStatus ReportCommand::run(Session& session) const {
  const auto refuse = [&](const std::string& problem) { return refused(problem, session); };
  Input read = input;
  read.settings = policy.config;
  const Result<std::shared_ptr<Loaded>> loaded = read.load(session);
  if (!loaded) return refuse(loaded.error());
  Report& report = (*loaded)->report;
  fill_report(*(*loaded)->analysis, report);
  const Result<Thresholds> thresholds = policy.judge(**loaded, session);
  if (!thresholds) return refuse(thresholds.error());
  const Result<std::string> bytes = page(**loaded, *thresholds);
  if (!bytes) return refuse(bytes.error());
  if (const Result<bool> written = write_file(output, *bytes); !written) return refuse(written.error());
  session.err << fmt::format("wrote {}: {} findings, {} octets; open it in any browser\n", for_terminal(output),
                             grouped(report.findings.size()), grouped(bytes->size()));
  return read_nothing(report) ? ExitStatus::incomplete : status_of(report, *thresholds);
}

}  // namespace mainstay
