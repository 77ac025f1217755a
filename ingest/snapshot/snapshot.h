// Snapshot: the facts of one scan, and the account of what was read for them, in one compressed file. Every answer can be computed from it
// again, offline, elsewhere, later.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/findings/report.h"
#include "graph/values/result.h"

namespace mainstay {

/// A catalogue that the user added to the shipped one.
struct CatalogueFile {
  std::string file;
  std::string text;
  friend bool operator==(const CatalogueFile&, const CatalogueFile&) = default;
};

/// What a snapshot holds; nothing that can be computed from it.
struct Snapshot {
  std::string version;  // of the program that wrote it
  std::string created;  // RFC 3339, UTC
  std::vector<std::string> roots;
  std::vector<std::string> logs;
  std::vector<SourceEntry> sources;
  std::vector<Diagnostic> diagnostics;
  std::uint64_t diagnostics_dropped = 0;
  std::vector<CatalogueFile> catalogues;  // answers about providers rest on them as well
  std::vector<Fact> facts;
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// What a file from elsewhere may cost. Units: octets.
struct SnapshotLimits {
  std::uint64_t unpacked = std::uint64_t{1} << 30;  // after decompression
  std::uint64_t memory = std::uint64_t{3} << 30;    // of the facts and the account, as they stand in memory
};

/// True when the first octets of a file are those of a snapshot.
bool is_snapshot(std::string_view head);
/// How many first octets is_snapshot() needs.
std::size_t snapshot_mark_size();

/// The bytes of a snapshot file.
/// Shape: a line that names the format; then, compressed (RFC 1950), the names of all kinds of facts and of their members, every string
///        once, and what refers to them. Equal snapshots give equal bytes.
std::string snapshot_bytes(const Snapshot& snapshot);

/// Reads a snapshot back; one that was written before a member was added reads as if that member had its default.
/// Errors: no snapshot, cut off, damaged, beyond the limits, or written with members that this version does not know.
/// Cost:   linear; memory is bounded by the limits, whatever the bytes are.
Result<Snapshot> read_snapshot(std::string_view bytes, const SnapshotLimits& limits = {});

}  // namespace mainstay
