// The commands that print what the program is made of: rules, formats, version.
#include <fmt/format.h>

#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/policy/controls.h"
#include "analyzer/rules/rule.h"
#include "ingest/ingester.h"
#include "ingest/logs/log_format.h"
#include "render/picture_output.h"
#include "render/report_output.h"
#include "render/version.h"

namespace mainstay {
namespace {

/// "OWASP NHI Top 10 2025 NHI1:2025, NHI3:2025; CSA MAESTRO L6": each framework once.
std::string controls_in_words(std::string_view rule) {
  std::string out;
  std::string framework;
  for (const Control& one : controls_of(rule)) {
    const bool is_new = one.framework != framework;
    out += is_new ? fmt::format("{}{} {}", out.empty() ? "" : "; ", one.framework, one.id) : ", " + one.id;
    framework = one.framework;
  }
  return out;
}

std::string rules_page() {
  std::string page = "# Rules\n\nPrinted by `mainstay rules --markdown`; `mainstay explain RULE` shows one of them.\n";
  for (const Rule* rule : all_rules()) {
    page += fmt::format("\n## {}\n\n{} ({})\n\n{}\n\nFix: {}.\n\nReference: {}.\n\nControls: {}.\n\n", rule->name,
                        std::string(rule->summary) + ".", word(rule->severity), rule->why, rule->fix, rule->reference,
                        controls_in_words(rule->name));
    page += fmt::format("Samples: `samples/rules/{}/bad` and `good`.\n", rule->name);
  }
  return page;
}

std::string controls_page() {
  std::string page =
      "\n# Controls\n\nThe mapping is this program's own, not a statement of any framework.\n\n| framework | id | title |\n| --- | --- | "
      "--- |\n";
  for (const ControlEntry& one : control_entries()) page += fmt::format("| {} | {} | {} |\n", one.framework, one.id, one.title);
  return page;
}

std::string formats_page() {
  std::string page = "# Formats\n\nPrinted by `mainstay formats --markdown`.\n\n| name | what | reference |\n| --- | --- | --- |\n";
  for (const Ingester* one : all_ingesters()) page += fmt::format("| {} | {} | {} |\n", one->name, one->title, one->reference);
  page += "\nQuery logs, given with `--logs` or to `observe`:\n\n| name | what | reference |\n| --- | --- | --- |\n";
  for (const LogFormat* one : all_log_formats()) page += fmt::format("| {} | {} | {} |\n", one->name, one->title, one->reference);
  return page;
}

}  // namespace

void RulesCommand::describe(Arguments& command) { command.add("--markdown", markdown, "the page docs/rules.md"); }

ExitStatus RulesCommand::run(Session& session) const {
  if (markdown) {
    session.out << rules_page() << controls_page();
    return ExitStatus::clean;
  }
  for (const Rule* rule : all_rules()) session.out << fmt::format("{:<28} {:<9} {}\n", rule->name, word(rule->severity), rule->summary);
  return ExitStatus::clean;
}

void FormatsCommand::describe(Arguments& command) { command.add("--markdown", markdown, "the page docs/formats.md"); }

ExitStatus FormatsCommand::run(Session& session) const {
  if (markdown) {
    session.out << formats_page();
    return ExitStatus::clean;
  }
  for (const Ingester* one : all_ingesters()) session.out << fmt::format("{:<18} {}\n", one->name, one->title);
  session.out << "\nquery logs (--logs):\n";
  for (const LogFormat* one : all_log_formats()) session.out << fmt::format("{:<18} {}\n", one->name, one->title);
  session.out << "\noutputs of a scan (--output NAME=FILE, --format NAME):\n";
  for (const ReportOutput& one : report_outputs()) session.out << fmt::format("{:<18} {}: {}\n", one.name, one.title, one.purpose);
  session.out << "\ndrawings (mainstay graph -o FILE.ENDING):\n";
  for (const PictureOutput& one : picture_outputs()) session.out << fmt::format("{:<18} {}: {}\n", one.ending, one.title, one.purpose);
  session.out << "\npage (mainstay report -o FILE.html):\n";
  session.out << fmt::format("{:<18} {}\n", ".html", "one page for any browser: findings, map, and what fails when something does");
  return ExitStatus::clean;
}

void VersionCommand::describe(Arguments&) {}

ExitStatus VersionCommand::run(Session& session) const {
  session.out << "mainstay " << version() << '\n';
  return ExitStatus::clean;
}

}  // namespace mainstay
