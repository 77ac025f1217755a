#include "analyzer/cli/txt.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/identities/stage.h"
#include "analyzer/report/make_report.h"
#include "analyzer/report/txt_check_json.h"
#include "analyzer/report/txt_check_screen.h"
#include "analyzer/report/txt_plan.h"
#include "analyzer/report/txt_plan_json.h"
#include "graph/values/domain_name.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

bool is_label(const std::string& text) {
  const Result<DomainName> name = DomainName::parse(text);
  return name && name->labels().size() == 1 && !name->is_wildcard();
}

/// Only findings about identity records decide here.
ExitStatus status_of_identities(const TxtCheckReport& check, const Report& report, const Thresholds& thresholds) {
  Report judged;
  judged.findings = check.findings;
  judged.undecided = check.undecided;
  judged.sources = report.sources;
  judged.diagnostics = report.diagnostics;
  judged.diagnostics_dropped = report.diagnostics_dropped;
  return read_nothing(report) ? ExitStatus::incomplete : status_of(judged, thresholds);
}

/// Says what is wrong with the input; true when it is not whole.
bool say_problems(const Report& report, Session& session) {
  const TerminalStyle plain{.colour = false, .width = session.width, .min = {}, .unicode = session.unicode};
  for (const Diagnostic& one : report.diagnostics) session.err << terminal_diagnostic(one, plain);
  if (read_nothing(report)) session.err << "mainstay: nothing was read: no file in it is of a format that mainstay knows\n";
  return is_incomplete(report) || read_nothing(report);
}

}  // namespace

void TxtInput::describe(Arguments& command) {
  input.describe(command);
  command.add("--zone", zones, "more zone files, beside what PATH has").called("FILE");
  command.add("--stage", stage, "the environment, for names and functions that leave it open").called("LABEL");
  policy.describe(command);
}

Result<std::shared_ptr<Loaded>> TxtInput::load(Session& session, Thresholds& thresholds) const {
  if (!stage.empty() && !is_label(stage)) return Error{"--stage " + stage + ": that is no label of a name"};
  Input read = input;
  if (read.paths.empty() && read.facts.empty()) read.paths = {"."};
  read.paths.insert(read.paths.end(), zones.begin(), zones.end());
  read.settings = policy.config;
  read.keep_facts = !stage.empty();
  Result<std::shared_ptr<Loaded>> result = read.load(session);
  if (!result) return result;
  Loaded& loaded = **result;
  if (!stage.empty()) {
    fill_stage(loaded.facts, stage, loaded.analysis->txt_conventions());
    loaded.analysis.reset();  // it points into the estate
    loaded.estate.emplace(Estate::build(std::exchange(loaded.facts, {})));
    loaded.analysis.emplace(*loaded.estate, loaded.catalogue, AnalysisContext{session.now, loaded.txt_names, loaded.line_ages});
  }
  fill_report(*loaded.analysis, loaded.report);
  const Result<Thresholds> judged = policy.judge(loaded, session);
  if (!judged) return Error{judged.error()};
  thresholds = *judged;
  return result;
}

void TxtCheckPart::describe(Arguments& command) {
  input.describe(command);
  command.add("--format", format, "what to print").one_of({"terminal", "json"}).shows_usual().called("NAME");
  command.add("--schema", schema, "print the JSON Schema of --format json and do nothing else");
}

ExitStatus TxtCheckPart::run(Session& session) const {
  if (schema) {
    session.out << txt_check_schema();
    return ExitStatus::clean;
  }
  Thresholds thresholds;
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session, thresholds);
  if (!loaded) return refused(loaded.error(), session);
  const Report& report = (*loaded)->report;
  const TxtCheckReport check = make_txt_check(*(*loaded)->analysis, report, input.stage);
  const TerminalStyle style{.colour = session.colour, .width = session.width, .min = {}, .unicode = session.unicode};
  session.out << (format == "json" ? txt_check_json(check, !is_incomplete(report) && !read_nothing(report))
                                   : txt_check_screen(check, style));
  say_problems(report, session);
  return status_of_identities(check, report, thresholds);
}

void TxtPlanPart::describe(Arguments& command) {
  input.describe(command);
  command.add("--as", form, "what to print records as; nothing is written anywhere")
      .one_of({"zone", "terraform", "cloudformation"})
      .shows_usual()
      .called("NAME");
  command.add("--format", format, "terminal prints what --as says, json the whole plan for programs")
      .one_of({"terminal", "json"})
      .shows_usual()
      .called("NAME");
  command.add("--schema", schema, "print the JSON Schema of --format json and do nothing else");
}

ExitStatus TxtPlanPart::run(Session& session) const {
  if (schema) {
    session.out << txt_plan_schema();
    return ExitStatus::clean;
  }
  Thresholds thresholds;
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session, thresholds);
  if (!loaded) return refused(loaded.error(), session);
  const Analysis& analysis = *(*loaded)->analysis;
  const TxtPlan plan = make_txt_plan(analysis, make_txt_check(analysis, (*loaded)->report, input.stage));
  const Report& report = (*loaded)->report;
  if (format == "json") {
    session.out << txt_plan_json(plan, !is_incomplete(report) && !read_nothing(report));
  } else {
    session.out << written(plan, form == "terraform"        ? PlanForm::terraform
                                 : form == "cloudformation" ? PlanForm::cloudformation
                                                            : PlanForm::zone);
  }
  return say_problems(report, session) ? ExitStatus::incomplete : ExitStatus::clean;
}

void TxtCommand::describe(Arguments& command) {
  check.describe(command.part("check", "say of every lookup of an identity what it finds and what the code makes of it"));
  plan.describe(command.part("plan", "print the records that should exist, and the order of a rotation; writes nothing", &plan_chosen));
}

ExitStatus TxtCommand::run(Session& session) const { return plan_chosen ? plan.run(session) : check.run(session); }

}  // namespace mainstay
