#include "ingest/code/ast/compile_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "graph/values/ascii.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::code::ast {
namespace {

constexpr std::size_t kMaxFlags = 256;
constexpr std::size_t kMaxEntry = std::size_t{64} << 10;  // octets of what the database says of one file

bool is_standard(std::string_view word) {
  return word.size() < 24 && word.starts_with("-std=") &&
         std::ranges::all_of(word.substr(5), [](char c) { return is_ascii_alphanumeric(c) || c == '+' || c == ':'; });
}

/// An absolute path without "." and "..", and without its first slash; nothing for one that leaves the root of the file system.
std::optional<std::string> plain(std::string_view written, std::string_view directory) {
  const std::string path = written.starts_with('/') ? std::string(written) : fmt::format("{}/{}", directory, written);
  const Result<std::string> name = resolve_path("x", "." + path + "/x");
  return path.starts_with('/') && name ? std::optional(name->substr(0, name->size() - 2)) : std::nullopt;
}

/// A folder below the root, relative to it; nothing for any other.
std::optional<std::string> inside(std::string_view written, std::string_view directory, std::string_view root) {
  std::optional<std::string> path = plain(written, directory);
  if (!path || !(*path + "/").starts_with(root)) return std::nullopt;
  return path->size() < root.size() ? std::string() : path->substr(root.size());
}

/// The words of a command line, as a shell cuts them; what a shell would put in is left as it is.
std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  bool is_word = false;
  char quote = '\0';
  for (std::size_t at = 0; at < command.size(); ++at) {
    const char c = command[at];
    if (quote == '\0' && (c == ' ' || c == '\t' || c == '\n')) {
      if (is_word) words.push_back(std::exchange(word, {}));
      is_word = false;
      continue;
    }
    is_word = true;
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == '\\' && quote != '\'' && at + 1 < command.size()) {
      word += command[++at];
    } else {
      word += c;
    }
  }
  if (is_word) words.push_back(std::move(word));
  return words;
}

/// The entry that names the file: a database may be large, and only this part of it is needed.
std::string_view entry_of(std::string_view database, const std::string& name) {
  const std::size_t at = database.find("/" + name + "\"");
  if (at == std::string_view::npos) return {};
  const std::size_t begin = database.rfind('{', at), end = database.find('}', at);
  if (begin == std::string_view::npos || end == std::string_view::npos || end - begin > kMaxEntry) return {};
  return database.substr(begin, end + 1 - begin);
}

/// Shape: `name` is the file's below the folder of the database.
std::vector<std::string> flags_in(const std::string& entry, const std::string& name) {
  const Source source(name, entry);
  Diagnostics problems;
  const YamlStream stream = read_json(source, SourceId{}, problems);
  if (stream.documents().empty()) return {};
  const YamlNode& node = *stream.documents()[0];
  const std::string_view directory = node["directory"].text_or("");
  const std::optional<std::string> file = plain(node["file"].text_or(""), directory);
  if (!file || !file->ends_with("/" + name)) return {};
  std::vector<std::string> words;
  for (const YamlNode* word : node["arguments"].children) words.emplace_back(word->text_or(""));
  if (words.empty()) words = words_of(node["command"].text_or(""));
  return allowed_flags(words, directory, std::string_view(*file).substr(0, file->size() - name.size()));
}

}  // namespace

std::vector<std::string> language_flags(std::string_view name, std::string_view text) {
  const std::string_view end = name.substr(std::min(name.rfind('.'), name.size()));
  const bool is_c = end == ".c" || (end == ".h" && text.find("namespace ") == std::string_view::npos &&
                                    text.find("class ") == std::string_view::npos && text.find("template") == std::string_view::npos);
  return is_c ? std::vector<std::string>{"-xc", "-std=gnu17"} : std::vector<std::string>{"-xc++", "-std=gnu++20"};
}

std::vector<std::string> allowed_flags(const std::vector<std::string>& words, std::string_view directory, std::string_view root) {
  constexpr std::array<std::string_view, 2> kMacros = {"-D", "-U"};
  constexpr std::array<std::string_view, 3> kFolders = {"-I", "-isystem", "-iquote"};
  std::vector<std::string> flags;
  for (std::size_t at = 0; at < words.size() && flags.size() < kMaxFlags; ++at) {
    const std::string_view word = words[at];
    if (is_standard(word)) flags.emplace_back(word);
    const auto begins = [&](std::string_view flag) { return word.starts_with(flag); };
    const auto value = [&](std::string_view flag) {  // "-I x" or "-Ix"
      if (word.size() > flag.size()) return std::string(word.substr(flag.size()));
      return at + 1 < words.size() ? words[++at] : std::string();
    };
    if (const auto macro = std::ranges::find_if(kMacros, begins); macro != kMacros.end()) {
      if (const std::string given = value(*macro); !given.empty()) flags.push_back(std::string(*macro) + given);
    } else if (const auto folder = std::ranges::find_if(kFolders, begins); folder != kFolders.end()) {
      if (const std::optional<std::string> name = inside(value(*folder), directory, root)) flags.push_back("-I" + *name);
    }
  }
  return flags;
}

std::vector<std::string> flags_of_build(Unit& unit) {
  const std::string name = unit.source().name();
  for (std::size_t end = name.rfind('/');; end = end == 0 ? std::string::npos : name.rfind('/', end - 1)) {
    const std::string folder = end == std::string::npos ? std::string() : name.substr(0, end + 1);
    for (const char* inner : {"", "build/"}) {
      const Result<std::string> database = unit.tree().read(folder + inner + "compile_commands.json");
      if (!database) continue;
      const std::string below = name.substr(folder.size());
      std::vector<std::string> flags = flags_in(std::string(entry_of(*database, below)), below);
      for (std::string& flag : flags) {
        if (flag.starts_with("-I")) flag.insert(2, folder);
      }
      return flags;
    }
    if (end == std::string::npos) return {};
  }
}

}  // namespace mainstay::code::ast
