#include "analyzer/cli/program.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <optional>
#include <ostream>
#include <tuple>

#include "analyzer/cli/commands.h"
#include "render/escape.h"
#include "render/version.h"

namespace mainstay {
namespace {

/// One line a command.
using Commands = std::tuple<ScanCommand, GraphCommand, WhatIfCommand, CutsCommand, ExplainCommand, GateCommand, ConfigCommand, FactsCommand,
                            RulesCommand, FormatsCommand, VersionCommand>;

constexpr const char* kFooter =
    "Exit status: 0 clean; 1 findings at or above --fail-on; 2 wrong usage; 3 something could not be read, so nobody can\n"
    "say \"safe\"; 4 internal error. Nothing is sent anywhere; nothing outside the given paths is read.";

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

ExitStatus run_program(std::vector<std::string> arguments, Session& session) {
  CLI::App program("Maps the DNS that identity stands on: which single thing locks workloads out, and where it is written.", "mainstay");
  program.footer(kFooter);
  program.set_version_flag("--version", fmt::format("mainstay {}", version()), "print the version and exit");
  Commands commands;
  std::apply(
      [&](auto&... command) {
        (command.describe(*program.add_subcommand(std::decay_t<decltype(command)>::kName, std::decay_t<decltype(command)>::kSummary)), ...);
      },
      commands);
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
