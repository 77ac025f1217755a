#include "ingest/logs/aggregate.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/values/redaction.h"
#include "ingest/logs/log_reader.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/tally.h"

namespace mainstay {
namespace {

constexpr std::size_t kExamples = 3;
constexpr std::size_t kMaxQuoted = 200;

/// Reads one file after the other into one tally.
class LogObserver {
 public:
  explicit LogObserver(const LogOptions& options) : options_(options), tally_(options.max_groups) {}

  void read(const std::string& file) {
    LogAccount account{.file = file};
    Result<std::unique_ptr<LogReader>> opened = LogReader::open(file);
    if (!opened) {
      say(file, DiagnosticSeverity::error, opened.error());
      out_.files.push_back(std::move(account));
      return;
    }
    LogReader& reader = **opened;
    if (const std::optional<LogRecognition> found = recognise_log(reader.head())) {
      account.format = found->format->name;
      read_lines(reader, *found->format, account);
      if (account.queries > 0) sources_.push_back(file);
      formats_.push_back(account.format);
    } else {
      for (std::string_view line; reader.next(line);) ++account.not_understood;
      if (account.not_understood > 0)
        say(file, DiagnosticSeverity::warning, "the file is no query log that is known", "mainstay formats lists those that are");
    }
    if (!reader.error().empty())
      say(file, DiagnosticSeverity::error, "reading stopped early: " + reader.error(), "what was read before is used");
    account.too_long = reader.too_long();
    account.octets = reader.octets();
    account.lines = account.queries + account.other + account.not_understood + account.too_long + account.left_out;
    if (account.too_long > 0)
      say(file, DiagnosticSeverity::warning, fmt::format("{} lines are longer than 64 KiB and are skipped", account.too_long));
    if (account.left_out > 0) {
      say(file, DiagnosticSeverity::warning,
          fmt::format("{} queries are not counted: there are more than {} different ones", account.left_out, options_.max_groups),
          "read the logs in smaller sets");
    }
    out_.files.push_back(std::move(account));
  }

  LogIngested finish() {
    if (tally_.lost_details() > 0) {
      say(sources_.empty() ? std::string() : sources_[0], DiagnosticSeverity::warning,
          fmt::format("{} response codes and latencies are not counted: there are too many different ones", tally_.lost_details()));
    }
    const std::string log = sources_.empty()       ? std::string()
                            : sources_.size() == 1 ? sources_[0]
                                                   : fmt::format("{} and {} more", sources_[0], sources_.size() - 1);
    const bool one_format = std::ranges::adjacent_find(formats_, std::ranges::not_equal_to()) == formats_.end();
    for (TallyRow& row : tally_.rows()) {
      Result<DomainName> name = DomainName::parse(row.name);
      if (!name) continue;
      Observation seen{.log = log,
                       .format = formats_.empty() || !one_format ? std::string("several") : formats_[0],
                       .server = std::string(row.server),
                       .client = std::string(row.client),
                       .name = *std::move(name),
                       .type = std::string(row.type),
                       .queries = row.queries,
                       .rcodes = std::move(row.rcodes),
                       .latency = std::move(row.latency)};
      if (row.first != LogLine::kNoTime) {
        seen.first = rfc3339(row.first);
        seen.last = rfc3339(row.last);
      }
      seen.reasons.push_back(Evidence::observed(log, row.queries, seen.first, seen.last));
      out_.facts.emplace_back(std::move(seen));
    }
    return std::move(out_);
  }

 private:
  void say(const std::string& file, DiagnosticSeverity severity, std::string message, std::string hint = {}) {
    out_.problems.push_back({{.file = file}, severity, std::move(message), std::move(hint)});
  }

  void read_lines(LogReader& reader, const LogFormat& format, LogAccount& account) {
    std::uint64_t number = 0;
    std::size_t bad_examples = 0;
    bool has_time = false;
    for (std::string_view line; reader.next(line);) {
      ++number;
      LogLine read;
      const LineVerdict verdict = line.empty() ? LineVerdict::other : format.parse_line(line, read);
      if (verdict == LineVerdict::other) {
        ++account.other;
        continue;
      }
      if (verdict == LineVerdict::query) {
        if (read.server.empty()) read.server = options_.server;
        const std::uint64_t bad_names = tally_.bad_names();
        if (tally_.add(read)) {
          has_time = has_time || read.time != LogLine::kNoTime;
          ++account.queries;
          continue;
        }
        if (tally_.bad_names() == bad_names) {
          ++account.left_out;
          continue;
        }
      }
      ++account.not_understood;
      if (bad_examples++ < kExamples) example(account.file, number, line, verdict);
    }
    tally_.end_file();
    if (bad_examples > kExamples) {
      say(account.file, DiagnosticSeverity::warning, fmt::format("{} lines are not understood in all", bad_examples));
    }
    if (account.queries > 0 && !has_time)
      say(account.file, DiagnosticSeverity::note, "the log has no times with a year: first and last seen are not known");
    if (has_time && format.has_local_time) say(account.file, DiagnosticSeverity::note, "times without a zone are read as UTC");
  }

  void example(const std::string& file, std::uint64_t number, std::string_view line, LineVerdict verdict) {
    Place place{.file = file, .line = static_cast<std::uint32_t>(std::min<std::uint64_t>(number, 0xffffffff))};
    place.length = static_cast<std::uint32_t>(std::max<std::size_t>(line.size(), 1));
    place.text = redacted(line.substr(0, kMaxQuoted));
    out_.problems.push_back({std::move(place), DiagnosticSeverity::warning,
                             verdict == LineVerdict::query ? "the name asked for is no domain name" : "the line is not understood", ""});
  }

  const LogOptions& options_;
  Tally tally_;
  LogIngested out_;
  std::vector<std::string> sources_;
  std::vector<std::string> formats_;
};

}  // namespace

LogIngested observe_logs(std::span<const std::string> files, const LogOptions& options) {
  std::vector<std::string> sorted(files.begin(), files.end());
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  LogObserver observer(options);
  for (const std::string& file : sorted) observer.read(file);
  return observer.finish();
}

}  // namespace mainstay
