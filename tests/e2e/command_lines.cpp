#include "tests/e2e/command_lines.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "tests/e2e/program.h"

namespace mainstay {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t feed = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, feed));
    text.remove_prefix(std::min(feed + 1, text.size()));
  }
  return lines;
}

/// "{a,b}" in a line of help.
std::set<std::string> words_in(std::string_view line) {
  std::set<std::string> words;
  const std::size_t begin = line.find(":{");
  if (begin == std::string_view::npos) return words;
  std::stringstream list(std::string(line.substr(begin + 2, line.find('}', begin) - begin - 2)));
  for (std::string word; std::getline(list, word, ',');) words.insert(word);
  return words;
}

CommandHelp help_of(const std::vector<std::string>& command) {
  CommandHelp help;
  std::vector<std::string> words = command;
  words.emplace_back("--help");
  const Outcome outcome = mainstay(words);
  bool is_list = false;
  for (const std::string_view line : lines_of(outcome.out)) {
    is_list = (is_list && !line.empty()) || line == "Subcommands:";
    if (is_list && line.starts_with("  ") && line[2] != ' ') {  // a part of the command: its options are the command's
      words.back() = line.substr(2, line.find(' ', 2) - 2);
      help.options.merge(help_of(words).options);
    }
    if (!line.starts_with("  -")) continue;
    std::stringstream names(std::string(line.substr(2, line.find(' ', 2) - 2)));
    for (std::string name; std::getline(names, name, ',');) help.options[name] = words_in(line);
  }
  return help;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// A word without the marks of a synopsis and the quotes of a shell.
std::string plain(std::string word) {
  std::string out;
  const bool is_array = word.find("[@]") != std::string::npos;
  for (const char c : word) {
    if (c == '"' || c == '\'' || (!is_array && (c == '[' || c == ']'))) continue;
    out += c;
  }
  while (out.ends_with("...")) out.resize(out.size() - 3);
  return out;
}

/// The words up to where the command ends.
std::vector<std::string> words_of(std::string_view rest) {
  std::vector<std::string> words;
  bool was_wide = false;  // two blanks or more: a remark of a synopsis follows
  while (!rest.empty() && !was_wide) {
    std::size_t blanks = 0;
    while (blanks < rest.size() && is_blank(rest[blanks])) ++blanks;
    was_wide = blanks > 1;
    rest.remove_prefix(blanks);
    if (rest.empty() || was_wide || std::string_view("|>#;&`)").find(rest[0]) != std::string_view::npos) break;
    if (rest[0] == '\\') {  // the line goes on, and what comes next is looked at as a line of its own
      break;
    }
    const std::size_t end = std::min(rest.find_first_of(" \t`;"), rest.size());
    words.push_back(plain(std::string(rest.substr(0, end))));
    if (words.back() == "|" || words.back() == "||") {
      words.pop_back();
      break;
    }
    rest.remove_prefix(end);
  }
  return words;
}

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/' ||
         c == ':';
}

/// True where the line is code: behind a tick, indented, in a fenced block, or the file is code.
bool is_code(std::string_view line, std::size_t at, bool is_code_file, bool is_fenced) {
  if (is_code_file || is_fenced || line.starts_with("    ")) return true;
  return std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(at), '`') % 2 == 1;
}

}  // namespace

std::map<std::string, CommandHelp> commands_from_help() {
  std::map<std::string, CommandHelp> commands;
  bool is_list = false;
  const Outcome outcome = mainstay({"--help"});
  for (const std::string_view line : lines_of(outcome.out)) {
    if (line == "Subcommands:") is_list = true;
    if (line.empty()) is_list = false;
    if (!is_list || !line.starts_with("  ")) continue;
    const std::string name(line.substr(2, line.find(' ', 2) - 2));
    commands[name] = help_of({name});
  }
  commands["man"] = help_of({"man"});  // not listed
  return commands;
}

std::vector<ShownLine> shown_lines(const std::string& file, std::string_view text) {
  constexpr std::string_view kProgram = "mainstay";
  const bool is_code_file = !file.ends_with(".md");
  std::vector<ShownLine> found;
  bool is_fenced = false;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (line.starts_with("```")) is_fenced = !is_fenced;
    const std::size_t first = line.find_first_not_of(" \t-");
    if (is_code_file && first != std::string_view::npos && line[first] == '#') continue;  // a comment
    for (std::size_t at = line.find(kProgram); at != std::string_view::npos; at = line.find(kProgram, at + 1)) {
      const std::size_t end = at + kProgram.size();
      if (at > 0 && (is_word_character(line[at - 1]) && line[at - 1] != '/')) continue;
      if (end >= line.size() || line[end] != ' ' || !is_code(line, at, is_code_file, is_fenced)) continue;
      ShownLine shown{file, number, words_of(line.substr(end))};
      // Neither "mainstay 0.1.0" nor the end of a comment of HTML is a command.
      const bool is_command = !shown.words.empty() && std::isdigit(static_cast<unsigned char>(shown.words[0][0])) == 0 &&
                              shown.words[0].find_first_not_of("->") != std::string::npos;
      if (is_command) found.push_back(std::move(shown));
    }
  }
  return found;
}

std::string wrong_with(const ShownLine& line, const std::map<std::string, CommandHelp>& commands) {
  const std::string& name = line.words.front();
  if (name == "--help" || name == "--version" || name == "COMMAND") return {};
  const auto command = commands.find(name);
  if (command == commands.end()) return "there is no command '" + name + "'";
  for (std::size_t at = 1; at < line.words.size(); ++at) {
    const std::string& word = line.words[at];
    if (!word.starts_with('-') || word == "-" || word == "--") continue;
    const std::size_t equals = word.find('=');
    const auto option = command->second.options.find(word.substr(0, equals));
    if (option == command->second.options.end()) return "'" + name + "' has no option '" + word + "'";
    const std::string value = equals != std::string::npos ? word.substr(equals + 1) : at + 1 < line.words.size() ? line.words[at + 1] : "";
    const bool is_placeholder =
        value.empty() || value.find_first_of("$|") != std::string::npos || std::isupper(static_cast<unsigned char>(value[0])) != 0;
    if (!option->second.empty() && !is_placeholder && !option->second.contains(value))
      return "'" + option->first + "' of '" + name + "' cannot be '" + value + "'";
    const std::size_t form = value.find('=');
    const auto format = command->second.options.find("--format");
    if ((option->first == "--output" || option->first == "-o") && form != std::string::npos && form > 0 && !is_placeholder &&
        format != command->second.options.end() && !format->second.contains(value.substr(0, form)))
      return "there is no output '" + value.substr(0, form) + "'";
  }
  return {};
}

}  // namespace mainstay
