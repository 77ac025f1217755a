// What stands in a snapshot beside facts, member by member, and the list of all kinds of objects in it. For the snapshot's two directions.
#pragma once

#include <array>
#include <string_view>
#include <tuple>
#include <vector>

#include "graph/facts/fields.h"
#include "ingest/snapshot/snapshot.h"

namespace mainstay {

constexpr std::string_view kSnapshotMark = "MAINSTAY SNAPSHOT 1\n";

constexpr std::array<std::string_view, 4> kSourceStates = {"read", "not-ours", "skipped", "failed"};
constexpr std::array<std::string_view, 3> kDiagnosticSeverities = {"note", "warning", "error"};
inline std::span<const std::string_view> words(SourceState) { return kSourceStates; }
inline std::span<const std::string_view> words(DiagnosticSeverity) { return kDiagnosticSeverities; }

template <>
struct Table<Place> {
  static constexpr std::string_view kName = "place";
  static constexpr std::tuple kFields{field("file", &Place::file), from_one("line", &Place::line), from_one("column", &Place::column),
                                      from_one("length", &Place::length), field("text", &Place::text)};
};

template <>
struct Table<SourceEntry> {
  static constexpr std::string_view kName = "source";
  static constexpr std::tuple kFields{
      field("file", &SourceEntry::file),   field("state", &SourceEntry::state),   field("format", &SourceEntry::format),
      field("cause", &SourceEntry::cause), field("reason", &SourceEntry::reason), field("octets", &SourceEntry::octets),
      field("facts", &SourceEntry::facts), field("errors", &SourceEntry::errors), field("warnings", &SourceEntry::warnings)};
};

template <>
struct Table<Diagnostic> {
  static constexpr std::string_view kName = "diagnostic";
  static constexpr std::tuple kFields{field("where", &Diagnostic::where), field("severity", &Diagnostic::severity),
                                      field("message", &Diagnostic::message), field("hint", &Diagnostic::hint),
                                      field("caret", &Diagnostic::caret)};
};

template <>
struct Table<CatalogueFile> {
  static constexpr std::string_view kName = "catalogue";
  static constexpr std::tuple kFields{field("file", &CatalogueFile::file), field("text", &CatalogueFile::text)};
};

/// All but the facts, which are of many kinds.
template <>
struct Table<Snapshot> {
  static constexpr std::string_view kName = "snapshot";
  static constexpr std::tuple kFields{field("version", &Snapshot::version),
                                      field("created", &Snapshot::created),
                                      field("roots", &Snapshot::roots),
                                      field("logs", &Snapshot::logs),
                                      field("sources", &Snapshot::sources),
                                      field("diagnostics", &Snapshot::diagnostics),
                                      field("diagnostics_dropped", &Snapshot::diagnostics_dropped),
                                      field("catalogues", &Snapshot::catalogues)};
};

/// Every kind of object that a snapshot may hold. Facts keep the order of the variant, behind those that they are made of.
template <class Variant>
struct SnapshotKinds;
template <class... Facts>
struct SnapshotKinds<std::variant<Facts...>> {
  using Types = std::tuple<Snapshot, Place, SourceEntry, Diagnostic, CatalogueFile, Evidence, Hole, FailureDomain, Upstream, Forward,
                           LocalZone, CachePolicy, Soa, Glue, Facts...>;
};
using SnapshotTypes = SnapshotKinds<Fact>::Types;
constexpr std::size_t kSnapshotTypes = std::tuple_size_v<SnapshotTypes>;

template <class T, std::size_t kAt = 0>
constexpr std::size_t snapshot_type_index() {
  static_assert(kAt < kSnapshotTypes, "every kind of object in a snapshot is listed above");
  if constexpr (std::is_same_v<std::tuple_element_t<kAt, SnapshotTypes>, T>) {
    return kAt;
  } else {
    return snapshot_type_index<T, kAt + 1>();
  }
}

}  // namespace mainstay
