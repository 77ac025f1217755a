#include "ingest/source/walk.h"

#include <dirent.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "ingest/source/file_name.h"
#include "ingest/source/ignore_stack.h"
#include "ingest/source/open_folder.h"
#include "ingest/source/parallel.h"

namespace mainstay {
namespace {

/// A folder that waits to be looked into.
struct Folder {
  std::uint32_t root = 0;
  std::string path;  // on disk, below the root; "" is the root
  std::string name;  // with its final slash, or ""
  std::uint32_t depth = 0;
  const IgnoreLevel* rules = nullptr;
};

/// The name of a folder as it is listed.
std::string shown_folder(const Folder& folder) { return folder.name.empty() ? "./" : folder.name; }

std::string joined(const std::string& folder, const std::string& base) { return folder.empty() ? base : folder + "/" + base; }

std::string_view special_reason(unsigned char type) {
  switch (type) {
    case DT_FIFO: return "a FIFO";
    case DT_SOCK: return "a socket";
    case DT_CHR:
    case DT_BLK: return "a device";
    default: return "neither a file nor a folder";
  }
}

class Walker {
 public:
  Walker(const std::vector<Root>& roots, const TreeOptions& options, unsigned jobs) : roots_(roots), options_(options), jobs_(jobs) {}

  /// Nothing when there are more files than allowed and several threads met them, so that which ones is a matter of chance.
  std::optional<Walked> run();

 private:
  void work(Walked& found);
  void visit(const Folder& folder, Walked& found);
  void look_into(const Folder& folder, OpenFolder& open, Walked& found);
  void meet(const Folder& folder, const FolderEntry& entry, const OpenFolder& open, Walked& found);
  void meet_folder(const Folder& folder, Folder inner, Walked& found);
  bool is_other_root(const Folder& folder, const std::string& path, Walked& found, bool is_folder);
  void leave_out(const Folder& folder, Walked& found);
  static void fail(const Folder& folder, int error, Walked& found);
  bool is_full() const { return met_ >= options_.max_files; }

  const std::vector<Root>& roots_;
  const TreeOptions& options_;
  unsigned jobs_;
  std::atomic<std::size_t> met_ = 0;
  std::atomic<bool> is_given_up_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Folder> waiting_;  // the last one is next: depth first keeps it short
  std::size_t busy_ = 0;
  std::deque<IgnoreLevel> levels_;
};

std::optional<Walked> Walker::run() {
  Walked all;
  for (std::size_t at = roots_.size(); at-- > 0;) {
    const Root& root = roots_[at];
    if (root.file.empty()) {
      waiting_.push_back({.root = static_cast<std::uint32_t>(at), .name = root.name.empty() ? std::string() : root.name + "/"});
    } else {
      all.files.push_back({.name = root.name, .path = root.file, .root = static_cast<std::uint32_t>(at)});
    }
  }
  met_ = all.files.size();
  std::vector<Walked> found(jobs_);
  on_threads(jobs_, [&](unsigned number) { work(found[number]); });
  if (is_given_up_) return std::nullopt;
  for (Walked& one : found) {
    std::move(one.files.begin(), one.files.end(), std::back_inserter(all.files));
    std::move(one.problems.begin(), one.problems.end(), std::back_inserter(all.problems));
  }
  std::sort(all.files.begin(), all.files.end(), [](const TreeFile& one, const TreeFile& other) { return one.name < other.name; });
  std::sort(all.problems.begin(), all.problems.end());
  return all;
}

void Walker::work(Walked& found) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return !waiting_.empty() || busy_ == 0; });
    if (waiting_.empty()) return;
    const Folder folder = std::move(waiting_.back());
    waiting_.pop_back();
    ++busy_;
    lock.unlock();
    visit(folder, found);
    lock.lock();
    --busy_;
    if (busy_ == 0) changed_.notify_all();
  }
}

void Walker::visit(const Folder& folder, Walked& found) {
  if (is_full() && jobs_ > 1) {
    is_given_up_ = true;
    return;
  }
  if (is_full()) return leave_out(folder, found);
  const Root& root = roots_[folder.root];
  const std::unique_ptr<OpenFolder> open =
      root.stored ? stored_folder(*root.stored, folder.path) : open_folder(root.folder.number(), folder.path);
  if (!open) return fail(folder, errno, found);
  look_into(folder, *open, found);
}

void Walker::fail(const Folder& folder, int error, Walked& found) {
  found.files.push_back({.name = shown_folder(folder), .root = folder.root, .cause = SourceCause::unreadable, .reason = reason_of(error)});
}

void Walker::look_into(const Folder& folder, OpenFolder& open, Walked& found) {
  const FolderListing listing = open.list(options_.max_files);
  Folder inside = folder;
  const auto holds = [&](const char* base) {
    return std::binary_search(listing.entries.begin(), listing.entries.end(), FolderEntry{.base = base});
  };
  if (holds(".gitignore") || holds(".mainstayignore")) {
    IgnoreLevel level = read_ignore_level(open, folder.name, folder.path, folder.rules, found.problems);
    const std::lock_guard lock(mutex_);
    inside.rules = &levels_.emplace_back(std::move(level));
  }
  for (const FolderEntry& entry : listing.entries) {
    if (is_full()) {
      if (jobs_ == 1) leave_out(folder, found);
      is_given_up_ = jobs_ > 1;
      return;
    }
    meet(inside, entry, open, found);
  }
  if (listing.has_more) leave_out(folder, found);
  if (listing.error != 0) fail(folder, listing.error, found);
}

void Walker::meet(const Folder& folder, const FolderEntry& entry, const OpenFolder& open, Walked& found) {
  const unsigned char type = entry.type;
  const bool is_folder = type == DT_DIR;
  Folder inner{.root = folder.root, .path = joined(folder.path, entry.base), .depth = folder.depth + 1, .rules = folder.rules};
  inner.name = folder.name + shown_component(entry.base) + (is_folder ? "/" : "");
  if (is_other_root(folder, inner.path, found, is_folder)) return;
  TreeFile file{.name = inner.name, .root = folder.root};
  const std::size_t prefix = roots_[folder.root].name.empty() ? 0 : roots_[folder.root].name.size() + 1;
  if (std::string_view(file.name).substr(prefix) != inner.path && !is_folder) file.path = inner.path;
  if (is_folder && entry.base == ".git") {
    file.cause = SourceCause::ignored;
    file.reason = "version control data";
  } else if (std::optional<std::string> rule = ignoring_rule(folder.rules, inner.path, is_folder)) {
    file.cause = SourceCause::ignored;
    file.reason = "ignored by " + *std::move(rule);
  } else if (is_folder) {
    return meet_folder(folder, std::move(inner), found);
  } else if (type == DT_LNK) {
    file.target = open.link_target(entry.base);
    file.cause = SourceCause::not_a_file;
    file.reason = "symbolic link to " + shown_component(file.target);
  } else if (type == DT_UNKNOWN) {
    file.cause = SourceCause::unreadable;
    file.reason = reason_of(ENOENT);
  } else if (type != DT_REG) {
    file.cause = SourceCause::not_a_file;
    file.reason = special_reason(type);
  }
  ++met_;
  found.files.push_back(std::move(file));
}

void Walker::meet_folder(const Folder& folder, Folder inner, Walked& found) {
  if (folder.depth >= options_.max_depth) {
    std::string reason = fmt::format("more than {} folders inside each other", options_.max_depth);
    found.problems.push_back({{.file = inner.name}, DiagnosticSeverity::warning, reason, "nothing below this folder was looked at"});
    found.files.push_back(
        {.name = std::move(inner.name), .root = folder.root, .cause = SourceCause::over_limit, .reason = std::move(reason)});
    return;
  }
  ++met_;
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(inner));
  changed_.notify_one();
}

bool Walker::is_other_root(const Folder& folder, const std::string& path, Walked& found, bool is_folder) {
  const Root& root = roots_[folder.root];
  const auto at = std::find(root.nested.begin(), root.nested.end(), path);
  if (at == root.nested.end()) return false;
  const std::string& other = root.nested_names[static_cast<std::size_t>(at - root.nested.begin())];
  const std::string name = root.name + "/" + path;
  if (name != other) {
    found.files.push_back(
        {.name = name + (is_folder ? "/" : ""), .root = folder.root, .cause = SourceCause::not_a_file, .reason = "scanned as " + other});
  }
  return true;
}

void Walker::leave_out(const Folder& folder, Walked& found) {
  const std::string name = shown_folder(folder);
  std::string reason = fmt::format("the scan stops at {} files and folders", options_.max_files);
  found.problems.push_back({{.file = name}, DiagnosticSeverity::warning, reason, "this folder was not looked at, or not to its end"});
  found.files.push_back({.name = name, .root = folder.root, .cause = SourceCause::over_limit, .reason = std::move(reason)});
}

}  // namespace

Walked walk(const std::vector<Root>& roots, const TreeOptions& options) {
  if (const unsigned jobs = threads_for(options.jobs); jobs > 1) {
    if (std::optional<Walked> walked = Walker(roots, options, jobs).run()) return *std::move(walked);
  }
  // One thread goes in a fixed order, so that a limit cuts at the same place every time.
  return *Walker(roots, options, 1).run();
}

}  // namespace mainstay
