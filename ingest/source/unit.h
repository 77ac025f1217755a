// Unit: the sources that mean something together, and where an ingester puts what it understood of them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/model/catalogue.h"
#include "ingest/source/source.h"

namespace mainstay {

/// Which scope a file belongs to, by the written rules of docs/design.md ("Who uses which resolver").
/// Shape: the nearest one is given; a host inside a cluster's folder is a node of that cluster and has it as `parent`.
struct HomeScope {
  std::string id;  // "host:hosts/app", "cluster:prod", "repository:."
  ScopeKind kind = ScopeKind::repository;
  std::string name;    // "app", "prod"
  std::string folder;  // the folder that makes it so: "hosts/app"; "" for the root
  std::string parent;  // id of the scope around it; empty for the repository
};

/// The scanned tree as an ingester sees it: names relative to the root, nothing outside it, no links followed out of it.
class SourceTree {
 public:
  virtual ~SourceTree() = default;
  /// All accounted file names below `folder` ("" is the root), sorted.
  virtual std::vector<std::string> names_below(std::string_view folder) const = 0;
  /// The bytes of one file. Errors: not in the tree, too large, not readable. Safe to call from several threads.
  virtual Result<std::string> read(std::string_view name) const = 0;
  /// The host or compose project that holds `name` most closely, else the repository; see scopes.h. Never a cluster.
  virtual HomeScope home(std::string_view name) const = 0;
  /// The cluster that a manifest of that name belongs to: the folder below the nearest `clusters/`, else "cluster:default".
  virtual HomeScope cluster(std::string_view name) const = 0;
};

/// Joins a path written inside `from` (a file name in the tree) with that file's folder, and normalises "." and "..".
/// Errors: an absolute path, or one that leaves the root.
Result<std::string> resolve_path(std::string_view from, std::string_view written);

/// One unit of work: the files, the tree behind them, and the results. Lives in one thread.
class Unit {
 public:
  Unit(const SourceTree& tree, const Catalogue& catalogue, HomeScope home, std::vector<std::string> names);

  /// The unit's files as they were read, in the order of their names; the first is the one that made it a unit.
  const std::vector<std::unique_ptr<Source>>& sources() const { return sources_; }
  const Source& source(SourceId id = SourceId{}) const { return *sources_[static_cast<std::size_t>(id)]; }
  SourceId id_of(const Source& source) const;

  /// One more file, for includes; the same file is read once. Errors become a diagnostic at `asked_from`, and the answer is null.
  const Source* include(std::string_view name, Location asked_from);

  const SourceTree& tree() const { return tree_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const HomeScope& home() const { return home_; }

  /// Evidence that something is declared at that place of one of the unit's sources.
  Evidence declared(Location where) const;

  void add(Fact fact) { facts_.push_back(std::move(fact)); }
  void error(Location where, std::string message, std::string hint = {});
  void warning(Location where, std::string message, std::string hint = {});
  void note(Location where, std::string message, std::string hint = {});

  std::vector<Fact>& facts() { return facts_; }
  Diagnostics& problems() { return problems_; }

 private:
  const SourceTree& tree_;
  const Catalogue& catalogue_;
  HomeScope home_;
  std::vector<std::unique_ptr<Source>> sources_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::vector<Fact> facts_;
  Diagnostics problems_;
};

}  // namespace mainstay
