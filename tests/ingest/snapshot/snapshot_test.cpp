#include "ingest/snapshot/snapshot.h"

#include <catch2/catch.hpp>

#include "graph/facts/codec.h"
#include "ingest/catalogue/load.h"
#include "ingest/driver.h"
#include "ingest/source/file_tree.h"
#include "tests/places.h"

namespace mainstay {
namespace {

/// Everything that is read from the sample estate.
Snapshot harbour() {
  const Result<FileTree> tree = FileTree::of({source_dir() + "/samples/harbour"});
  REQUIRE(tree);
  Catalogue catalogue;
  load_shipped(catalogue);
  IngestResult read = ingest_tree(*tree, catalogue, {});
  return {.version = "0.1.0",
          .created = "2026-11-20T02:00:00Z",
          .roots = {"samples/harbour"},
          .logs = {"a.log"},
          .sources = std::move(read.sources),
          .diagnostics =
              {{.where = {.file = "x", .line = 3, .text = "a b"}, .severity = DiagnosticSeverity::warning, .message = "m", .hint = "h"}},
          .diagnostics_dropped = 7,
          .catalogues = {{.file = "own.json", .text = "{}"}},
          .facts = std::move(read.facts)};
}

}  // namespace

TEST_CASE("snapshot: what is written is read back, every fact of it", "[ingest][snapshot]") {
  const Snapshot before = harbour();
  CHECK(before.facts.size() > 200);
  const std::string bytes = snapshot_bytes(before);
  CHECK(is_snapshot(bytes));
  const Result<Snapshot> after = read_snapshot(bytes);
  REQUIRE(after);
  CHECK(*after == before);
  CHECK(snapshot_bytes(*after) == bytes);
  std::size_t as_json = 0;
  for (const Fact& fact : before.facts) as_json += to_json_line(fact).size() + 1;
  CHECK(bytes.size() * 8 < as_json);
}

TEST_CASE("snapshot: a file that is none, or was cut off or changed, is refused with a reason", "[ingest][snapshot]") {
  const std::string whole = snapshot_bytes(harbour());
  struct Row {
    const char* title;
    std::string bytes;
    const char* said;
  };
  std::string swapped = whole;
  swapped[whole.size() / 2] = static_cast<char>(swapped[whole.size() / 2] ^ 0x10);
  const Row rows[] = {
      {"bad: nothing", "", "no snapshot"},
      {"bad: a zone file", "$ORIGIN corp.example.\n", "no snapshot"},
      {"bad: the first line alone", whole.substr(0, snapshot_mark_size()), "too early"},
      {"bad: half of it", whole.substr(0, whole.size() / 2), "too early"},
      {"bad: without its last octet", whole.substr(0, whole.size() - 1), "too early"},
      {"bad: something behind it", whole + "x", "damaged"},
      {"bad: one bit is another", swapped, "damaged"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<Snapshot> read = read_snapshot(row.bytes);
      REQUIRE_FALSE(read);
      CHECK(read.error().find(row.said) != std::string::npos);
    }
}

TEST_CASE("snapshot: it may not cost more than it is allowed", "[ingest][snapshot]") {
  const std::string bytes = snapshot_bytes(harbour());
  const Result<Snapshot> large = read_snapshot(bytes, {.unpacked = 1000});
  REQUIRE_FALSE(large);
  CHECK(large.error().find("more than 0 MiB") != std::string::npos);
  const Result<Snapshot> heavy = read_snapshot(bytes, {.memory = 1000});
  REQUIRE_FALSE(heavy);
  CHECK(heavy.error().find("memory") != std::string::npos);
  CHECK(read_snapshot(bytes, {.unpacked = 10'000'000, .memory = 100'000'000}));
}

}  // namespace mainstay
