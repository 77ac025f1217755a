#include "analyzer/cli/command_line.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <sstream>
#include <type_traits>
#include <variant>

#include "analyzer/cli/command_table.h"

namespace mainstay {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ",") + name;
  return out;
}

CLI::Option* option_of(const Argument& argument, CLI::App& app) {
  const ArgumentRow& row = argument.row();
  return std::visit(
      [&](auto* target) {
        if constexpr (std::is_same_v<decltype(target), bool*>) {
          return app.add_flag(joined(row.names), *target, row.meaning);
        } else {
          return app.add_option(joined(row.names), *target, row.meaning)->type_name(row.value);
        }
      },
      argument.target());
}

void limit(const Argument& argument, CLI::Option& option) {
  if (std::holds_alternative<double*>(argument.target())) {
    option.check(CLI::Range(argument.least(), argument.most()));
  } else {
    option.check(CLI::Range(static_cast<int>(argument.least()), static_cast<int>(argument.most())));
  }
}

void add(const Argument& argument, CLI::App& app) {
  CLI::Option* const option = option_of(argument, app);
  const ArgumentRow& row = argument.row();
  if (!row.words.empty()) option->check(CLI::IsMember(row.words));
  if (argument.has_limits()) limit(argument, *option);
  if (row.is_required) option->required();
  if (!row.usual.empty()) option->default_str(row.usual);
  if (argument.is_one_at_a_time()) option->allow_extra_args(false);
}

void add(const Arguments& command, CLI::App& to) {
  CLI::App* const app = to.add_subcommand(command.name(), command.summary());
  app->set_help_flag(joined(help_option().names), help_option().meaning);
  if (command.is_hidden()) app->group("");
  for (const Argument& one : command.arguments()) add(one, *app);
  for (const Arguments& part : command.parts()) add(part, *app);
  if (!command.parts().empty()) app->require_subcommand(1);
}

/// What is named together and does not go together; the parser's own way lists such options in the order of their addresses.
std::string clash(const Arguments& command, const CLI::App& app) {
  for (const Argument& one : command.arguments()) {
    const std::string& name = one.row().names.back();
    for (const std::string& other : one.excluded()) {
      if (app.count(name) > 0 && app.count(other) > 0) return fmt::format("{} excludes {}", other, name);
    }
  }
  return {};
}

void choose(const Arguments& command, const CLI::App& app) {
  command.choose();
  for (const Arguments& part : command.parts()) {
    if (app.got_subcommand(part.name())) choose(part, *app.get_subcommand(part.name()));
  }
}

}  // namespace

CommandLine read_command_line(const ProgramText& text, const std::vector<Arguments>& commands, std::vector<std::string> arguments) {
  CLI::App program(text.summary, text.name);
  program.footer(text.footer);
  program.set_help_flag(joined(help_option().names), help_option().meaning);
  program.set_version_flag(joined(version_option().names), text.version, version_option().meaning);
  for (const Arguments& command : commands) add(command, program);
  CommandLine out;
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    program.parse(arguments);
  } catch (const CLI::ParseError& problem) {
    std::ostringstream answer;
    if (problem.get_exit_code() != 0) {
      out.problem = problem.what();
    } else {
      program.exit(problem, answer, answer);
      out.answer = answer.str();
    }
  }
  for (const Arguments& command : commands) {
    if (!program.got_subcommand(command.name())) continue;
    const CLI::App& app = *program.get_subcommand(command.name());
    out.command = command.name();
    if (out.problem.empty()) out.problem = clash(command, app);
    choose(command, app);
  }
  return out;
}

}  // namespace mainstay
