#include "ingest/source/file_tree.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

#include "ingest/source/file_name.h"
#include "ingest/source/open_folder.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kMaxLocated = 0xffff'fffe;  // a Location counts octets in 32 bits

struct Free {
  void operator()(char* text) const { std::free(text); }
};

/// A path that was given, and the same without links.
struct Given {
  std::string path;
  std::string real;
  bool is_folder = false;
};

Result<Given> look_at(const std::string& path) {
  const auto why = [](int error) {
    if (error == ELOOP) return std::string("symbolic links that lead nowhere");
    return error == ENOENT || error == ENOTDIR ? std::string("no such file or folder") : reason_of(error);
  };
  const std::unique_ptr<char, Free> real(::realpath(path.c_str(), nullptr));
  if (real == nullptr) return Error{fmt::format("{}: {}", shown_component(path), why(errno))};
  struct stat state {};
  if (::stat(real.get(), &state) != 0) return Error{fmt::format("{}: {}", shown_component(path), why(errno))};
  return Given{path, real.get(), S_ISDIR(state.st_mode)};
}

/// Opens the folder of a root; a given path may be a link, so its real path is opened.
Result<Root> root_of(const Given& given) {
  Root root;
  std::string folder = given.real;
  if (!given.is_folder) {
    const std::size_t slash = given.real.rfind('/');
    root.file = given.real.substr(slash + 1);
    folder = slash == 0 ? "/" : given.real.substr(0, slash);
  }
  root.folder = Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
  if (!root.folder) return Error{fmt::format("{}: {}", shown_component(given.path), reason_of(errno))};
  return root;
}

/// Tells each root which of the others lie below it.
void nest(const std::vector<Given>& given, std::vector<Root>& roots) {
  for (std::size_t outer = 0; outer < roots.size(); ++outer) {
    if (!given[outer].is_folder) continue;
    const std::string prefix = given[outer].real == "/" ? "/" : given[outer].real + "/";
    for (std::size_t inner = 0; inner < roots.size(); ++inner) {
      if (inner == outer || !given[inner].real.starts_with(prefix)) continue;
      roots[outer].nested.push_back(given[inner].real.substr(prefix.size()));
      roots[outer].nested_names.push_back(roots[inner].name);
    }
  }
}

std::string_view path_on_disk(const TreeFile& file, const Root& root) {
  if (!file.path.empty()) return file.path;
  return std::string_view(file.name).substr(root.name.empty() ? 0 : root.name.size() + 1);
}

bool can_be_read(const TreeFile& file) { return file.reason.empty(); }

}  // namespace

Result<FileTree> FileTree::of(const std::vector<std::string>& paths, TreeOptions options) {
  options.max_octets = std::min(options.max_octets, kMaxLocated);
  FileTree tree(std::move(options));
  std::vector<Given> given;
  for (const std::string& path : paths) {
    Result<Given> one = look_at(path);
    if (!one) return Error{one.error()};
    const auto is_same = [&](const Given& other) { return other.real == one->real; };
    if (std::none_of(given.begin(), given.end(), is_same)) given.push_back(*std::move(one));
  }
  std::vector<std::string> written;
  std::vector<std::string> real;
  for (const Given& one : given) {
    written.push_back(one.path);
    real.push_back(one.real);
    Result<Root> root = root_of(one);
    if (!root) return Error{root.error()};
    tree.roots_.push_back(*std::move(root));
  }
  const std::vector<std::string> names = root_names(written, real, given.size() == 1 && given.front().is_folder);
  for (std::size_t at = 0; at < given.size(); ++at) tree.roots_[at].name = names[at];
  nest(given, tree.roots_);
  tree.look_around();
  return tree;
}

FileTree FileTree::of_stored(std::shared_ptr<const StoredFiles> files, TreeOptions options) {
  options.max_octets = std::min(options.max_octets, kMaxLocated);
  FileTree tree(std::move(options));
  tree.roots_.emplace_back().stored = std::move(files);
  tree.look_around();
  return tree;
}

void FileTree::look_around() {
  Walked walked = walk(roots_, options_);
  files_ = std::move(walked.files);
  problems_ = std::move(walked.problems);
  std::vector<std::string> present;
  for (const TreeFile& file : files_) {
    // A link at etc/resolv.conf marks a host too, wherever it leads.
    if (can_be_read(file) || !file.target.empty()) present.push_back(file.name);
  }
  scopes_ = Scopes(present);
}

std::vector<std::string> FileTree::names_of_roots() const {
  std::vector<std::string> names;
  for (const Root& root : roots_) names.push_back(root.name);
  return names;
}

const TreeFile* FileTree::find(std::string_view name) const {
  const auto at = std::lower_bound(files_.begin(), files_.end(), name,
                                   [](const TreeFile& file, std::string_view wanted) { return file.name < wanted; });
  return at == files_.end() || at->name != name ? nullptr : &*at;
}

std::string FileTree::target_of(const TreeFile& link) const {
  std::string shown = shown_path(link.target);
  const std::string& root = roots_[link.root].name;
  std::string from = link.name;
  std::string below = root.empty() ? std::string() : root + "/";
  if (shown.starts_with('/')) {
    const HomeScope home = scopes_.home(link.name);
    if (home.kind != ScopeKind::host) return {};
    below = home.folder.empty() ? std::string() : home.folder + "/";
    from = below + "link";
    shown.erase(0, shown.find_first_not_of('/'));
  }
  const Result<std::string> target = resolve_path(from, shown);
  return target && target->starts_with(below) ? *target : std::string();
}

const TreeFile* FileTree::resolve(std::string_view name) const {
  constexpr int kMaxLinks = 40;  // as many as Linux follows in one path
  const TreeFile* file = find(name);
  for (int links = 0; file != nullptr && !file->target.empty() && links < kMaxLinks; ++links) file = find(target_of(*file));
  return file != nullptr && can_be_read(*file) ? file : nullptr;
}

Result<OpenFile> FileTree::open(const TreeFile& file) const {
  if (options_.before_open) options_.before_open(file.name);
  const Root& root = roots_[file.root];
  if (root.stored) {
    const StoredFile* stored = root.stored->find(path_on_disk(file, root));
    if (stored == nullptr || stored->is_link) return Error{"not a regular file"};
    return open_stored(*root.stored, *stored);
  }
  Descriptor descriptor = open_below(root.folder.number(), path_on_disk(file, root), false);
  if (!descriptor) return Error{reason_of(errno)};
  return OpenFile::of(std::move(descriptor));
}

std::string_view FileTree::content_of(const TreeFile& file) const {
  const Root& root = roots_[file.root];
  const StoredFile* stored = root.stored ? root.stored->find(path_on_disk(file, root)) : nullptr;
  return stored == nullptr ? std::string_view() : stored->content;
}

std::string FileTree::size_reason(std::uint64_t octets) const {
  if (octets <= options_.max_octets) return {};
  return fmt::format("larger than the limit of {} octets", options_.max_octets);
}

Result<bool> FileTree::read_rest(OpenFile& file, std::string& bytes) const {
  if (const std::string reason = size_reason(file.octets()); !reason.empty()) return Error{reason};
  const Result<bool> filled = file.fill(bytes, static_cast<std::size_t>(options_.max_octets) + 1);
  if (!filled) return Error{filled.error()};
  if (std::string reason = size_reason(bytes.size()); !reason.empty()) return Error{"it grew while it was read and is " + reason};
  return true;
}

std::vector<std::string> FileTree::names_below(std::string_view folder) const {
  std::vector<std::string> names;
  const std::string prefix = folder.empty() ? std::string() : std::string(folder) + "/";
  auto at = std::lower_bound(files_.begin(), files_.end(), prefix,
                             [](const TreeFile& file, const std::string& wanted) { return file.name < wanted; });
  for (; at != files_.end() && at->name.starts_with(prefix); ++at) {
    if (can_be_read(*at) || (!at->target.empty() && resolve(at->name) != nullptr)) names.push_back(at->name);
  }
  return names;
}

Result<std::string> FileTree::read(std::string_view name) const {
  const TreeFile* file = resolve(name);
  if (file == nullptr) {
    const TreeFile* listed = find(name);
    return Error{listed == nullptr ? "no such file in the scanned tree" : "it is not read: " + listed->reason};
  }
  Result<OpenFile> open = this->open(*file);
  if (!open) return Error{open.error()};
  std::string bytes;
  if (const Result<bool> whole = read_rest(*open, bytes); !whole) return Error{whole.error()};
  return bytes;
}

}  // namespace mainstay
