// Input: what every command that looks at an estate reads, and the options that choose it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/cli/arguments.h"
#include "analyzer/cli/session.h"
#include "graph/findings/report.h"
#include "graph/values/result.h"
#include "ingest/driver.h"
#include "ingest/snapshot/snapshot.h"
#include "ingest/source/file_tree.h"

namespace mainstay {

/// An estate that was read, and the analysis of it.
struct Loaded {
  Catalogue catalogue;
  Report report;                          // roots, sources, logs and diagnostics are filled in; the rest is not
  std::vector<CatalogueFile> catalogues;  // beside the shipped one
  std::vector<Fact> facts;                // when they were asked to be kept
  std::optional<FileTree> tree;           // unset when only snapshots or facts were read
  std::optional<Estate> estate;
  std::vector<TxtNames> txt_names;  // of the settings
  LineAges line_ages;               // of identity records
  std::optional<Analysis> analysis;
};

struct Input {
  std::vector<std::string> paths;
  std::vector<std::string> logs;
  std::string clients;  // a map of who the clients of logs are
  std::vector<std::string> facts;
  std::vector<std::string> catalogues;
  unsigned jobs = 0;
  bool no_progress = false;
  bool keep_facts = false;  // not an option: set by commands that print facts
  std::string settings;     // nor this: the file of --config, by commands that have it

  /// `with_paths` is false for commands whose first argument is something else than a path.
  void describe(Arguments& command, bool with_paths = true);
  /// What is read, as arguments of any command: paths first, then options with their files.
  std::vector<std::string> arguments() const;
  /// Reads everything. Errors: a path, log or fact file that cannot be opened at all; what is wrong inside of files is in the report.
  /// The result does not move once it is made, because the analysis points into it; the session keeps it as well.
  Result<std::shared_ptr<Loaded>> load(Session& session) const;
  /// The same with a tree that is there already in place of `paths`.
  Result<std::shared_ptr<Loaded>> load(Session& session, FileTree tree, IngestOptions options) const;

 private:
  Result<bool> load_catalogues(Loaded& loaded) const;
  void read_tree(const Session& session, FileTree tree, IngestOptions options, Loaded& loaded, std::vector<Fact>& facts) const;
  Result<bool> read_logs(Loaded& loaded, std::vector<Fact>& facts) const;
  /// `folders` are what the tree was made of, when it is on disk.
  Result<bool> finish(const Session& session, Loaded& loaded, std::vector<Fact> facts, const std::vector<std::string>& folders) const;
};

}  // namespace mainstay
