#include <zlib.h>

#include "graph/values/assert.h"
#include "ingest/snapshot/snapshot.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

constexpr SnapshotLimits kLimits{.unpacked = 4u << 20, .memory = 64u << 20};

/// A snapshot that is read is written as a snapshot that is read as the same one.
void check(std::string_view bytes) {
  const Result<Snapshot> read = read_snapshot(bytes, kLimits);
  if (!read) {
    MAINSTAY_ASSERT(!read.error().empty(), "a refused snapshot has a reason");
    return;
  }
  const Result<Snapshot> again = read_snapshot(snapshot_bytes(*read));
  MAINSTAY_ASSERT(again && *again == *read, "a written snapshot is read back whole");
}

/// The bytes as a file, and as what a file holds: no mutation of compressed bytes passes their checksum.
void run(std::string_view bytes) {
  check(bytes);
  std::string packed(compressBound(bytes.size()), '\0');
  uLongf size = packed.size();
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 0) != Z_OK)
    return;
  packed.resize(size);
  check("MAINSTAY SNAPSHOT 1\n" + packed);
}

}  // namespace

extern const FuzzTarget snapshot_target;
constinit const FuzzTarget snapshot_target{.name = "snapshot", .samples = "", .run = &run};

}  // namespace mainstay
