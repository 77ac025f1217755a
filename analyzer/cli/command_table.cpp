#include "analyzer/cli/command_table.h"

#include <algorithm>
#include <utility>

namespace mainstay {
namespace {

void add_row(const ArgumentRow& one, CommandRow& row) {
  std::vector<ArgumentRow>& rows = one.is_positional() ? row.positionals : row.options;
  const auto same = [&](const ArgumentRow& known) { return known.names == one.names; };
  if (std::none_of(rows.begin(), rows.end(), same)) rows.push_back(one);
}

/// What the parts of a command take together: their names stand first, as a word that is required.
void add_parts(const Arguments& command, CommandRow& row) {
  if (command.parts().empty()) return;
  ArgumentRow which{.names = {"PART"}, .value = "PART", .is_required = true};
  for (const Arguments& part : command.parts()) {
    which.words.push_back(part.name());
    which.meaning += (which.meaning.empty() ? "" : "; ") + part.name() + ": " + part.summary();
  }
  row.positionals.push_back(std::move(which));
  for (const Arguments& part : command.parts()) {
    for (const Argument& one : part.arguments()) add_row(one.row(), row);
  }
}

}  // namespace

ArgumentRow help_option() { return {.names = {"-h", "--help"}, .meaning = "Print this help message and exit"}; }
ArgumentRow version_option() { return {.names = {"--version"}, .meaning = "print the version and exit"}; }

CommandTable table_of(std::string program, std::string summary, const std::vector<Arguments>& commands) {
  CommandTable table{.program = std::move(program), .summary = std::move(summary), .options = {help_option(), version_option()}};
  for (const Arguments& command : commands) {
    if (command.is_hidden()) continue;
    CommandRow row{.name = command.name(), .summary = command.summary(), .options = {help_option()}};
    for (const Argument& one : command.arguments()) add_row(one.row(), row);
    add_parts(command, row);
    table.commands.push_back(std::move(row));
  }
  return table;
}

}  // namespace mainstay
