#include "analyzer/cli/program.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <optional>
#include <ostream>
#include <tuple>

#include "analyzer/cli/commands.h"

namespace mainstay {
namespace {

/// One line a command.
using Commands =
    std::tuple<ScanCommand, GraphCommand, WhatIfCommand, ExplainCommand, FactsCommand, RulesCommand, FormatsCommand, VersionCommand>;

constexpr const char* kFooter =
    "Exit status: 0 clean; 1 findings at or above --fail-on; 2 wrong usage; 3 something could not be read, so nobody can\n"
    "say \"safe\"; 4 internal error. Nothing is sent anywhere; nothing outside the given paths is read.";

}  // namespace

ExitStatus run_program(std::vector<std::string> arguments, Session& session) {
  CLI::App program("Maps the DNS that identity stands on: which single thing locks workloads out, and where it is written.", "mainstay");
  program.require_subcommand(1);
  program.footer(kFooter);
  Commands commands;
  std::apply(
      [&](auto&... command) {
        (command.describe(*program.add_subcommand(std::decay_t<decltype(command)>::kName, std::decay_t<decltype(command)>::kSummary)), ...);
      },
      commands);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    program.parse(arguments);
  } catch (const CLI::ParseError& problem) {
    const int code = program.exit(problem, session.out, session.err);
    return code == 0 ? ExitStatus::clean : ExitStatus::usage;
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
  return status.value_or(ExitStatus::usage);
}

}  // namespace mainstay
