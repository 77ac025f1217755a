#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/policy/policy.h"
#include "render/escape.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

std::string place_of(const Place& place) { return fmt::format("{}:{}", place.file, place.line); }

void print_row(std::ostream& out, std::string_view name, std::string_view value, std::string_view origin) {
  out << for_terminal(fmt::format("{:<34} {:<12} {}", name, value.empty() ? "-" : value, origin)) << '\n';
}

void print_settings(const std::vector<Effective>& all, const Settings& settings, std::ostream& out) {
  out << for_terminal(settings.file.empty() ? "no .mainstay.toml" : "settings: " + settings.file) << "\n\n";
  for (const Effective& one : all) print_row(out, one.name, one.value, one.origin);
  for (const TxtNames& one : settings.identities) {
    const std::string environments = one.environments.empty() ? "" : fmt::format("   {}", fmt::join(one.environments, ", "));
    print_row(out, fmt::format("identities {}", one.suffix.host()), one.environment_first ? "environment.service" : "service.environment",
              place_of(one.reasons.front().place) + environments);
  }
  for (const auto& [rule, setting] : settings.rules) {
    if (setting.severity) print_row(out, fmt::format("rules.{}.severity", rule), word(*setting.severity), place_of(setting.severity_place));
    if (setting.disabled) {
      const std::string origin = fmt::format("{}   {}", place_of(setting.disabled->place), setting.disabled->reason);
      print_row(out, fmt::format("rules.{}.enabled", rule), "false", origin);
    }
  }
  for (const Allowance& one : settings.allowances) {
    const Suppression& why = one.suppression;
    const std::string name = one.rule.empty() ? "waive " + one.id : "allow " + one.rule;
    print_row(out, name, why.until.empty() ? "no end" : why.until, fmt::format("{}   {}", place_of(why.place), why.reason));
  }
}

}  // namespace

void ConfigCommand::describe(Arguments& command) {
  command.add("PATH", folder, "the folder whose settings are meant").shows_usual();
  policy.describe(command);
  command.add("--show", show, "show the settings that hold; the default");
  command.add("--schema", schema, "print the JSON Schema of .mainstay.toml and do nothing else");
}

ExitStatus ConfigCommand::run(Session& session) const {
  if (schema) {
    session.out << settings_schema();
    return ExitStatus::clean;
  }
  const Result<FileTree> tree = FileTree::of({folder});
  Report report;
  const Result<Policy> read = tree ? read_policy(&*tree, policy.config, report) : Result<Policy>(Error{tree.error()});
  if (!read) return refused(read.error(), session);
  print_settings(policy.effective(read->settings), read->settings, session.out);
  for (const Diagnostic& one : report.diagnostics) session.err << terminal_diagnostic(one, {});
  return is_incomplete(report) ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
