#include "ingest/logs/observation_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "ingest/logs/log_time.h"

namespace mainstay {
namespace {

std::map<std::string, std::uint64_t> latency_of(const LatencySketch& sketch) {
  if (sketch.empty()) return {};
  return {{"p50", sketch.quantile(50)}, {"p95", sketch.quantile(95)}, {"p99", sketch.quantile(99)}, {"max", sketch.largest()}};
}

/// How the queries spread over the minutes in which there were any.
std::map<std::string, std::uint64_t> minutes_of(const std::vector<MinuteCount>& minutes) {
  if (minutes.empty()) return {};
  std::vector<std::uint32_t> counts;
  for (const MinuteCount& one : minutes) counts.push_back(one.queries());
  std::ranges::sort(counts);
  return {{"active", counts.size()}, {"median", counts[(counts.size() - 1) / 2]}, {"most", counts.back()}};
}

std::string busiest_of(const std::vector<MinuteCount>& minutes) {
  if (minutes.empty()) return {};
  const auto most = std::ranges::max_element(minutes, {}, &MinuteCount::queries);
  return rfc3339(std::int64_t{most->minute} * 60000000);
}

/// A row of questions that what `row` tells more of may belong to.
bool is_asked_like(const ObservedRow& other, const ObservedRow& row) {
  return other.queries() > 0 && other.format == row.format && other.window == row.window;
}

}  // namespace

ObservationMaker::ObservationMaker(std::span<const LogAccount> logs, std::int64_t window, std::function<void(Observation&&)> use)
    : window_(window), use_(std::move(use)) {
  std::map<std::string, std::set<std::string>> files;
  for (const LogAccount& log : logs) {
    if (log.queries > 0) files[log.format].insert(log.file);
  }
  for (const auto& [format, names] : files)
    logs_[format] = names.size() == 1 ? *names.begin() : fmt::format("{} and {} more", *names.begin(), names.size() - 1);
}

void ObservationMaker::add(ObservedRow&& row) {
  const auto group_of = [](const ObservedRow& one) { return std::tie(one.name, one.type, one.client); };
  if (!group_.empty() && group_of(group_.front()) != group_of(row)) settle_group();
  group_.push_back(std::move(row));
}

bool ObservationMaker::is_asked_beside(const ObservedRow& row) const {
  return std::ranges::any_of(group_, [&](const ObservedRow& other) { return is_asked_like(other, row); });
}

/// Lines that tell only more about an answer may lack the server: they belong to the only one that was asked. Among several they stay as
/// they are, without a server.
void ObservationMaker::place_details() {
  std::erase_if(group_, [&](const ObservedRow& row) {
    if (row.queries() > 0) return false;
    const auto fits = [&](const ObservedRow& other) { return is_asked_like(other, row); };
    if (std::ranges::count_if(group_, fits) != 1) return false;
    merge(*std::ranges::find_if(group_, fits), row);
    return true;
  });
}

/// How many queries a row stands for that no other row of its group stands for.
std::uint64_t ObservationMaker::own_queries(const ObservedRow& row) const {
  if (row.queries() == 0) {
    std::uint64_t told = 0;
    for (const auto& [code, count] : row.rcodes) told += count;
    return is_asked_beside(row) ? 0 : told;  // a log of failures alone says of each query that it failed
  }
  if (!row.server.empty() || row.answered > 0) return row.queries();
  std::uint64_t elsewhere = 0;
  for (const ObservedRow& other : group_) {
    const bool is_same = other.format == row.format && other.window == row.window && !other.server.empty();
    if (is_same && other.answered > other.asked) elsewhere += other.answered - other.asked;
  }
  return row.queries() - std::min(row.queries(), elsewhere);
}

/// In how many minutes the client put the question to another server too: what a stub does when the first one does not answer. Of a group
/// of clients nothing can be said.
std::uint64_t ObservationMaker::minutes_elsewhere(const ObservedRow& row) const {
  if (row.server.empty() || row.clients.estimate() != 1) return 0;
  std::set<std::uint32_t> there;
  for (const ObservedRow& other : group_) {
    if (other.server.empty() || other.server == row.server || other.clients.estimate() != 1) continue;
    for (const MinuteCount& one : other.minutes) there.insert(one.minute);
  }
  return static_cast<std::uint64_t>(std::ranges::count_if(row.minutes, [&](const MinuteCount& one) { return there.contains(one.minute); }));
}

void ObservationMaker::settle_group() {
  place_details();
  for (const ObservedRow& row : group_) {
    const std::uint64_t queries = own_queries(row);
    const bool tells_more = row.queries() == 0 && !row.rcodes.empty();
    if (queries > 0 || tells_more) use_(observation_of(row, queries));
  }
  group_.clear();
}

Observation ObservationMaker::observation_of(const ObservedRow& row, std::uint64_t queries) const {
  const auto log = logs_.find(row.format);
  const Result<DomainName> name = DomainName::parse(row.name);
  Observation seen{.log = log == logs_.end() ? std::string() : log->second,
                   .format = row.format,
                   .server = row.server,
                   .client = row.client,
                   .name = name ? *name : DomainName::root(),
                   .type = row.type,
                   .queries = queries,
                   .rcodes = row.rcodes,
                   .latency = latency_of(row.latency),
                   .answers = row.answers.texts()};
  if (row.ttl_low >= 0) seen.ttl = {{"low", static_cast<std::uint64_t>(row.ttl_low)}, {"high", static_cast<std::uint64_t>(row.ttl_high)}};
  const std::uint64_t clients = row.clients.estimate();
  if (clients > 1) seen.clients = clients;
  seen.minutes = minutes_of(row.minutes);
  if (const std::uint64_t elsewhere = minutes_elsewhere(row); elsewhere > 0) seen.minutes["elsewhere"] = elsewhere;
  seen.busiest = busiest_of(row.minutes);
  if (row.first != ObservedRow::kNoTime) {
    seen.first = rfc3339(row.first);
    seen.last = rfc3339(row.last);
  }
  if (row.window > 0) seen.window = rfc3339(std::int64_t{row.window - 1} * window_);
  seen.reasons.push_back(Evidence::observed(seen.log, queries, seen.first, seen.last));
  return seen;
}

void ObservationMaker::finish() {
  if (!group_.empty()) settle_group();
}

}  // namespace mainstay
