// IngestMemo: what one tree said, unit by unit, so that what did not change need not be read again in another one.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/classify.h"
#include "ingest/merge.h"
#include "ingest/source/file_tree.h"

namespace mainstay {

/// What a unit asked of its tree, besides nothing: its result depends on the answers and on the catalogue alone.
enum class TreeQuestion : std::uint8_t { content, names_below, home, cluster };
using TreeQuestions = std::set<std::pair<TreeQuestion, std::string>>;

/// A tree that notes what it is asked. Lives in one thread.
class AskedTree final : public SourceTree {
 public:
  explicit AskedTree(const SourceTree& tree) : tree_(tree) {}
  std::vector<std::string> names_below(std::string_view folder) const override;
  Result<std::string> read(std::string_view name) const override;
  HomeScope home(std::string_view name) const override;
  HomeScope cluster(std::string_view name) const override;

  TreeQuestions& questions() { return questions_; }
  /// True when something could not be read: whether that is so again nobody knows.
  bool has_failed() const { return has_failed_; }

 private:
  const SourceTree& tree_;
  mutable TreeQuestions questions_;
  mutable bool has_failed_ = false;
};

/// Filled by one ingestion, used by others with the same formats and catalogue. The tree that it is filled from outlives it.
/// Only trees whose files have names of their content (FileTree::content_of) can be compared; of others nothing is remembered.
class IngestMemo {
 public:
  void begin(const FileTree& tree);
  /// Each position once, from any thread.
  void remember(std::size_t position, const Classified& found);
  /// Not from several threads.
  void remember(const Ingester& format, const std::vector<std::string>& names, TreeQuestions questions, const UnitResult& result);

  struct Unit {
    TreeQuestions questions;
    UnitResult result;
  };
  const FileTree& tree() const { return *tree_; }
  /// Null when nothing is known.
  const Classified* classified(std::size_t position) const;
  const Unit* unit(const Ingester& format, const std::vector<std::string>& names) const;

 private:
  const FileTree* tree_ = nullptr;
  std::vector<std::optional<Classified>> classified_;  // as tree_->files()
  std::map<std::pair<const Ingester*, std::vector<std::string>>, Unit> units_;
};

/// What of a memo holds for another tree. May be asked from several threads.
class Unchanged {
 public:
  /// `kept` is the tree that units see: it is asked for scopes, because it takes note of them.
  Unchanged(const IngestMemo* memo, const FileTree& now, const SourceTree& kept) : memo_(memo), now_(now), kept_(kept) {}

  /// What was found of the same name with the same content; null when there was none.
  const Classified* classified(const TreeFile& file) const;
  /// The result of the same unit, when every question that it asked has the same answer now; null otherwise.
  const UnitResult* unit(const Ingester& format, const std::vector<std::string>& names) const;

 private:
  bool has_same_answer(TreeQuestion question, const std::string& about) const;
  bool has_same_content(const std::string& name) const;
  bool has_same_names(const std::string& folder) const;

  const IngestMemo* memo_;
  const FileTree& now_;
  const SourceTree& kept_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, bool, std::less<>> same_names_;  // by folder
};

}  // namespace mainstay
