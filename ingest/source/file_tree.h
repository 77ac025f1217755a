// FileTree: the files of one or several folders on disk, as ingesters see them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/scopes.h"
#include "ingest/source/unit.h"
#include "ingest/source/walk.h"

namespace mainstay {

/// A scanned tree: what the walk met, in a fixed order, and the bytes of its files.
/// Names:  one folder given: relative to it. A file, or several paths: each below its own name as it was given; see root_names().
///         A name that is not valid UTF-8 is escaped; see shown_component().
/// Links:  never followed by the walk and listed as links. A link whose target is a file of the tree can be read and gives that file's
///         bytes under its own name; an absolute target is looked for in the file system of the host that the link belongs to. A link to
///         a folder, out of the tree, to nothing, to something ignored or around in a circle stays a link.
///         The paths that were given may themselves be links.
class FileTree final : public SourceTree {
 public:
  /// Errors: a path that is not there or cannot be opened. A path given twice counts once.
  static Result<FileTree> of(const std::vector<std::string>& paths, TreeOptions options = {});
  /// A tree that lies elsewhere than on disk, named as a single folder is.
  static FileTree of_stored(std::shared_ptr<const StoredFiles> files, TreeOptions options = {});

  /// Everything that the walk met, sorted by name.
  const std::vector<TreeFile>& files() const { return files_; }
  /// What the walk has to say: limits reached, ignore files that cannot be used.
  const std::vector<Diagnostic>& problems() const { return problems_; }
  const TreeOptions& options() const { return options_; }
  /// What stands in front of the names below each path that was given, in the order given; "" for a single folder.
  std::vector<std::string> names_of_roots() const;
  const Scopes& scopes() const { return scopes_; }
  /// The file of that name, or null.
  const TreeFile* find(std::string_view name) const;
  /// What a name stands for: the file itself, or the file of the tree that a link leads to; null when there is none.
  const TreeFile* resolve(std::string_view name) const;

  /// What names the content of a file, where the tree has such names: equal ones mean equal octets. Empty on disk.
  std::string_view content_of(const TreeFile& file) const;

  /// Opens a file that the walk listed. Errors: it vanished, was replaced by something else, or may not be read.
  Result<OpenFile> open(const TreeFile& file) const;
  /// Reads an open file to its end, behind what `bytes` holds already. Errors: larger than the limit, also when it grows while it is read.
  Result<bool> read_rest(OpenFile& file, std::string& bytes) const;
  /// Why a file of that size is not read; empty when it is.
  std::string size_reason(std::uint64_t octets) const;

  std::vector<std::string> names_below(std::string_view folder) const override;
  Result<std::string> read(std::string_view name) const override;
  HomeScope home(std::string_view name) const override { return scopes_.home(name); }
  HomeScope cluster(std::string_view name) const override { return scopes_.cluster(name); }

 private:
  explicit FileTree(TreeOptions options) : options_(std::move(options)) {}
  void look_around();
  std::string target_of(const TreeFile& link) const;

  TreeOptions options_;
  std::vector<Root> roots_;
  std::vector<TreeFile> files_;
  std::vector<Diagnostic> problems_;
  Scopes scopes_;
};

}  // namespace mainstay
