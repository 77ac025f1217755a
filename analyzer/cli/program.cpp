#include "analyzer/cli/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "analyzer/cli/command_line.h"
#include "analyzer/cli/commands.h"
#include "render/escape.h"
#include "render/version.h"

namespace mainstay {
namespace {

/// One line a command.
using Commands = std::tuple<ScanCommand, ReportCommand, GraphCommand, WhatIfCommand, CutsCommand, ExplainCommand, GateCommand, WaiveCommand,
                            TicketsCommand, TxtCommand, ConfigCommand, FactsCommand, ObserveCommand, MergeCommand, RulesCommand,
                            FormatsCommand, CompletionCommand, ManCommand, VersionCommand>;

std::string footer() {
  std::string out = "Exit status:\n";
  for (const ExitMeaning& one : exit_meanings()) out += fmt::format("  {}  {}\n", static_cast<int>(one.status), one.meaning);
  return out + "Nothing outside the given paths is read; nothing is sent anywhere, but by `tickets` and `observe --url`.";
}

ProgramText program_text() {
  return {.name = "mainstay",
          .summary = "Maps the DNS that identity stands on: which single thing locks workloads out, and where it is written.",
          .version = fmt::format("mainstay {}", version()),
          .footer = footer()};
}

/// What every command takes; their members are what the arguments fill in.
std::vector<Arguments> described(Commands& commands) {
  std::vector<Arguments> all;
  all.reserve(std::tuple_size_v<Commands>);
  const auto describe = [&](auto& command) {
    using Command = std::decay_t<decltype(command)>;
    command.describe(all.emplace_back(Command::kName, Command::kSummary));
  };
  std::apply([&](auto&... command) { (describe(command), ...); }, commands);
  return all;
}

/// Says what is wrong with the command line, and where the right one is described.
ExitStatus refuse(const std::string& command, const std::string& problem, Session& session) {
  session.err << fmt::format("mainstay: {}; `{} --help` describes the command line\n", for_terminal(problem),
                             command.empty() ? "mainstay" : "mainstay " + command);
  return ExitStatus::usage;
}

}  // namespace

CommandTable program_table() {
  Commands commands;
  const ProgramText text = program_text();
  return table_of(text.name, text.summary, described(commands));
}

ExitStatus run_program(std::vector<std::string> arguments, Session& session) {
  Commands commands;
  const std::vector<Arguments> all = described(commands);
  const std::string first = arguments.empty() ? std::string() : arguments.front();
  const bool names_command = std::any_of(all.begin(), all.end(), [&](const Arguments& one) { return one.name() == first; });
  const CommandLine line = read_command_line(program_text(), all, std::move(arguments));
  if (!line.problem.empty()) {
    const bool is_no_command = !first.empty() && !first.starts_with('-') && !names_command;
    return refuse(line.command, is_no_command ? "there is no such command: " + first : line.problem, session);
  }
  if (!line.answer.empty()) {
    session.out << line.answer;
    return ExitStatus::clean;
  }
  if (line.command.empty()) return refuse("", "a command is required", session);
  ExitStatus status = ExitStatus::usage;
  const auto run = [&](const auto& command) {
    if (line.command == std::decay_t<decltype(command)>::kName) status = command.run(session);
  };
  std::apply([&](const auto&... command) { (run(command), ...); }, commands);
  return status;
}

}  // namespace mainstay
