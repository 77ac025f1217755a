// KeptTree: a scanned tree during one ingestion: content that was read already, and what was asked of it.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/source/file_tree.h"

namespace mainstay {

/// The tree that units see. Everything may be called from several threads.
class KeptTree final : public SourceTree {
 public:
  KeptTree(const FileTree& tree, std::uint64_t budget);

  /// The position of a file in tree().files(), links followed; nothing when it is not a file of the tree.
  std::optional<std::size_t> position(std::string_view name) const;
  /// True when that many octets may be kept; they are then taken from the budget.
  bool reserve(std::uint64_t octets);
  /// Holds the content of one file. Not called for the same file twice, nor once units are read.
  void keep(std::size_t position, std::string bytes);

  /// Why files of the tree could not be read when a unit asked for them, by name.
  std::map<std::string, std::string> failures() const;
  /// One Scope fact for each scope that was named, and for those around them, with what makes it a scope.
  std::vector<Fact> named_scopes() const;

  std::vector<std::string> names_below(std::string_view folder) const override { return tree_.names_below(folder); }
  Result<std::string> read(std::string_view name) const override;
  HomeScope home(std::string_view name) const override;
  HomeScope cluster(std::string_view name) const override;

 private:
  HomeScope named(HomeScope scope) const;
  Fact scope_fact(const HomeScope& scope) const;

  const FileTree& tree_;
  std::atomic<std::uint64_t> left_;
  std::vector<std::optional<std::string>> kept_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::string> failures_;
  mutable std::map<std::string, HomeScope> named_;  // by id
};

}  // namespace mainstay
