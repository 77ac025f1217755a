// The manual page, and the commands that print it and the completions.
#include <fmt/format.h>

#include <ostream>
#include <string_view>

#include "analyzer/cli/command_table.h"
#include "analyzer/cli/commands.h"
#include "analyzer/cli/program.h"
#include "render/picture_output.h"
#include "render/report_output.h"
#include "render/version.h"

namespace mainstay {
namespace {

/// Text that roff prints as it is.
std::string for_roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool begins_line = out.empty() || out.back() == '\n';
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else if (c == '`') {
      out += "\\(ga";
    } else if (c == '^') {
      out += "\\(ha";
    } else if (c == '~') {
      out += "\\(ti";
    } else {
      out += c;
    }
  }
  return out;
}

std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out + (out.ends_with('.') ? "" : ".");
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", for_roff(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", for_roff(text)); }

std::string names_and_value(const ArgumentRow& row) {
  const bool is_positional = row.is_positional();
  std::string out;
  for (const std::string& name : row.names) out += (out.empty() ? "" : ", ") + (is_positional ? italic(name) : bold(name));
  if (!row.value.empty()) out += " " + italic(row.value);
  return out + (row.takes_many ? " ..." : "");
}

std::string argument(const ArgumentRow& row) {
  std::string out = fmt::format(".TP\n{}\n{}\n", names_and_value(row), for_roff(sentence(row.meaning)));
  std::string more;
  for (const std::string& word : row.words) more += (more.empty() ? "One of: " : ", ") + word;
  if (!more.empty()) more += ". ";
  if (!row.range.empty()) more += fmt::format("Between {}. ", std::string(row.range).replace(row.range.find(" - "), 3, " and "));
  if (!row.usual.empty()) more += fmt::format("When not given: {}. ", row.usual);
  if (row.is_required) more += "Required. ";
  if (!more.empty()) more.pop_back();
  return more.empty() ? out : out + for_roff(more) + "\n";
}

std::string synopsis(const CommandTable& table, const CommandRow& command) {
  std::string out = fmt::format("{} {}", bold(table.program), bold(command.name));
  for (const ArgumentRow& one : command.options) {
    if (one.is_required) out += fmt::format(" {} {}", bold(one.names.back()), italic(one.value));
  }
  out += " [" + italic("OPTION") + " ...]";
  for (const ArgumentRow& one : command.positionals) {
    const std::string name = italic(one.names.front()) + (one.takes_many ? " ..." : "");
    out += one.is_required ? " " + name : " [" + name + "]";
  }
  return out;
}

std::string commands_section(const CommandTable& table) {
  std::string out = ".SH COMMANDS\n";
  for (const CommandRow& command : table.commands) {
    out += fmt::format(".SS {}\n{}\n", for_roff(command.name), for_roff(sentence(command.summary)));
    out += fmt::format(".PP\n{}\n", synopsis(table, command));
    for (const ArgumentRow& one : command.positionals) out += argument(one);
    for (const ArgumentRow& one : command.options) {
      if (one.names.front() != "-h") out += argument(one);
    }
  }
  return out;
}

std::string item(std::string_view name, std::string_view text) {
  return fmt::format(".TP\n{}\n{}\n", bold(name), for_roff(sentence(text)));
}

std::string outputs_section() {
  std::string out = ".SH OUTPUTS\nWhat " + bold("scan") + " and " + bold("gate") + " write:\n";
  for (const ReportOutput& one : report_outputs()) out += item(one.name, fmt::format("{}, for {}", one.title, one.purpose));
  out += ".PP\nWhat " + bold("graph") + " draws, by the ending of the file:\n";
  for (const PictureOutput& one : picture_outputs()) out += item(one.ending, fmt::format("{}, for {}", one.title, one.purpose));
  return out;
}

std::string exit_section() {
  std::string out = ".SH EXIT STATUS\n";
  for (const ExitMeaning& one : exit_meanings()) out += item(fmt::to_string(static_cast<int>(one.status)), one.meaning);
  return out;
}

}  // namespace

std::string manual_page(const CommandTable& table) {
  std::string out =
      fmt::format(".\\\" Printed by the program from the tables that its command line is made of.\n.TH MAINSTAY 1 {} \"mainstay {}\"\n",
                  release_date(), version());
  out += fmt::format(".SH NAME\n{} \\- map the DNS that identity stands on\n.SH SYNOPSIS\n", table.program);
  for (std::size_t at = 0; at < table.commands.size(); ++at) {
    if (at > 0) out += ".br\n";
    out += synopsis(table, table.commands[at]) + "\n";
  }
  out += ".SH DESCRIPTION\n" + for_roff(table.summary) + "\n";
  out +=
      ".PP\nIt reads what a team has already (infrastructure templates, service and resolver configuration, zone files, query logs),\n"
      "and proves what it says with files and lines.\n"
      "It runs offline, sends nothing anywhere, and reads nothing outside of the given paths.\n";
  out += commands_section(table) + outputs_section() + exit_section();
  out += ".SH FILES\n";
  out += item(".mainstay.toml", "settings, and findings that somebody decided to live with, at the root of what is scanned");
  out += item(".mainstayignore", "what is not looked at, in any folder, in the patterns of .gitignore, which count as well");
  out += ".SH ENVIRONMENT\n";
  out += item("NO_COLOR", "no colours when it is set and not empty");
  out += item("SOURCE_DATE_EPOCH", "the time that is taken for now, in seconds since 1970");
  out += ".SH EXAMPLES\n";
  out += ".TP\n" + bold("mainstay scan .") + "\nWhat locks workloads out, in the current folder.\n";
  out += ".TP\n" + bold("mainstay whatif --down 10.20.0.53 --who") + "\nWho cannot authenticate when that resolver is silent.\n";
  out += ".TP\n" + bold("mainstay gate --base origin/main --fail-on new:high") + "\nWhat a change makes worse.\n";
  out += ".SH SEE ALSO\n.BR resolv.conf (5),\n.BR git (1)\n";
  return out;
}

void CompletionCommand::describe(Arguments& command) {
  command.add("SHELL", shell, "the shell").required().one_of({"bash", "zsh", "fish"});
}

ExitStatus CompletionCommand::run(Session& session) const {
  const CommandTable table = program_table();
  session.out << (shell == "bash" ? bash_completion(table) : shell == "zsh" ? zsh_completion(table) : fish_completion(table));
  return ExitStatus::clean;
}

void ManCommand::describe(Arguments& command) { command.hide(); }

ExitStatus ManCommand::run(Session& session) const {
  session.out << manual_page(program_table());
  return ExitStatus::clean;
}

}  // namespace mainstay
