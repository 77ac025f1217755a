#include "ingest/driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "graph/values/redaction.h"
#include "ingest/classify.h"
#include "ingest/kept_tree.h"
#include "ingest/memo.h"
#include "ingest/merge.h"
#include "ingest/source/file_name.h"
#include "ingest/source/parallel.h"

namespace mainstay {
namespace {

/// Files that are read together, and by what.
struct Work {
  const Ingester* format = nullptr;
  std::vector<std::string> names;
  std::uint64_t octets = 0;
};

/// What an exception says, fit to be shown: its text may quote the input.
std::string shown(const std::exception& thrown) { return redacted(std::string_view(thrown.what()).substr(0, 200)); }

/// What stands for something else in a template is no error of whoever wrote it, and leaves nothing unread that could be read.
void soften_in_templates(std::vector<Diagnostic>& problems) {
  for (Diagnostic& one : problems) {
    if (one.severity != DiagnosticSeverity::error || !is_template_name(one.where.file)) continue;
    one.severity = DiagnosticSeverity::warning;
    if (one.hint.empty()) one.hint = "a template engine fills the file in; scan what it makes to be sure";
  }
}

class Driver {
 public:
  Driver(const FileTree& tree, const Catalogue& catalogue, const IngestOptions& options)
      : tree_(tree),
        catalogue_(catalogue),
        options_(options),
        kept_(tree, options.kept_octets),
        unchanged_(options.known, tree, kept_),
        pile_(options.max_diagnostics) {
    if (options.remember != nullptr) options.remember->begin(tree);
  }

  IngestResult run();

 private:
  void classify_all();
  void gather_all();
  void gather(const Ingester& format, std::vector<std::string> names);
  void read_all();
  UnitResult read_unit(const Work& work, const SourceTree& tree) const;
  UnitResult result_of(const Work& work);
  void merge(const Work& work, UnitResult result);
  void account(IngestResult& result);
  void complain_of_files();
  void advance(std::size_t files);
  SourceEntry* entry(std::string_view name);
  Classified classified(std::size_t at);

  const FileTree& tree_;
  const Catalogue& catalogue_;
  const IngestOptions& options_;
  KeptTree kept_;
  Unchanged unchanged_;
  DiagnosticPile pile_;
  std::vector<SourceEntry> entries_;  // as tree_.files()
  std::vector<Work> work_;
  std::vector<Fact> facts_;
  std::mutex memo_mutex_;
  std::mutex progress_mutex_;
  std::size_t done_ = 0;
};

IngestResult Driver::run() {
  classify_all();
  gather_all();
  read_all();
  IngestResult result;
  account(result);
  return result;
}

void Driver::advance(std::size_t files) {
  if (!options_.progress || files == 0) return;
  const std::lock_guard lock(progress_mutex_);
  done_ = std::min(done_ + files, entries_.size());  // a file that several units read is done once
  options_.progress(done_, entries_.size());
}

SourceEntry* Driver::entry(std::string_view name) {
  const TreeFile* file = tree_.find(name);
  return file == nullptr ? nullptr : &entries_[static_cast<std::size_t>(file - tree_.files().data())];
}

Classified Driver::classified(std::size_t at) {
  const TreeFile& file = tree_.files()[at];
  if (!file.target.empty()) {
    Classified found = classify(tree_, at, options_, kept_);
    if (found.format != nullptr) return found;
    // What else there is to say of the content is said of the file that the link leads to.
    return {.state = SourceState::skipped, .cause = file.cause, .reason = file.reason, .broken = std::move(found.broken)};
  }
  if (file.reason.empty()) {
    const Classified* same = unchanged_.classified(file);
    return same != nullptr ? *same : classify(tree_, at, options_, kept_);
  }
  const bool is_failed = file.cause == SourceCause::unreadable;
  return {.state = is_failed ? SourceState::failed : SourceState::skipped, .cause = file.cause, .reason = file.reason};
}

void Driver::classify_all() {
  const std::vector<TreeFile>& files = tree_.files();
  entries_.resize(files.size());
  std::mutex mutex;
  in_parallel(options_.jobs, files.size(), [&](std::size_t at) {
    SourceEntry& entry = entries_[at];
    Classified found = classified(at);
    if (options_.remember != nullptr) options_.remember->remember(at, found);
    entry.file = files[at].name;
    entry.state = found.state;
    entry.cause = found.cause;
    entry.reason = std::move(found.reason);
    entry.octets = found.octets;
    if (found.format != nullptr) entry.format = found.format->name;
    if (!found.broken.empty()) {
      const std::lock_guard lock(mutex);
      pile_.add({{.file = entry.file},
                 DiagnosticSeverity::error,
                 "a format failed while it looked at the file: " + found.broken,
                 "this is a fault of the program; the other formats were asked"});
    }
    if (entry.state != SourceState::read) advance(1);
  });
}

void Driver::gather_all() {
  std::map<std::string_view, std::vector<std::string>> claimed;
  for (const SourceEntry& entry : entries_) {
    if (entry.state == SourceState::read) claimed[entry.format].push_back(entry.file);
  }
  for (const Ingester* format : options_.formats) {
    const auto names = claimed.find(format->name);
    if (names != claimed.end()) gather(*format, std::move(names->second));
  }
  // The longest units first, so that no thread is left alone with one at the end.
  std::stable_sort(work_.begin(), work_.end(), [](const Work& one, const Work& other) { return one.octets > other.octets; });
}

void Driver::gather(const Ingester& format, std::vector<std::string> names) {
  std::vector<std::vector<std::string>> units;
  if (format.gather == nullptr) {
    for (std::string& name : names) units.push_back({std::move(name)});
  } else {
    try {
      units = format.gather(kept_, names);
    } catch (const std::exception& thrown) {
      pile_.add({{.file = names.front()},
                 DiagnosticSeverity::error,
                 fmt::format("the {} format gave up while it sorted its files: {}", format.name, shown(thrown)),
                 "this is a fault of the program; its files were read one by one"});
      for (const std::string& name : names) units.push_back({name});
    }
    // Until a unit is seen to hold it, a claimed file is read by nobody.
    for (const std::string& name : names) {
      SourceEntry& claimed = *entry(name);
      claimed.state = SourceState::not_ours;
      claimed.cause = SourceCause::not_claimed;
      claimed.reason = "no unit of its format needs it";
    }
  }
  for (std::vector<std::string>& unit : units) {
    if (unit.empty()) continue;
    Work work{.format = &format, .names = std::move(unit)};
    for (const std::string& name : work.names) {
      if (const SourceEntry* source = entry(name)) work.octets += source->octets;
    }
    work_.push_back(std::move(work));
  }
}

UnitResult Driver::result_of(const Work& work) {
  if (const UnitResult* same = unchanged_.unit(*work.format, work.names)) return *same;
  if (options_.remember == nullptr) return read_unit(work, kept_);
  AskedTree asked(kept_);
  UnitResult result = read_unit(work, asked);
  if (!asked.has_failed() && result.failure.empty()) {
    const std::lock_guard lock(memo_mutex_);
    options_.remember->remember(*work.format, work.names, std::move(asked.questions()), result);
  }
  return result;
}

UnitResult Driver::read_unit(const Work& work, const SourceTree& tree) const {
  UnitResult result;
  try {
    Unit unit(tree, catalogue_, tree.home(work.names.front()), work.names);
    std::string failure;
    try {
      work.format->read(unit);
    } catch (const std::exception& thrown) {
      failure = shown(thrown);
      result.failure = "the reader of its format gave up";
    }
    result.facts = std::move(unit.facts());
    result.problems = unit.problems().all();
    soften_in_templates(result.problems);
    result.problems_dropped = unit.problems().dropped();
    for (std::size_t at = work.names.size(); at < unit.sources().size(); ++at) result.included.push_back(unit.sources()[at]->name());
    if (!result.failure.empty()) {
      result.problems.push_back({{.file = work.names.front()},
                                 DiagnosticSeverity::error,
                                 fmt::format("the reader of the {} format gave up: {}", work.format->name, failure),
                                 "this is a fault of the program; the other files are not affected"});
    }
  } catch (const std::exception& thrown) {
    result.failure = "its unit cannot be read: " + shown(thrown);
    result.problems.push_back(
        {{.file = work.names.front()}, DiagnosticSeverity::error, result.failure, "the other files are not affected"});
  }
  return result;
}

void Driver::read_all() {
  std::vector<std::optional<UnitResult>> results(work_.size());
  std::size_t next = 0;
  std::mutex mutex;
  in_parallel(options_.jobs, work_.size(), [&](std::size_t at) {
    UnitResult result = result_of(work_[at]);
    advance(work_[at].names.size());
    const std::lock_guard lock(mutex);
    results[at] = std::move(result);
    // Merged in the order of the work, whoever is done first.
    for (; next < results.size() && results[next]; ++next) {
      merge(work_[next], *std::move(results[next]));
      results[next].reset();
    }
  });
}

void Driver::merge(const Work& work, UnitResult result) {
  std::move(result.facts.begin(), result.facts.end(), std::back_inserter(facts_));
  for (Diagnostic& problem : result.problems) pile_.add(std::move(problem));
  pile_.count_dropped(result.problems_dropped);
  const auto state_of = [&](SourceEntry* source) {
    if (source == nullptr || source->state == SourceState::failed) return;
    // A file that several units read keeps the format that claimed it, else the first one that asked for it.
    if (source->format.empty()) source->format = work.format->name;
    source->state = result.failure.empty() ? SourceState::read : SourceState::failed;
    source->cause = result.failure.empty() ? SourceCause::none : SourceCause::reader_failed;
    source->reason = result.failure;
  };
  const auto state = [&](const std::string& name) {
    state_of(entry(name));
    // What a link leads to was read as well, unless a unit of its own tells of it.
    const std::optional<std::size_t> content = kept_.position(name);
    if (content && entries_[*content].state == SourceState::not_ours) state_of(&entries_[*content]);
  };
  for (const std::string& name : work.names) state(name);
  result.failure.clear();  // an included file is not at fault
  for (const std::string& name : result.included) state(name);
}

void Driver::complain_of_files() {
  for (const auto& [name, reason] : kept_.failures()) {
    SourceEntry& source = *entry(name);
    if (source.state == SourceState::skipped) continue;  // its own reason is the better one
    source.state = SourceState::failed;
    source.cause = SourceCause::unreadable;
    source.reason = reason;
  }
  for (std::size_t at = 0; at < entries_.size(); ++at) {
    const SourceEntry& source = entries_[at];
    const bool is_known = source.state != SourceState::failed || !source.format.empty();
    if (!is_known) {
      const std::string_view what = source.file.ends_with('/') ? "folder" : "file";
      pile_.add({{.file = source.file}, DiagnosticSeverity::error, fmt::format("the {} cannot be read: {}", what, source.reason), ""});
    } else if (source.octets > tree_.options().max_octets) {
      pile_.add({{.file = source.file},
                 DiagnosticSeverity::warning,
                 fmt::format("the file is skipped: it has {} octets and is {}", source.octets, source.reason),
                 "raise the limit to have it read"});
    }
  }
}

void Driver::account(IngestResult& result) {
  for (const Diagnostic& problem : tree_.problems()) pile_.add(problem);
  complain_of_files();
  facts_.insert(facts_.end(), options_.extra.begin(), options_.extra.end());
  std::vector<Fact> scopes = kept_.named_scopes();
  std::move(scopes.begin(), scopes.end(), std::back_inserter(facts_));
  normalise(facts_);
  std::map<std::string, FileCounts, std::less<>> counts;
  count_facts(facts_, counts);
  pile_.count(counts);
  for (SourceEntry& source : entries_) {
    const auto found = counts.find(source.file);
    if (found == counts.end()) continue;
    source.facts = found->second.facts;
    source.errors = found->second.errors;
    source.warnings = found->second.warnings;
    if (source.state == SourceState::read && source.errors > 0) source.cause = SourceCause::read_in_part;
  }
  result.facts = std::move(facts_);
  result.sources = std::move(entries_);
  result.diagnostics_dropped = pile_.dropped();
  result.diagnostics = pile_.take();
}

}  // namespace

IngestResult ingest_tree(const FileTree& tree, const Catalogue& catalogue, const IngestOptions& options) {
  return Driver(tree, catalogue, options).run();
}

}  // namespace mainstay
