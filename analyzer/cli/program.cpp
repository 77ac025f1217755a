#include "analyzer/cli/program.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <tuple>

#include "analyzer/cli/commands.h"
#include "render/escape.h"
#include "render/version.h"

namespace mainstay {
namespace {

/// One line a command.
using Commands =
    std::tuple<ScanCommand, ReportCommand, GraphCommand, WhatIfCommand, CutsCommand, ExplainCommand, GateCommand, WaiveCommand,
               TicketsCommand, ConfigCommand, FactsCommand, RulesCommand, FormatsCommand, CompletionCommand, ManCommand, VersionCommand>;

std::string footer() {
  std::string out = "Exit status:\n";
  for (const ExitMeaning& one : exit_meanings()) out += fmt::format("  {}  {}\n", static_cast<int>(one.status), one.meaning);
  return out + "Nothing outside the given paths is read; nothing is sent anywhere, but by `tickets`.";
}

/// The parser of the whole command line, which fills in the commands.
std::unique_ptr<CLI::App> parser_of(Commands& commands) {
  auto program = std::make_unique<CLI::App>(
      "Maps the DNS that identity stands on: which single thing locks workloads out, and where it is written.", "mainstay");
  program->footer(footer());
  program->set_version_flag("--version", fmt::format("mainstay {}", version()), "print the version and exit");
  std::apply(
      [&](auto&... command) {
        (command.describe(*program->add_subcommand(std::decay_t<decltype(command)>::kName, std::decay_t<decltype(command)>::kSummary)),
         ...);
      },
      commands);
  return program;
}

bool is_command(const CLI::App& program, const std::string& name) {
  const std::vector<const CLI::App*> all = program.get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
  return !all.empty();
}

/// Says what is wrong with the command line, and where the right one is described.
ExitStatus refuse(const CLI::App& program, const std::string& problem, Session& session) {
  const std::vector<CLI::App*> chosen = program.get_subcommands();
  const std::string command = chosen.empty() ? "mainstay" : "mainstay " + chosen.front()->get_name();
  session.err << fmt::format("mainstay: {}; `{} --help` describes the command line\n", for_terminal(problem), command);
  return ExitStatus::usage;
}

}  // namespace

CommandTable program_table() {
  Commands commands;
  return table_of(*parser_of(commands));
}

ExitStatus run_program(std::vector<std::string> arguments, Session& session) {
  Commands commands;
  const std::unique_ptr<CLI::App> parser = parser_of(commands);
  CLI::App& program = *parser;
  const std::string first = arguments.empty() ? std::string() : arguments.front();
  const bool is_no_command = !first.empty() && !first.starts_with('-') && !is_command(program, first);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    program.parse(arguments);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() != 0)
      return refuse(program, is_no_command ? "there is no such command: " + first : problem.what(), session);
    program.exit(problem, session.out, session.err);
    return ExitStatus::clean;
  }
  std::optional<ExitStatus> status;
  std::apply(
      [&](const auto&... command) {
        const auto run = [&](const auto& one) {
          if (program.got_subcommand(std::decay_t<decltype(one)>::kName)) status = one.run(session);
        };
        (run(command), ...);
      },
      commands);
  return status ? *status : refuse(program, "a command is required", session);
}

}  // namespace mainstay
