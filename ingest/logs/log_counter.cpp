#include "ingest/logs/log_counter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/values/redaction.h"
#include "ingest/logs/record_format.h"

namespace mainstay {
namespace {

constexpr std::size_t kExamples = 3;
constexpr std::size_t kMaxQuoted = 200;
constexpr std::uint64_t kLinesBetweenLooks = 1024;

void say(LogPart& part, DiagnosticSeverity severity, std::string message, std::string hint = {}) {
  part.problems.push_back({{.file = part.account.file}, severity, std::move(message), std::move(hint)});
}

void show_example(LogPart& part, std::uint64_t number, std::string_view line, LineVerdict verdict) {
  Place place{.file = part.account.file, .line = static_cast<std::uint32_t>(std::min<std::uint64_t>(number, 0xffffffff))};
  place.length = static_cast<std::uint32_t>(std::max<std::size_t>(line.size(), 1));
  place.text = redacted(line.substr(0, kMaxQuoted));
  part.problems.push_back({std::move(place), DiagnosticSeverity::warning,
                           verdict == LineVerdict::query ? "the name asked for is no domain name" : "the line is not understood", ""});
}

Result<std::unique_ptr<LogReader>> reader_of(const CountTask& task) {
  if (!task.range) {
    Result<std::unique_ptr<ByteSource>> whole = open_bytes(task.file);
    if (!whole) return Error{whole.error()};
    return std::make_unique<LogReader>(*std::move(whole));
  }
  const std::uint64_t begin = task.range->begin;
  const std::uint64_t offset = begin == 0 ? 0 : begin - 1;  // a line begins at `begin` when the octet before it ends another
  Result<std::unique_ptr<ByteSource>> rest = open_bytes_at(task.file, offset);
  if (!rest) return Error{rest.error()};
  return std::make_unique<LogReader>(*std::move(rest),
                                     LineRange{.skips_first = begin > 0, .end = std::max(task.range->end, offset) - offset});
}

/// What the file is, by its beginning, also when only a range of it is read.
std::optional<LogRecognition> recognised(const CountTask& task, LogReader& reader, const LogFormat* only) {
  if (!task.range || task.range->begin == 0) return recognise_log(reader.head(), only);
  Result<std::unique_ptr<ByteSource>> whole = open_bytes(task.file);
  if (!whole) return std::nullopt;
  LogReader beginning(*std::move(whole));
  return recognise_log(beginning.head(), only);
}

/// Stands for rows that could not be kept.
class LostRows : public RowSource {
 public:
  explicit LostRows(std::string why) : why_(std::move(why)) {}
  bool next(ObservedRow&) override { return false; }
  std::string error() const override { return why_; }

 private:
  std::string why_;
};

}  // namespace

LogPart LogCounter::read(const CountTask& task) {
  LogPart part{.id = id_of_log(task.file, task.range, settings_.server), .account = {.file = task.file}};
  Result<std::unique_ptr<LogReader>> opened = reader_of(task);
  if (!opened) {
    say(part, DiagnosticSeverity::error, opened.error());
    return part;
  }
  LogReader& reader = **opened;
  const std::string head = part.id.empty() ? std::string(reader.head()) : std::string();
  LogAccount& account = part.account;
  const std::optional<LogRecognition> found = recognised(task, reader, settings_.format);
  if (found && task.range && !found->format->can_be_cut()) {
    say(part, DiagnosticSeverity::error,
        fmt::format("a range of a {} cannot be read alone: its {} belong together", found->format->title,
                    found->format->records == nullptr ? "lines" : "records"),
        "give the whole file");
    return part;
  }
  if (found) {
    LogReading reading = begin(*found, part);
    if (found->format->records != nullptr) {
      read_records(reader, reading);
    } else {
      for (std::string_view line; reader.next(line);) count(line, reading);
    }
    finish(reading);
  } else {
    for (std::string_view line; reader.next(line);) ++account.not_understood;
    if (account.not_understood > 0)
      say(part, DiagnosticSeverity::warning, "the file is no query log that is known", "mainstay formats lists those that are");
  }
  if (!reader.error().empty())
    say(part, DiagnosticSeverity::error, "reading stopped early: " + reader.error(), "what was read before is used");
  account.too_long += reader.too_long();
  account.octets = reader.octets();
  account.lines = account.queries + account.other + account.not_understood + account.too_long;
  if (account.too_long > 0)
    say(part, DiagnosticSeverity::warning,
        fmt::format("{} {} and are skipped", account.too_long,
                    found && found->format->records != nullptr ? "records are longer than they can be" : "lines are longer than 64 KiB"));
  if (part.id.empty()) part.id = id_of_stream(head, account.octets, settings_.server);
  return part;
}

LogReading LogCounter::begin(const LogRecognition& found, LogPart& part) {
  part.account.format = found.format->name;
  part.account.reason = found.reason();
  return {*found.format, LineOpener(*found.envelope), table_.number_of_format(found.format->name), part};
}

LineVerdict LogCounter::verdict_of(std::string_view line, LogReading& reading) {
  scratch_.clear();
  std::optional<Enclosed> inner;
  if (reading.opener.is_bare()) {
    inner.emplace(Enclosed{.text = line});
  } else {
    inner = reading.opener.open(line, scratch_);
  }
  if (!inner) return line.empty() ? LineVerdict::other : LineVerdict::not_understood;
  LogLine read;
  const LineVerdict verdict = inner->text.empty() ? LineVerdict::other : read_enclosed(reading.format, *inner, read, scratch_);
  if (verdict == LineVerdict::query) {
    if (read.time == LogLine::kNoTime) read.time = inner->time;
    if (read.server.empty()) read.server = settings_.server;
    if (reading.format.joins_lines && !reading.joiner.complete(read)) return LineVerdict::other;
    if (!table_.add(read, scratch_, reading.format_number)) return LineVerdict::not_understood;
    reading.has_time = reading.has_time || read.time != LogLine::kNoTime;
  }
  return verdict;
}

void LogCounter::count(std::string_view line, LogReading& reading) {
  LogAccount& account = reading.part.account;
  const std::uint64_t number = ++reading.lines;
  const LineVerdict verdict = verdict_of(line, reading);
  if (verdict == LineVerdict::query) {
    ++account.queries;
  } else if (verdict == LineVerdict::other) {
    ++account.other;
  } else if (++account.not_understood <= kExamples) {
    show_example(reading.part, number, line, verdict);
  }
  if (number % kLinesBetweenLooks == 0 && table_.octets() > settings_.memory) spill();
}

/// Counts what a reader of records finds.
class LogCounter::Records : public RecordSink {
 public:
  Records(LogCounter& counter, LogReading& reading) : counter_(counter), reading_(reading), account_(reading.part.account) {}

  LineScratch& fresh() override {
    counter_.scratch_.clear();
    return counter_.scratch_;
  }
  void query(const LogLine& line) override {
    LogLine read = line;
    if (read.server.empty()) read.server = counter_.settings_.server;
    ++number_;
    if (!counter_.table_.add(read, counter_.scratch_, reading_.format_number)) return miss("the name asked for is no domain name");
    ++account_.queries;
    reading_.has_time = reading_.has_time || read.time != LogLine::kNoTime;
    if (account_.queries % kLinesBetweenLooks == 0 && counter_.table_.octets() > counter_.settings_.memory) counter_.spill();
  }
  void other() override {
    ++number_;
    ++account_.other;
  }
  void not_understood(std::string_view why) override {
    ++number_;
    miss(why);
  }
  void too_long() override {
    ++number_;
    ++account_.too_long;
  }
  void say(DiagnosticSeverity severity, std::string message, std::string hint) override {
    mainstay::say(reading_.part, severity, std::move(message), std::move(hint));
  }

 private:
  void miss(std::string_view why) {
    if (++account_.not_understood > kExamples) return;
    say(DiagnosticSeverity::warning, fmt::format("record {}: {}", number_, why), {});
  }

  LogCounter& counter_;
  LogReading& reading_;
  LogAccount& account_;
  std::uint64_t number_ = 0;
};

void LogCounter::read_records(LogReader& reader, LogReading& reading) {
  Records records(*this, reading);
  OctetWindow octets(reader);
  reading.format.records->read({reading.part.account.file, octets}, records);
}

void LogCounter::finish(const LogReading& reading) {
  const LogAccount& account = reading.part.account;
  if (account.not_understood > kExamples)
    say(reading.part, DiagnosticSeverity::warning,
        fmt::format("{} {} are not understood in all", account.not_understood, reading.format.records == nullptr ? "lines" : "records"));
  if (account.queries > 0 && !reading.has_time)
    say(reading.part, DiagnosticSeverity::note, "the log has no times with a year: first and last seen are not known");
  if (reading.has_time && reading.format.has_local_time)
    say(reading.part, DiagnosticSeverity::note, "times without a zone are read as UTC");
}

/// Makes room by writing all rows as one more run; many runs become one, because each costs a block of memory when they are merged.
Result<bool> LogCounter::write_down() {
  constexpr std::size_t kMostRuns = 64;
  if (spilled_ == nullptr || spilled_->size() >= kMostRuns) {
    Result<std::unique_ptr<RowFile>> made = RowFile::make();
    if (!made) return Error{made.error()};
    if (spilled_ != nullptr) {
      MergedRows runs(spilled_->runs());
      if (Result<bool> written = (*made)->add(runs); !written) return written;
    }
    spilled_ = *std::move(made);
  }
  return spilled_->add(*table_.rows());
}

void LogCounter::spill() {
  if (const Result<bool> written = write_down(); !written) error_ = written.error();
  table_.clear();
}

std::vector<std::unique_ptr<RowSource>> LogCounter::rows() {
  std::vector<std::unique_ptr<RowSource>> sources;
  if (spilled_ != nullptr) sources = spilled_->runs();
  if (!error_.empty()) sources.push_back(std::make_unique<LostRows>(error_));
  sources.push_back(table_.rows());
  return sources;
}

}  // namespace mainstay
