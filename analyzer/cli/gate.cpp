#include <algorithm>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/gate_states.h"
#include "analyzer/cli/refused.h"
#include "analyzer/gate/sign_in_changes.h"
#include "analyzer/policy/days.h"
#include "analyzer/report/gate_outputs.h"
#include "analyzer/report/gate_screen.h"
#include "analyzer/report/output_context.h"

namespace mainstay {

void GateCommand::describe(Arguments& command) {
  command.add("PATH", folder, "the folder to judge, inside a git repository").shows_usual();
  command.add("--base", base, "the revision before the change").called("REV");
  command.add("--head", head, "the revision with the change; the work tree is not looked at").shows_usual().called("REV");
  command.add("--merge-base", from_merge_base, "compare with the best common ancestor of both, not with --base itself");
  command.add("--fail-on", fail_on, "new:SEVERITY, any:SEVERITY or none; new:high when the settings do not say")
      .one_of(words_of(SettingKind::gate))
      .called("WHAT");
  command.add("--config", config, "settings, in place of the .mainstay.toml of the head").called("FILE");
  command.add("--strict", strict, "anything in the head that could not be read counts, also when the change did not touch it");
  describe_outputs(command, format, outputs);
  command.add("--schema", schema, "print the JSON Schema of --format json and do nothing else");
  input.describe(command, false);
}

Result<GateReport> GateCommand::judge(GateStates& states, const Session& session) const {
  Report& old_report = states.base.loaded->report;
  Report& new_report = states.head.loaded->report;
  const Analysis& old_analysis = *states.base.loaded->analysis;
  const Analysis& new_analysis = *states.head.loaded->analysis;
  const Result<Policy> policy = read_policy(&*states.head.loaded->tree, config, new_report);
  if (!policy) return Error{policy.error()};
  Result<Policy> old_policy = read_policy(&*states.base.loaded->tree, config, old_report);
  if (!old_policy) return Error{old_policy.error()};
  old_policy->settings = policy->settings;  // one measure for both
  const std::string today = day_of(session.now);
  apply_policy(*old_policy, today, old_report);
  apply_policy(*policy, today, new_report);

  const SettingValue* set = policy->settings.find("gate.fail-on");
  const std::string measure = !fail_on.empty() ? fail_on : set != nullptr ? set->value : "new:high";
  GateReport out{
      .folder = folder, .base = base, .base_commit = states.base.revision.commit, .head = head, .head_commit = states.head.revision.commit};
  out.threshold = GateThreshold::parse(measure).value_or(GateThreshold{});
  out.changed = states.changed;
  const SignInChanges changes = sign_in_changes(old_analysis, new_analysis);
  out.words = changes.words;
  out.steps = safe_order(changes, old_analysis, new_analysis);
  out.comparison = compare(old_report, new_report);
  out.locked_out = locked_out(old_analysis, new_analysis);
  out.counted = counted_findings(out.comparison, new_report, out.threshold).size() + (out.threshold.least ? out.locked_out.size() : 0);
  out.not_evaluated = not_evaluated(out.changed, states.head.files, old_report, new_report);
  if (read_nothing(new_report)) out.not_evaluated.push_back({folder, "no file of the head is of a format that mainstay knows"});
  if (strict && is_incomplete(new_report) && out.not_evaluated.empty())
    out.not_evaluated.push_back({folder, "something that the change did not touch could not be read (mainstay scan --errors)"});
  return out;
}

Result<bool> GateCommand::write(const GateReport& report, const GateStates& states, const std::vector<OutputTarget>& targets,
                                Session& session) const {
  const Loaded& loaded = *states.head.loaded;
  const auto form_of = [&](const OutputTarget& one) { return one.form != nullptr ? one.form : find_report_output(format); };
  const Report findings = gate_findings(report, loaded.report, *loaded.analysis);
  OutputContext context = gate_context(report);
  context.now = session.now;
  context.prefix = states.prefix;
  if (std::any_of(targets.begin(), targets.end(), [&](const OutputTarget& one) { return form_of(one)->uses_files; })) {
    add_flows(*loaded.analysis, findings, context);
    add_marks(*loaded.tree, findings, context);
  }
  const auto make = [&](const OutputTarget& target) {
    const ReportOutput* form = form_of(target);
    context.style = {.colour = session.colour && target.file.empty(), .width = target.file.empty() ? session.width : 0u};
    if (form->name == "terminal") return gate_screen(report, context.style);
    return form->name == "json" ? gate_json(report) : form->write(findings, context);
  };
  return write_outputs(targets, make, session);
}

ExitStatus GateCommand::run(Session& session) const {
  if (schema) {
    session.out << gate_schema();
    return ExitStatus::clean;
  }
  const auto refuse = [&](const std::string& problem) { return refused(problem, session); };
  if (base.empty()) return refuse("--base is required: the revision before the change");
  const Result<std::vector<OutputTarget>> targets = output_targets(outputs, format);
  if (!targets) return refuse(targets.error());
  Input read = input;
  read.settings = config;
  Result<GateStates> states =
      read_states({.folder = folder, .base = base, .head = head, .from_merge_base = from_merge_base}, read, session);
  if (!states) return refuse(states.error());
  const Result<GateReport> report = judge(*states, session);
  if (!report) return refuse(report.error());
  if (const Result<bool> written = write(*report, *states, *targets, session); !written) return refuse(written.error());
  switch (verdict_of(*report)) {
    case Verdict::pass: return ExitStatus::clean;
    case Verdict::fail: return ExitStatus::findings;
    case Verdict::unknown: break;
  }
  return ExitStatus::incomplete;
}

}  // namespace mainstay
