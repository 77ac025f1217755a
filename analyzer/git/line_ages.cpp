#include "analyzer/git/line_ages.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>

#include "analyzer/git/git.h"
#include "ingest/source/file_tree.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostFiles = 50;
constexpr std::size_t kMostLines = 500;  // of a file
constexpr std::chrono::milliseconds kMostOfFile{5'000}, kMostOfAll{20'000};
constexpr std::size_t kShownId = 10;

/// The folder that git runs in, and the name of the file below it.
struct Whereabouts {
  std::string folder, name;
};

std::optional<Whereabouts> whereabouts(const std::string& file, const std::vector<std::string>& roots,
                                       const std::vector<std::string>& folders) {
  for (std::size_t at = 0; at < roots.size() && at < folders.size(); ++at) {
    std::error_code error;
    if (!std::filesystem::is_directory(folders[at], error)) continue;
    if (roots[at].empty()) return Whereabouts{folders[at], file};
    const std::string front = roots[at].ends_with('/') ? roots[at] : roots[at] + "/";
    if (file.starts_with(front)) return Whereabouts{folders[at], file.substr(front.size())};
  }
  return std::nullopt;
}

/// Nothing that the repository's settings name is run: no monitor of files, no filter, no conversion to text.
std::vector<std::string> quiet(std::vector<std::string> command) {
  std::vector<std::string> words = {"-c", "core.fsmonitor=false", "-c", "blame.ignoreRevsFile=", "-c", "core.hooksPath=/dev/null"};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : 0;
}

/// What `git blame --porcelain` prints. The ends of a shallow history changed nothing: they are only where it begins.
void take_blame(std::string_view text, const std::string& file, LineAges& ages) {
  struct Commit {
    std::int64_t time = 0;
    bool is_boundary = false;
  };
  std::map<std::string, Commit, std::less<>> commits;
  std::string id;
  std::uint32_t line = 0;
  while (!text.empty()) {
    const std::string_view row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(row.size() + 1, text.size()));
    if (row.starts_with('\t')) {
      const Commit& commit = commits[id];
      if (commit.time > 0 && line > 0 && !commit.is_boundary) ages.add(file, line, {commit.time, id.substr(0, kShownId)});
    } else if (row.starts_with("committer-time ")) {
      commits[id].time = number(row.substr(15));
    } else if (row == "boundary") {
      commits[id].is_boundary = true;
    } else if (const std::size_t blank = row.find(' ');
               blank >= 40 && blank != row.npos && row.find_first_not_of("0123456789abcdef") == blank) {
      id = row.substr(0, blank);
      const std::string_view numbers = row.substr(blank + 1);  // the line then, the line now, and perhaps how many
      const std::string_view now = numbers.substr(std::min(numbers.find(' ') + 1, numbers.size()));
      line = static_cast<std::uint32_t>(number(now.substr(0, now.find(' '))));
    }
  }
}

/// True when the repository keeps only the last part of its history, so that a first commit may be none.
bool is_shallow(const Git& git, std::chrono::milliseconds limit) {
  const Result<std::string> said = git.text(quiet({"rev-parse", "--is-shallow-repository"}), 64, limit);
  return !said || !said->starts_with("false");
}

}  // namespace

LineAges line_ages(const FileTree& tree, const std::vector<std::string>& folders, const std::vector<Place>& places) {
  using Clock = std::chrono::steady_clock;
  LineAges ages;
  std::map<std::string, std::set<std::uint32_t>> wanted;
  for (const Place& place : places) wanted[place.file].insert(place.line);
  const std::vector<std::string> roots = tree.names_of_roots();
  const Clock::time_point end = Clock::now() + kMostOfAll;
  std::size_t files = 0;
  for (const auto& [file, lines] : wanted) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (++files > kMostFiles || left.count() <= 0) break;
    const std::optional<Whereabouts> where = whereabouts(file, roots, folders);
    const Result<std::string> bytes = where ? tree.read(file) : Result<std::string>(Error{""});
    if (!bytes) continue;
    const Git git(where->folder);
    const std::chrono::milliseconds limit = std::min(left, kMostOfFile);
    const Result<std::string> kept = git.text(quiet({"cat-file", "blob", "HEAD:./" + where->name}), bytes->size(), limit);
    if (!kept || *kept != *bytes) continue;
    std::vector<std::string> command = {"blame", "--porcelain", "--no-textconv"};
    if (!is_shallow(git, limit)) command.emplace_back("--root");  // the first commit is no boundary then
    std::size_t count = 0;
    for (const std::uint32_t line : lines) {
      if (++count <= kMostLines) command.push_back(fmt::format("-L{},{}", line, line));
    }
    command.insert(command.end(), {"HEAD", "--", where->name});
    constexpr std::size_t kMostPrinted = std::size_t{16} << 20;
    if (const Result<std::string> blame = git.text(quiet(std::move(command)), kMostPrinted, limit)) take_blame(*blame, file, ages);
  }
  return ages;
}

}  // namespace mainstay
