// Completions of command lines in bash, zsh and fish, made from the table that the parser gives.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "analyzer/cli/command_table.h"
#include "analyzer/rules/rule.h"
#include "render/report_output.h"

namespace mainstay {
namespace {

/// What a value is completed with.
enum class Completion : std::uint8_t { nothing, words, files, named_files };

Completion completion_of(const ArgumentRow& row) {
  if (!row.words.empty()) return Completion::words;
  if (row.value == "[NAME=]FILE") return Completion::named_files;
  return row.value == "FILE" ? Completion::files : Completion::nothing;
}

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  return fmt::format("{}", fmt::join(words, between));
}

/// "terminal= json= ...".
std::string output_names() {
  std::vector<std::string> all;
  all.reserve(report_outputs().size());
  for (const ReportOutput& one : report_outputs()) all.push_back(std::string(one.name) + "=");
  return joined(all);
}

std::vector<std::string> rule_names() {
  std::vector<std::string> all;
  all.reserve(all_rules().size());
  for (const Rule* rule : all_rules()) all.emplace_back(rule->name);
  return all;
}

/// The words of a positional argument; files where it is a path, as most are.
std::vector<std::string> words_of(const ArgumentRow& positional) {
  return positional.names.front() == "SUBJECT" ? rule_names() : positional.words;
}
bool is_path(const ArgumentRow& positional) { return positional.names.front() == "PATH"; }

std::vector<std::string> option_names(const std::vector<ArgumentRow>& options) {
  std::vector<std::string> all;
  for (const ArgumentRow& one : options) all.insert(all.end(), one.names.begin(), one.names.end());
  return all;
}

std::vector<std::string> command_names(const CommandTable& table) {
  std::vector<std::string> all;
  all.reserve(table.commands.size());
  for (const CommandRow& one : table.commands) all.push_back(one.name);
  return all;
}

/// Text in single quotes of a POSIX shell.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// The branches of a command for the values of its options.
std::string bash_values(const CommandRow& command) {
  std::string out;
  for (const ArgumentRow& one : command.options) {
    if (one.value.empty()) continue;
    std::vector<std::string> patterns;
    patterns.reserve(one.names.size());
    for (const std::string& name : one.names) patterns.push_back(fmt::format("'{} {}'", command.name, name));
    std::string what = "return";
    switch (completion_of(one)) {
      case Completion::words: what = fmt::format("_mainstay_words {}; return", quoted(joined(one.words))); break;
      case Completion::files: what = "_mainstay_files; return"; break;
      case Completion::named_files: what = fmt::format("_mainstay_named {}; return", quoted(output_names())); break;
      case Completion::nothing: break;
    }
    out += fmt::format("    {}) {} ;;\n", joined(patterns, " | "), what);
  }
  return out;
}

std::string bash_arguments(const CommandRow& command) {
  const std::string options = quoted(joined(option_names(command.options)));
  std::string out = fmt::format("    {})\n      if [[ $cur == -* ]]; then _mainstay_words {}; return; fi\n", command.name, options);
  for (const ArgumentRow& one : command.positionals) {
    if (const std::vector<std::string> words = words_of(one); !words.empty())
      out += fmt::format("      _mainstay_words {}\n", quoted(joined(words)));
    if (is_path(one)) out += "      _mainstay_files\n";
  }
  return out + "      ;;\n";
}

constexpr std::string_view kBashHead = R"(# Completion of mainstay in bash, printed by `mainstay completion bash`.

# The words of a list that go on with what is typed; $lead is what stands before it in the same word.
_mainstay_words() {
  local word
  local -a all
  read -ra all <<<"$1"
  for word in "${all[@]}"; do
    if [[ $word == "$lead$cur"* ]]; then COMPREPLY+=("${word#"$lead"}"); fi
  done
}

# Names of files are completed by the shell itself, which knows how to quote them.
_mainstay_files() { compopt -o default; }

_mainstay_named() {
  _mainstay_words "$1"
  compopt -o nospace
  _mainstay_files
}

_mainstay() {
  local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]} lead='' command='' at
  COMPREPLY=()
  compopt +o default
  for ((at = 1; at < COMP_CWORD; at++)); do
    if [[ ${COMP_WORDS[at]} != -* ]]; then command=${COMP_WORDS[at]}; break; fi
  done
  # bash takes "--format=json" and "new:high" for three words each.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $option == '=' ]]; then
    option=${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $cur == ':' && COMP_CWORD -gt 2 ]]; then
    lead=$option: cur='' option=${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $option == ':' && COMP_CWORD -gt 3 ]]; then
    lead=${COMP_WORDS[COMP_CWORD-2]}: option=${COMP_WORDS[COMP_CWORD-3]}
  fi
  case "$command $option" in
)";

std::string zsh_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_value(const ArgumentRow& row) {
  if (row.value.empty()) return {};
  std::string out = ":" + zsh_escaped(row.value) + ":";
  switch (completion_of(row)) {
    case Completion::words: return out + "(" + zsh_escaped(joined(row.words)) + ")";
    case Completion::files: return out + "_files";
    case Completion::named_files: return out + "_mainstay_named";
    case Completion::nothing: break;
  }
  return out;
}

std::string zsh_arguments(const CommandRow& command) {
  std::string out = fmt::format("        {})\n          _arguments -s", command.name);
  for (const ArgumentRow& one : command.options) {
    const std::string spec = fmt::format("[{}]{}", zsh_escaped(one.meaning), zsh_value(one));
    for (const std::string& name : one.names) {
      const std::string others = one.names.size() > 1 && !one.takes_many ? fmt::format("({})", joined(one.names)) : "";
      out += " \\\n            " + quoted(fmt::format("{}{}{}{}", others, one.takes_many ? "*" : "", name, spec));
    }
  }
  for (const ArgumentRow& one : command.positionals) {
    const std::vector<std::string> words = words_of(one);
    const std::string how = is_path(one) ? "_files" : words.empty() ? " " : fmt::format("({})", joined(words));
    out += " \\\n            " + quoted(fmt::format("{}:{}:{}", one.takes_many ? "*" : "", one.names.front(), how));
  }
  return out + "\n          ;;\n";
}

/// Text in single quotes of fish.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish_value(const ArgumentRow& row) {
  if (row.value.empty()) return {};
  switch (completion_of(row)) {
    case Completion::words: return " -x -a " + fish_quoted(joined(row.words));
    case Completion::files: return " -r -F";
    case Completion::named_files: return " -r -F -a " + fish_quoted(output_names());
    case Completion::nothing: break;
  }
  return " -x";
}

/// "-s o -l output".
std::string fish_names(const ArgumentRow& option) {
  std::string out;
  for (const std::string& name : option.names) {
    out += (out.empty() ? "" : " ") + std::string(name.starts_with("--") ? "-l " : "-s ") + name.substr(name.find_last_of('-', 1) + 1);
  }
  return out;
}

std::string fish_line(std::string_view condition, std::string_view rest) {
  return fmt::format("complete -c mainstay -n {} {}\n", fish_quoted(condition), rest);
}

}  // namespace

std::string bash_completion(const CommandTable& table) {
  std::string out(kBashHead);
  for (const CommandRow& one : table.commands) out += bash_values(one);
  out +=
      "    *' '[!-]*) if [[ ${COMP_WORDS[COMP_CWORD-1]} == '=' || ${COMP_WORDS[COMP_CWORD]} == '=' ]]; then _mainstay_files; return; fi "
      ";;\n";
  out += "  esac\n  case $command in\n";
  out += fmt::format("    '') _mainstay_words {} ;;\n", quoted(joined(command_names(table)) + " " + joined(option_names(table.options))));
  for (const CommandRow& one : table.commands) out += bash_arguments(one);
  return out + "  esac\n}\n\ncomplete -o default -F _mainstay mainstay\n";
}

std::string zsh_completion(const CommandTable& table) {
  std::string out = "#compdef mainstay\n# Completion of mainstay in zsh, printed by `mainstay completion zsh`.\n\n";
  out += fmt::format(
      "_mainstay_named() {{\n  if compset -P '*='; then _files; return; fi\n  local -a names=({})\n  compadd -S '' -a names\n  "
      "_files\n}}\n\n",
      output_names());
  out += "_mainstay() {\n  local context state state_descr line\n  typeset -A opt_args\n  _arguments -C";
  for (const ArgumentRow& one : table.options) {
    for (const std::string& name : one.names) out += " \\\n    " + quoted(fmt::format("{}[{}]", name, zsh_escaped(one.meaning)));
  }
  out += " \\\n    '1:command:->command' \\\n    '*::argument:->argument'\n  case $state in\n    command)\n      local -a commands=(";
  for (const CommandRow& one : table.commands) out += "\n        " + quoted(fmt::format("{}:{}", one.name, zsh_escaped(one.summary)));
  out += ")\n      _describe command commands\n      ;;\n    argument)\n      case $words[1] in\n";
  for (const CommandRow& one : table.commands) out += zsh_arguments(one);
  return out +
         "      esac\n      ;;\n  esac\n}\n\nif [[ $funcstack[1] == _mainstay ]]; then _mainstay \"$@\"; else compdef _mainstay mainstay; "
         "fi\n";
}

std::string fish_completion(const CommandTable& table) {
  std::string out = "# Completion of mainstay in fish, printed by `mainstay completion fish`.\ncomplete -c mainstay -f\n";
  for (const ArgumentRow& one : table.options)
    out += fish_line("__fish_use_subcommand", fish_names(one) + " -d " + fish_quoted(one.meaning));
  for (const CommandRow& one : table.commands)
    out += fish_line("__fish_use_subcommand", fmt::format("-a {} -d {}", one.name, fish_quoted(one.summary)));
  for (const CommandRow& command : table.commands) {
    const std::string here = "__fish_seen_subcommand_from " + command.name;
    for (const ArgumentRow& one : command.options)
      out += fish_line(here, fish_names(one) + fish_value(one) + " -d " + fish_quoted(one.meaning));
    for (const ArgumentRow& one : command.positionals) {
      if (const std::vector<std::string> words = words_of(one); !words.empty()) out += fish_line(here, "-a " + fish_quoted(joined(words)));
      if (is_path(one)) out += fish_line(here, "-F");
    }
  }
  return out;
}

}  // namespace mainstay
