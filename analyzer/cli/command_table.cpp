#include "analyzer/cli/command_table.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <string_view>
#include <utility>

namespace mainstay {
namespace {

/// "NAME:{a,b}", "N:INT in [1 - 1024]" or "FILE", as the parser words a type and its check.
void take_type(std::string_view type, ArgumentRow& row) {
  const std::size_t colon = std::min({type.find(":{"), type.find(":INT in ["), type.find(":FLOAT in [")});
  row.value = type.substr(0, colon);
  if (colon == std::string_view::npos) return;
  std::string_view check = type.substr(colon + 1);
  const std::size_t limits = check.find(" in [");
  if (limits != std::string_view::npos) row.range = check.substr(limits + 5, check.rfind(']') - limits - 5);
  if (!check.starts_with('{')) return;
  check = check.substr(1, check.rfind('}') - 1);
  while (!check.empty()) {
    const std::size_t comma = check.find(',');
    row.words.emplace_back(check.substr(0, comma));
    check.remove_prefix(comma == std::string_view::npos ? check.size() : comma + 1);
  }
}

ArgumentRow row_of(const CLI::Option& option) {
  ArgumentRow row{.usual = option.get_default_str(), .meaning = option.get_description(), .is_required = option.get_required()};
  if (option.get_positional()) {
    row.names = {option.get_name(true, false)};
  } else {
    for (const std::string& name : option.get_snames()) row.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) row.names.push_back("--" + name);
  }
  if (option.get_items_expected_max() > 0 || option.get_positional()) take_type(option.get_type_name(), row);
  row.takes_many = option.get_items_expected_max() > 1;
  return row;
}

void add_row(const CLI::Option& option, CommandRow& row) {
  ArgumentRow one = row_of(option);
  std::vector<ArgumentRow>& rows = option.get_positional() ? row.positionals : row.options;
  const auto same = [&](const ArgumentRow& known) { return known.names == one.names; };
  if (std::none_of(rows.begin(), rows.end(), same)) rows.push_back(std::move(one));
}

/// What the parts of a command take together: their names stand first, as a word that is required.
void add_parts(const CLI::App& command, CommandRow& row) {
  ArgumentRow which{.value = "PART", .is_required = true};
  for (const CLI::App* part : command.get_subcommands([](const CLI::App*) { return true; })) {
    which.words.push_back(part->get_name());
    which.meaning += (which.meaning.empty() ? "" : "; ") + part->get_name() + ": " + part->get_description();
  }
  if (which.words.empty()) return;
  which.names = {which.value};
  row.positionals.push_back(std::move(which));
  for (const CLI::App* part : command.get_subcommands([](const CLI::App*) { return true; })) {
    for (const CLI::Option* option : part->get_options()) add_row(*option, row);
  }
}

}  // namespace

CommandTable table_of(const CLI::App& program) {
  CommandTable table{.program = program.get_name(), .summary = program.get_description()};
  const auto shown = [](const CLI::App* one) { return !one->get_group().empty(); };
  for (const CLI::Option* option : program.get_options()) table.options.push_back(row_of(*option));
  for (const CLI::App* command : program.get_subcommands(shown)) {
    CommandRow row{.name = command->get_name(), .summary = command->get_description()};
    for (const CLI::Option* option : command->get_options()) add_row(*option, row);
    add_parts(*command, row);
    table.commands.push_back(std::move(row));
  }
  return table;
}

}  // namespace mainstay
