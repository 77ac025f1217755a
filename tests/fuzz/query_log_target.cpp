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
#include "ingest/logs/record_format.h"
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

/// What is counted of a log.
class Tally {
 public:
  explicit Tally(const LogFormat& format) : format_(format), number_(table_.number_of_format(format.name)) {}

  void add(LogLine& line, const LineScratch& scratch) {
    if (format_.joins_lines && !joiner_.complete(line)) return;
    lines_ += table_.add(line, scratch, number_) && line.step != LineStep::detail ? 1 : 0;
  }
  /// It adds up, and every row can be kept.
  void check() {
    std::uint64_t counted = 0;
    const std::unique_ptr<RowSource> rows = table_.rows();
    ObservedRow before;
    for (ObservedRow row; rows->next(row); before = std::move(row)) {
      counted += row.asked + row.answered;
      MAINSTAY_ASSERT(before.name.empty() || before.key() < row.key(), "rows come in order");
      check_row(row);
    }
    MAINSTAY_ASSERT(counted == lines_, "every line counts once");
  }

 private:
  const LogFormat& format_;
  GroupTable table_{GroupSettings{}};
  std::uint8_t number_;
  TransactionJoiner joiner_;
  std::uint64_t lines_ = 0;
};

/// Gives what a fuzzer gave, a little at a time.
class Octets : public ByteSource {
 public:
  explicit Octets(std::string_view octets) : rest_(octets) {}
  std::size_t read(std::span<char> room) override {
    constexpr std::size_t kAtOnce = 1000;
    const std::size_t size = std::min({room.size(), rest_.size(), kAtOnce});
    std::copy_n(rest_.begin(), size, room.begin());
    rest_.remove_prefix(size);
    return size;
  }
  const std::string& error() const override { return error_; }

 private:
  std::string_view rest_;
  std::string error_;
};

class TallySink : public RecordSink {
 public:
  explicit TallySink(Tally& tally) : tally_(tally) {}
  LineScratch& fresh() override {
    scratch_.clear();
    return scratch_;
  }
  void query(const LogLine& line) override {
    LogLine read = line;
    tally_.add(read, scratch_);
  }
  void other() override {}
  void not_understood(std::string_view why) override { MAINSTAY_ASSERT(!why.empty(), "what is not understood has a reason"); }
  void too_long() override {}
  void say(DiagnosticSeverity, std::string message, std::string) override { MAINSTAY_ASSERT(!message.empty(), "a problem is said"); }

 private:
  Tally& tally_;
  LineScratch scratch_;
};

template <std::size_t I>
void run_format(std::string_view bytes) {
  const LogFormat& format = *all_log_formats()[I];
  Tally tally(format);
  if (format.records != nullptr) {
    Octets source(bytes);
    OctetWindow window(source);
    TallySink sink(tally);
    const std::string path = "-";
    if (!format.records->recognise(bytes).empty()) format.records->read({path, window}, sink);
    return tally.check();
  }
  LineScratch scratch;
  for_each_line(bytes, [&](std::string_view line) {
    scratch.clear();
    LogLine read;
    if (format.parse_line(line, read, scratch) == LineVerdict::query) tally.add(read, scratch);
  });
  tally.check();
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
