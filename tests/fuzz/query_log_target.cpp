// One fuzz target for every format of query logs, and those for what lies below and behind the formats.
#include "tests/fuzz/query_log_target.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "graph/values/assert.h"
#include "ingest/logs/envelope.h"
#include "ingest/logs/group_table.h"
#include "ingest/logs/partial.h"
#include "ingest/logs/row_codec.h"
#include "ingest/logs/transaction_joiner.h"

namespace mainstay {
namespace {

constexpr std::size_t kFormats = 0
#define MAINSTAY_LOG_FORMAT(symbol) +1
#include "ingest/logs/log_formats.inc"
#undef MAINSTAY_LOG_FORMAT
    ;

template <class Use>
void for_each_line(std::string_view bytes, Use use) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    use(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
}

/// A row is read back from its octets.
void check_row(const ObservedRow& row) {
  std::string octets;
  append_row(octets, row);
  const std::optional<ObservedRow> again = row_from(octets);
  MAINSTAY_ASSERT(again && *again == row, "a written row is read back whole");
}

/// What is counted adds up, and every row can be kept.
template <std::size_t I>
void run_format(std::string_view bytes) {
  const LogFormat& format = *all_log_formats()[I];
  GroupTable table({});
  const std::uint8_t number = table.number_of_format(format.name);
  TransactionJoiner joiner;
  LineScratch scratch;
  std::uint64_t lines = 0;
  for_each_line(bytes, [&](std::string_view line) {
    scratch.clear();
    LogLine read;
    if (format.parse_line(line, read, scratch) != LineVerdict::query) return;
    if (format.joins_lines && !joiner.complete(read)) return;
    lines += table.add(read, scratch, number) && read.step != LineStep::detail ? 1 : 0;
  });
  std::uint64_t counted = 0;
  const std::unique_ptr<RowSource> rows = table.rows();
  ObservedRow before;
  for (ObservedRow row; rows->next(row); before = std::move(row)) {
    counted += row.asked + row.answered;
    MAINSTAY_ASSERT(before.name.empty() || before.key() < row.key(), "rows come in order");
    check_row(row);
  }
  MAINSTAY_ASSERT(counted == lines, "every line counts once");
}

template <std::size_t... I>
std::vector<NamedFuzzTarget> targets(std::index_sequence<I...>) {
  std::vector<NamedFuzzTarget> all;
  [[maybe_unused]] const auto add = [&](std::string_view name, void (*run)(std::string_view)) {
    all.push_back({"log-" + std::string(name), "logs/" + std::string(name), run});
  };
  (add(all_log_formats()[I]->name, &run_format<I>), ...);
  return all;
}

void run_envelopes(std::string_view bytes) {
  LineScratch scratch;
  for_each_line(bytes, [&](std::string_view line) {
    for (const Envelope* envelope : all_envelopes()) {
      scratch.clear();
      const std::optional<Enclosed> inner = envelope->open(line, scratch);
      MAINSTAY_ASSERT(!inner || inner->text.size() <= line.size(), "an envelope adds nothing to its text");
    }
  });
}

/// The bytes as a row, and as a partial file.
void run_partial(std::string_view bytes) {
  if (const std::optional<ObservedRow> row = row_from(bytes)) check_row(*row);
  std::string path = (std::filesystem::temp_directory_path() / "mainstay-fuzz-XXXXXX").string();
  const int file = mkstemp(path.data());
  MAINSTAY_ASSERT(file >= 0, "there is room for temporary files");
  const bool is_written = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  ::close(file);
  const Result<Partials> read = Partials::read({&path, 1});
  ::unlink(path.c_str());
  MAINSTAY_ASSERT(is_written, "there is room for temporary files");
  if (!read) MAINSTAY_ASSERT(!read.error().empty(), "a refused file has a reason");
}

}  // namespace

std::vector<NamedFuzzTarget> log_format_targets() { return targets(std::make_index_sequence<kFormats>()); }

extern const FuzzTarget fuzz_log_envelopes;
constinit const FuzzTarget fuzz_log_envelopes{.name = "log-envelopes", .samples = "logs", .run = &run_envelopes};

extern const FuzzTarget fuzz_log_partial;
constinit const FuzzTarget fuzz_log_partial{.name = "log-partial", .samples = "", .run = &run_partial};

}  // namespace mainstay
