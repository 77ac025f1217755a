#include "ingest/logs/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <utility>

#include "ingest/logs/observation_maker.h"
#include "ingest/source/parallel.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kLeastShare = std::uint64_t{32} << 20;

/// One file, cut into the tasks that read it.
struct Source {
  std::string file;
  std::string id;
  std::vector<CountTask> tasks;
};

bool can_be_cut(const std::string& file, const LogOptions& options) {
  if (!open_bytes_at(file, 0)) return false;
  Result<std::unique_ptr<ByteSource>> opened = open_bytes(file);
  if (!opened) return false;
  LogReader reader(*std::move(opened));
  const std::optional<LogRecognition> found = recognise_log(reader.head(), options.count.format);
  return found && found->format->can_be_cut();
}

std::vector<CountTask> tasks_of(const std::string& file, const LogOptions& options) {
  std::error_code failure;
  const std::uint64_t size = std::filesystem::is_regular_file(file, failure) ? std::filesystem::file_size(file, failure) : 0;
  const std::uint64_t shares = std::min<std::uint64_t>(threads_for(options.jobs), size / kLeastShare);
  if (options.range || shares < 2 || !can_be_cut(file, options)) return {{file, options.range}};
  std::vector<CountTask> tasks;
  for (std::uint64_t share = 0; share < shares; ++share) {
    // The last one reads to the end, wherever that is by then.
    const std::uint64_t end = share + 1 == shares ? UINT64_MAX : size / shares * (share + 1);
    tasks.push_back({file, OctetRange{size / shares * share, end}});
  }
  return tasks;
}

/// What was read in shares, as one.
LogPart joined(std::vector<LogPart> shares, const std::string& id) {
  LogPart whole = std::move(shares.front());
  for (std::size_t at = 1; at < shares.size(); ++at) {
    LogPart& share = shares[at];
    for (Diagnostic& problem : share.problems) {
      if (!problem.where.text.empty()) problem.where.line += static_cast<std::uint32_t>(whole.account.lines);
      const bool is_told = problem.where.text.empty() && std::ranges::find(whole.problems, problem) != whole.problems.end();
      if (!is_told) whole.problems.push_back(std::move(problem));
    }
    LogAccount& sum = whole.account;
    sum.octets += share.account.octets;
    sum.lines += share.account.lines;
    sum.queries += share.account.queries;
    sum.other += share.account.other;
    sum.not_understood += share.account.not_understood;
    sum.too_long += share.account.too_long;
  }
  if (!id.empty()) whole.id = id;
  return whole;
}

}  // namespace

ObservedLogs ObservedLogs::read(std::span<const std::string> files, const LogOptions& options) {
  ObservedLogs logs;
  std::vector<std::string> sorted(files.begin(), files.end());
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<Source> sources;
  std::map<std::string, std::string> known;
  for (const std::string& file : sorted) {
    std::string id = id_of_log(file, options.range, options.count.server);
    const auto [first, is_new] = known.try_emplace(id, file);
    if (!is_new && !id.empty()) {
      logs.problems_.push_back(
          {{.file = file}, DiagnosticSeverity::note, "the log is the same as " + first->second + " and counts once", ""});
      continue;
    }
    sources.push_back({file, std::move(id), tasks_of(file, options)});
  }
  std::vector<const CountTask*> tasks;
  for (const Source& source : sources) {
    for (const CountTask& task : source.tasks) tasks.push_back(&task);
  }
  const std::size_t workers = std::clamp<std::size_t>(tasks.size(), 1, threads_for(options.jobs));
  logs.settings_ = std::make_unique<CountSettings>(options.count);
  logs.settings_->memory /= workers;
  for (std::size_t worker = 0; worker < workers; ++worker) logs.counters_.push_back(std::make_unique<LogCounter>(*logs.settings_));
  std::vector<LogPart> results(tasks.size());
  std::atomic<std::size_t> next = 0;
  on_threads(static_cast<unsigned>(workers), [&](unsigned worker) {
    for (std::size_t at = next++; at < tasks.size(); at = next++) results[at] = logs.counters_[worker]->read(*tasks[at]);
  });
  std::size_t at = 0;
  for (const Source& source : sources) {
    std::vector<LogPart> shares(std::make_move_iterator(results.begin() + static_cast<std::ptrdiff_t>(at)),
                                std::make_move_iterator(results.begin() + static_cast<std::ptrdiff_t>(at + source.tasks.size())));
    at += source.tasks.size();
    logs.parts_.push_back(joined(std::move(shares), source.id));
  }
  return logs;
}

std::unique_ptr<RowSource> ObservedLogs::rows() {
  std::vector<std::unique_ptr<RowSource>> sources;
  for (const std::unique_ptr<LogCounter>& counter : counters_) {
    for (std::unique_ptr<RowSource>& rows : counter->rows()) sources.push_back(std::move(rows));
  }
  return std::make_unique<MergedRows>(std::move(sources));
}

LogIngested observe_logs(std::span<const std::string> files, const LogOptions& options) {
  ObservedLogs logs = ObservedLogs::read(files, options);
  LogIngested out;
  out.problems = logs.problems();
  for (const LogPart& part : logs.parts()) {
    out.files.push_back(part.account);
    out.problems.insert(out.problems.end(), part.problems.begin(), part.problems.end());
  }
  ObservationMaker maker(out.files, options.count.groups.window, [&](Observation&& seen) { out.facts.emplace_back(std::move(seen)); });
  const std::unique_ptr<RowSource> rows = logs.rows();
  const Result<bool> done = for_each_row(*rows, [&](ObservedRow&& row) { maker.add(std::move(row)); });
  maker.finish();
  if (!done) out.problems.push_back({{}, DiagnosticSeverity::error, done.error(), "what was counted before is used"});
  return out;
}

}  // namespace mainstay
