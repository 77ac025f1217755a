// The driver: one tree to facts, with an account of every file in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/findings/report.h"
#include "graph/model/catalogue.h"
#include "ingest/ingester.h"
#include "ingest/source/file_tree.h"

namespace mainstay {

class IngestMemo;

/// How a tree is read.
struct IngestOptions {
  unsigned jobs = 0;  // threads; 0: one for each processor
  std::span<const Ingester* const> formats = all_ingesters();
  std::uint64_t kept_octets = std::uint64_t{256} << 20;  // content of claimed files that is held, so that it is read from disk once
  std::size_t max_diagnostics = 100'000;                 // the rest is counted
  std::vector<Fact> extra;                               // facts that come from elsewhere and are merged with those of the tree
  IngestMemo* remember = nullptr;                        // filled with what the tree says; the tree outlives it
  const IngestMemo* known = nullptr;                     // of another tree, whose unchanged parts are not read again; see memo.h
  /// Says what a file that no format claims looks like ("looks like a DNS query log: give it with --logs"), or nothing.
  /// Called from several threads.
  std::function<std::string(std::string_view name, std::string_view head)> hint;
  /// Told how many files of how many are done; never called from two threads at once.
  std::function<void(std::size_t done, std::size_t total)> progress;
};

/// What a tree says.
/// Shape: facts sorted and each once; one entry for everything that the walk met, in the order of names; diagnostics sorted by place and
///        each once.
struct IngestResult {
  std::vector<Fact> facts;
  std::vector<SourceEntry> sources;
  std::vector<Diagnostic> diagnostics;
  std::uint64_t diagnostics_dropped = 0;
};

/// Classifies every file, reads the units that the claimed files make, and merges what they say.
/// The result is the same for any number of threads. A format whose reader throws costs its unit and nothing else: the unit's files are
/// stated as failed, with a diagnostic.
/// Every host, compose project, cluster and repository that the tree was asked for has a Scope fact.
IngestResult ingest_tree(const FileTree& tree, const Catalogue& catalogue, const IngestOptions& options);

}  // namespace mainstay
