// The repository as the contract tests read it: its files, its include lines, its registries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// A text file of the repository; `name` is relative to its root.
struct RepositoryFile {
  std::string name;
  std::string text;
};

/// All files below one folder of the repository, sorted by name; none when there is no such folder.
std::vector<RepositoryFile> repository_files(std::string_view folder);
/// The .h, .cpp and .inc files of graph, ingest, render, analyzer and tests.
const std::vector<RepositoryFile>& code_files();

std::vector<std::string_view> lines_of(std::string_view text);
/// What the include lines of a file name, without quotes or brackets.
std::vector<std::string_view> includes_of(const RepositoryFile& file);
/// The symbols of a list file: "analyzer/rules.inc", "MAINSTAY_RULE" -> {"spof_resolver", ...}; none when there is no such file.
std::vector<std::string> listed(std::string_view list, std::string_view macro);
/// The name that a symbol has for users: "spof_resolver" -> "spof-resolver".
std::string with_dashes(std::string symbol);
bool exists(std::string_view name);

}  // namespace mainstay
