#include "analyzer/cli/gate_states.h"

#include <algorithm>
#include <utility>

#include "analyzer/git/revision_files.h"
#include "analyzer/report/make_report.h"
#include "ingest/memo.h"
#include "ingest/source/file_name.h"

namespace mainstay {
namespace {

struct Commits {
  std::string base;
  std::string head;
};

Result<Commits> commits_of(const Git& git, const GateQuestion& question) {
  const Result<std::string> head = commit_of(git, question.head);
  if (!head) return Error{head.error()};
  Result<std::string> base = commit_of(git, question.base);
  if (base && question.from_merge_base) base = merge_base(git, *base, *head);
  if (!base) return Error{base.error()};
  return Commits{*base, *head};
}

/// What is past a limit of the walk or of a file's size.
void note_limits(const Revision& revision, const FileTree& tree, HeadFiles& files) {
  for (const TreeFile& one : tree.files()) {
    if (one.cause == SourceCause::over_limit) files.left_out[one.name] = one.reason;
  }
  for (const auto& [path, file] : revision.files) {
    const std::string reason = tree.size_reason(file.octets);
    if (reason.empty()) continue;
    const TreeFile* listed = tree.find(shown_path(path));
    if (listed != nullptr && listed->reason.empty()) files.left_out[listed->name] = reason;
  }
}

Result<GateState> read_state(Revision revision, const std::shared_ptr<Objects>& objects, const Input& input, IngestOptions options,
                             Session& session) {
  const auto stored = std::make_shared<const RevisionFiles>(revision, objects);
  options.kept_octets = 0;  // the objects are kept already
  Result<std::shared_ptr<Loaded>> loaded = input.load(session, FileTree::of_stored(stored), std::move(options));
  if (!loaded) return Error{loaded.error()};
  HeadFiles files;
  for (const auto& [path, why] : stored->left_out()) files.left_out[shown_path(path)] = why;
  for (const auto& [path, file] : revision.files) files.there.insert(shown_path(path));
  note_limits(revision, *(*loaded)->tree, files);
  return GateState{std::move(revision), std::move(files), *std::move(loaded)};
}

/// Pointers of Git LFS stand for content that is elsewhere.
void note_lfs_pointers(const std::vector<std::string>& changed, GateState& head) {
  constexpr std::uint64_t kLargest = 1024;
  const FileTree& tree = *head.loaded->tree;
  for (const std::string& path : changed) {
    const TreeFile* file = tree.find(path);
    if (file == nullptr || !file->reason.empty()) continue;
    Result<OpenFile> open = tree.open(*file);
    std::string bytes;
    if (!open || open->octets() > kLargest || !open->fill(bytes, kLargest)) continue;
    if (bytes.starts_with("version https://git-lfs.github.com/spec/")) head.files.left_out[path] = "its content is kept in Git LFS";
  }
}

}  // namespace

Result<GateStates> read_states(const GateQuestion& question, const Input& input, Session& session) {
  const Git git(question.folder);
  const Result<Commits> commits = commits_of(git, question);
  if (!commits) return Error{commits.error()};
  const Result<std::string> prefix = git.text({"rev-parse", "--show-prefix"});
  if (!prefix) return Error{prefix.error()};
  Result<Revision> before = revision_of(git, question.base, commits->base);
  if (!before) return Error{before.error()};
  Result<Revision> after = revision_of(git, question.head, commits->head);
  if (!after) return Error{after.error()};
  const Result<std::shared_ptr<Objects>> objects = Objects::of(git);
  if (!objects) return Error{objects.error()};
  std::vector<std::string> changed = changed_paths(*before, *after);
  std::transform(changed.begin(), changed.end(), changed.begin(), shown_path);
  std::sort(changed.begin(), changed.end());

  IngestMemo memo;
  Result<GateState> base = read_state(*std::move(before), *objects, input, {.remember = &memo}, session);
  if (!base) return Error{base.error()};
  Result<GateState> head = read_state(*std::move(after), *objects, input, {.known = &memo}, session);
  if (!head) return Error{head.error()};
  note_lfs_pointers(changed, *head);
  Loaded& before_change = *base->loaded;
  // The settings of the head are the measure for both; without any on either side the analysis stands.
  if (!before_change.txt_names.empty() || !head->loaded->txt_names.empty()) {
    before_change.txt_names = head->loaded->txt_names;
    before_change.analysis.emplace(*before_change.estate, before_change.catalogue,
                                   AnalysisContext{session.now, before_change.txt_names, {}});
  }
  for (const GateState* one : {&*base, &*head}) fill_report(*one->loaded->analysis, one->loaded->report);
  std::string folder = prefix->substr(0, prefix->find('\n'));
  return GateStates{*std::move(base), *std::move(head), std::move(changed), std::move(folder)};
}

}  // namespace mainstay
