// Classification: what a file is, told from its name and its first octets.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "graph/findings/report.h"
#include "graph/findings/source_cause.h"
#include "ingest/driver.h"
#include "ingest/ingester.h"
#include "ingest/kept_tree.h"

namespace mainstay {

/// How much of a file the formats see when they claim it.
inline constexpr std::size_t kHeadOctets = std::size_t{16} << 10;

/// What a file turned out to be.
struct Classified {
  const Ingester* format = nullptr;  // null: no format claims it
  SourceState state = SourceState::not_ours;
  SourceCause cause = SourceCause::none;
  std::string reason;  // why no format reads it
  std::uint64_t octets = 0;
  std::string broken;  // names of formats that threw while they looked
};

/// The format with the highest claim, the first of several; null when none claims the file.
/// A format that throws is taken to claim nothing, and named in `broken`.
const Ingester* best_claim(std::span<const Ingester* const> formats, std::string_view name, std::string_view head, std::string& broken);

/// Opens a file that the walk listed, looks at its head, and keeps its content when a format claims it and the budget allows.
/// The file is opened once, and its head is read once.
/// A link to a file of the tree is claimed by its own name, with the content of that file: it may mean something else there, as a zone
/// does whose apex is the name of its file.
Classified classify(const FileTree& tree, std::size_t position, const IngestOptions& options, KeptTree& kept);

}  // namespace mainstay
