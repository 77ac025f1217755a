#include "analyzer/cli/snapshots.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "analyzer/cli/input.h"
#include "analyzer/cli/write_file.h"
#include "ingest/catalogue/load.h"
#include "ingest/logs/log_time.h"
#include "ingest/snapshot/snapshot.h"
#include "render/version.h"

namespace mainstay {
namespace {

constexpr std::streamoff kMaxFile = std::streamoff{1} << 30;

}  // namespace

bool is_snapshot_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string head(snapshot_mark_size(), '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  return in && is_snapshot(head);
}

Result<bool> add_snapshot(const std::string& path, std::int64_t now, Loaded& loaded) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return Error{path + " cannot be opened"};
  const std::streamoff size = in.tellg();
  if (size > kMaxFile) return Error{fmt::format("{}: a snapshot of more than {} MiB is not read", path, kMaxFile >> 20)};
  std::string bytes(static_cast<std::size_t>(std::max<std::streamoff>(size, 0)), '\0');
  in.seekg(0);
  if (!in.read(bytes.data(), size)) return Error{path + " cannot be read"};
  Result<Snapshot> read = read_snapshot(bytes);
  if (!read) return Error{fmt::format("{}: {}", path, read.error())};
  Report& report = loaded.report;
  std::vector<Diagnostic> told_then;  // what was wrong with a catalogue is among the snapshot's own problems
  for (CatalogueFile& one : read->catalogues) {
    load_catalogue(one.file, one.text, loaded.catalogue, told_then);
    loaded.catalogues.push_back(std::move(one));
  }
  std::string_view written = read->created;
  const std::optional<std::int64_t> created = take_iso_time(written);
  report.snapshots.push_back({.file = path, .version = read->version, .created = read->created});
  if (created && *created / 1'000'000 <= now) report.snapshots.back().age = static_cast<std::uint64_t>(now - *created / 1'000'000);
  report.logs.insert(report.logs.end(), read->logs.begin(), read->logs.end());
  report.sources.insert(report.sources.end(), std::make_move_iterator(read->sources.begin()), std::make_move_iterator(read->sources.end()));
  report.diagnostics.insert(report.diagnostics.end(), std::make_move_iterator(read->diagnostics.begin()),
                            std::make_move_iterator(read->diagnostics.end()));
  report.diagnostics_dropped += read->diagnostics_dropped;
  loaded.facts.insert(loaded.facts.end(), std::make_move_iterator(read->facts.begin()), std::make_move_iterator(read->facts.end()));
  return true;
}

Result<bool> save_snapshot(const std::string& path, std::int64_t now, Loaded& loaded) {
  const Report& report = loaded.report;
  std::sort(loaded.facts.begin(), loaded.facts.end());
  return write_file(path, snapshot_bytes({.version = std::string(version()),
                                          .created = rfc3339(now * 1'000'000),
                                          .roots = report.roots,
                                          .logs = report.logs,
                                          .sources = report.sources,
                                          .diagnostics = report.diagnostics,
                                          .diagnostics_dropped = report.diagnostics_dropped,
                                          .catalogues = loaded.catalogues,
                                          .facts = std::move(loaded.facts)}));
}

}  // namespace mainstay
