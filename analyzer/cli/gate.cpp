#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <system_error>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/gate/sign_in_changes.h"
#include "analyzer/gate/verdict.h"
#include "analyzer/git/revision.h"
#include "analyzer/policy/days.h"
#include "analyzer/report/gate_screen.h"
#include "analyzer/report/make_report.h"
#include "render/escape.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

/// One of the two states, read.
struct State {
  Revision revision;
  HeadFiles files;
  std::unique_ptr<Loaded> loaded;
};

Result<State> read_state(const Git& git, const std::string& name, const std::string& commit, const std::string& folder, const Input& input,
                         const Session& session) {
  Result<Revision> revision = revision_of(git, name, commit);
  if (!revision) return Error{revision.error()};
  std::error_code failed;
  if (!std::filesystem::create_directory(folder, failed)) return Error{folder + " cannot be made"};
  Result<std::map<std::string, std::string>> unwritten = write_files(git, *revision, folder);
  if (!unwritten) return Error{unwritten.error()};
  Input here = input;
  here.paths = {folder};
  Result<std::unique_ptr<Loaded>> loaded = here.load(session);
  if (!loaded) return Error{loaded.error()};
  fill_report(*(*loaded)->analysis, (*loaded)->report);
  HeadFiles files{.there = {}, .unwritten = *std::move(unwritten)};
  for (const auto& [path, file] : revision->files) files.there.insert(path);
  return State{*std::move(revision), std::move(files), *std::move(loaded)};
}

/// Pointers of Git LFS stand for content that is elsewhere.
void note_lfs_pointers(const std::vector<std::string>& changed, State& head) {
  constexpr std::uint64_t kLargest = 1024;
  for (const std::string& path : changed) {
    const auto file = head.revision.files.find(path);
    if (file == head.revision.files.end() || file->second.octets > kLargest) continue;
    const Result<std::string> bytes = head.loaded->tree->read(path);
    if (bytes && bytes->starts_with("version https://git-lfs.github.com/spec/"))
      head.files.unwritten[path] = "its content is kept in Git LFS";
  }
}

std::string in_words(const GateThreshold& threshold) {
  if (!threshold.least) return "asked for";
  return fmt::format("{}at or above {}", threshold.only_new ? "new or worse " : "", word(*threshold.least));
}

bool read_nothing(const Report& report) {
  const auto is_read = [](const SourceEntry& one) { return one.state == SourceState::read; };
  return std::none_of(report.sources.begin(), report.sources.end(), is_read);
}

}  // namespace

void GateCommand::describe(CLI::App& command) {
  command.add_option("PATH", folder, "the folder to judge, inside a git repository")->capture_default_str();
  command.add_option("--base", base, "the revision before the change");
  command.add_option("--head", head, "the revision with the change; the work tree is not looked at")->capture_default_str();
  command.add_flag("--merge-base", from_merge_base, "compare with the best common ancestor of both, not with --base itself");
  command.add_option("--fail-on", fail_on, "new:SEVERITY, any:SEVERITY or none; new:high when the settings do not say")
      ->check(CLI::IsMember(words_of(SettingKind::gate)));
  command.add_option("--config", config, "settings, in place of the .mainstay.toml of the head");
  command.add_flag("--strict", strict, "anything in the head that could not be read counts, also when the change did not touch it");
  command.add_option("--format", format, "what to print")->check(CLI::IsMember({"terminal", "json"}))->capture_default_str();
  command.add_option("-o,--output", output, "write to a file instead of standard output");
  command.add_flag("--schema", schema, "print the JSON Schema of --format json and do nothing else");
  input.describe(command, false);
}

Result<GateReport> GateCommand::judge(const Session& session) const {
  if (base.empty()) return Error{"--base is required: the revision before the change"};
  const Git git(folder);
  const Result<std::string> head_commit = commit_of(git, head);
  if (!head_commit) return Error{head_commit.error()};
  Result<std::string> base_commit = commit_of(git, base);
  if (base_commit && from_merge_base) base_commit = merge_base(git, *base_commit, *head_commit);
  if (!base_commit) return Error{base_commit.error()};
  const Result<PrivateFolder> place = PrivateFolder::make();
  if (!place) return Error{place.error()};
  Result<State> before = read_state(git, base, *base_commit, place->path() + "/base", input, session);
  if (!before) return Error{before.error()};
  Result<State> after = read_state(git, head, *head_commit, place->path() + "/head", input, session);
  if (!after) return Error{after.error()};

  Report& old_report = before->loaded->report;
  Report& new_report = after->loaded->report;
  const Result<Policy> policy = read_policy(&*after->loaded->tree, config, new_report);
  if (!policy) return Error{policy.error()};
  Result<Policy> old_policy = read_policy(&*before->loaded->tree, config, old_report);
  if (!old_policy) return Error{old_policy.error()};
  old_policy->settings = policy->settings;  // one measure for both
  const std::string today = day_of(session.now);
  apply_policy(*old_policy, today, old_report);
  apply_policy(*policy, today, new_report);

  const SettingValue* set = policy->settings.find("gate.fail-on");
  std::optional<GateThreshold> threshold = GateThreshold::parse(!fail_on.empty() ? fail_on : set != nullptr ? set->value : "new:high");
  GateReport out{.base = base, .base_commit = *base_commit, .head = head, .head_commit = *head_commit};
  out.changed = changed_paths(before->revision, after->revision);
  const SignInChanges changes = sign_in_changes(*before->loaded->analysis, *after->loaded->analysis);
  out.words = changes.words;
  out.steps = safe_order(changes, *before->loaded->analysis, *after->loaded->analysis);
  out.comparison = compare(old_report, new_report);
  out.locked_out = locked_out(*before->loaded->analysis, *after->loaded->analysis);
  out.counted = counted_findings(out.comparison, new_report, *threshold).size() + (threshold->least ? out.locked_out.size() : 0);
  out.threshold = in_words(*threshold);
  note_lfs_pointers(out.changed, *after);
  out.not_evaluated = not_evaluated(out.changed, after->files, old_report, new_report);
  if (read_nothing(new_report)) out.not_evaluated.push_back({folder, "no file of the head is of a format that mainstay knows"});
  if (strict && is_incomplete(new_report) && out.not_evaluated.empty())
    out.not_evaluated.push_back({folder, "something that the change did not touch could not be read (mainstay scan --errors)"});
  return out;
}

ExitStatus GateCommand::run(Session& session) const {
  if (schema) {
    session.out << gate_schema();
    return ExitStatus::clean;
  }
  const Result<GateReport> report = judge(session);
  if (!report) {
    session.err << "mainstay: " << for_terminal(report.error()) << '\n';
    return ExitStatus::usage;
  }
  const TerminalStyle style{.colour = session.colour && output.empty(), .width = output.empty() ? session.width : 0u};
  const std::string bytes = format == "json" ? gate_json(*report) : gate_screen(*report, style);
  if (output.empty()) {
    session.out << bytes;
  } else if (const Result<bool> written = write_file(output, bytes); !written) {
    session.err << "mainstay: " << for_terminal(written.error()) << '\n';
    return ExitStatus::usage;
  }
  if (report->counted > 0) return ExitStatus::findings;
  return report->not_evaluated.empty() ? ExitStatus::clean : ExitStatus::incomplete;
}

}  // namespace mainstay
